import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens, session, transfers } from '../../../test/kernel-kit.js';

const interpreted = (when: string) => happens('KeyWorkerSessionHeld', when, { staffId: 'S1', interpreterUsed: true });

describe('lastOf', () => {
  const without = given(
    'lastOf: { event: session, last: 2, atLeast: 2, where: { interpreterUsed: { not: true } }, within: stay }',
  );
  const arrival = arrives('2026-01-05 09:00');

  it('looks at the last events only', () => {
    const told = without.when(
      arrival,
      interpreted('2026-01-06 10:00'),
      session('2026-01-07 10:00'),
      session('2026-01-08 10:00'),
    );
    expect(told.at('2026-01-08 10:00')).toBe(true);
    expect(told.explain('2026-01-08 10:00')).toMatchObject({ count: 2 });
  });

  it('needs that many events to have happened', () => {
    expect(without.when(arrival, session('2026-01-07 10:00')).at('2026-01-08 00:00')).toBe(false);
  });

  it('ends with an event that does not carry it', () => {
    const told = without.when(
      arrival,
      session('2026-01-07 10:00'),
      session('2026-01-08 10:00'),
      interpreted('2026-01-09 10:00'),
    );
    expect(told.at('2026-01-09 10:00')).toBe(false);
  });

  it('forgets events of an earlier stay', () => {
    const told = without.when(
      arrival,
      session('2026-01-07 10:00'),
      ...transfers('2026-01-08 09:00', '2026-01-08 12:00'),
      session('2026-01-09 10:00'),
    );
    expect(told.at('2026-01-10 00:00')).toBe(false);
  });

  it('counts what carries it and cites all that it looks at, in its scope', () => {
    const held = [interpreted('2026-01-07 10:00'), session('2026-01-08 10:00')];
    expect(without.when(arrival, ...held).explain('2026-01-09 00:00')).toMatchObject({
      ...{ op: 'lastOf', holds: false, count: 1, cites: held, of: [{ op: 'stay' }] },
    });
  });
});
