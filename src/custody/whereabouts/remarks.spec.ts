import { describe, expect, it } from '@jest/globals';
import { happens, received, session } from '../../../test/kernel-kit.js';
import { remarksOn } from './remarks.js';

const arrival = received('2026-01-05 15:00', 'NEW_ADMISSION');
const left = (when: string, reason: string, prisonId = arrival.prisonId) => ({
  ...happens('PrisonerReleased', when, { reason }),
  prisonId,
});

/** The remark on the last of these. */
const onTheLast = (...events: readonly ReturnType<typeof happens>[]) => remarksOn(events).get(events.at(-1)?.id ?? '');

describe('a remark on an event', () => {
  const toCourt = left('2026-01-06 08:00', 'SENT_TO_COURT');

  it('says that it shows somebody back whose return was never told', () => {
    expect(onTheLast(arrival, toCourt, session('2026-01-06 17:00'))).toBe('SHOWS_RETURN');
    expect(onTheLast(arrival, toCourt, received('2026-01-06 16:00', 'RETURN_FROM_COURT'))).toBeUndefined();
  });

  it('says that it shows somebody there whose arrival was never told', () => {
    const moved = left('2026-01-06 08:00', 'TRANSFERRED');
    expect(onTheLast(arrival, moved, session('2026-01-06 17:00'))).toBe('SHOWS_ARRIVAL');
  });

  it('says that who comes was there already: told again, or shown by something else before', () => {
    expect(onTheLast(arrival, received('2026-01-06 15:00', 'NEW_ADMISSION'))).toBe('THERE_ALREADY');
    const seen = session('2026-01-06 17:00');
    expect(onTheLast(arrival, toCourt, seen, received('2026-01-06 18:00', 'RETURN_FROM_COURT'))).toBe('THERE_ALREADY');
  });

  it('says that who is absent, or leaves, was not held there: elsewhere, or between two stays', () => {
    expect(onTheLast(arrival, left('2026-01-06 08:00', 'SENT_TO_COURT', 'ABC'))).toBe('NOT_HELD_THERE');
    expect(onTheLast(arrival, left('2026-01-06 08:00', 'TRANSFERRED', 'ABC'))).toBe('NOT_HELD_THERE');
    const gone = left('2026-01-06 08:00', 'RELEASED');
    expect(onTheLast(arrival, gone, left('2026-01-07 08:00', 'SENT_TO_COURT'))).toBe('NOT_HELD_THERE');
    expect(onTheLast(arrival, gone)).toBeUndefined();
  });
});
