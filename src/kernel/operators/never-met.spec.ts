import { describe, expect, it } from '@jest/globals';
import {
  arrives,
  at,
  given,
  goesToCourt,
  happens,
  received,
  returns,
  session,
  transfers,
} from '../../../test/kernel-kit.js';

const allocated = (when: string, staffId: string) => happens('KeyWorkerAllocated', when, { staffId });

describe('neverMet', () => {
  const never = given('neverMet: { holder: key-worker, event: session, for: P14D }');
  const arrival = arrives('2026-01-05 09:00');

  it('counts from the allocation to the present key worker', () => {
    const told = never.when(arrival, allocated('2026-01-06 09:00', 'S1'), allocated('2026-01-20 09:00', 'S2'));
    expect(told.nextFlip('2026-01-20 09:00')).toBe('2026-02-04 00:00 +00:00');
  });

  it('a session with somebody else is no meeting', () => {
    const told = never.when(arrival, allocated('2026-01-06 09:00', 'S1'), session('2026-01-07 10:00', 'S2'));
    expect(told.at('2026-01-21 00:00')).toBe(true);
  });

  it('a session before the allocation was a meeting', () => {
    const told = never.when(arrival, session('2026-01-05 10:00', 'S1'), allocated('2026-01-06 09:00', 'S1'));
    expect(told.at('2026-06-01 00:00')).toBe(false);
  });

  it('a session in an earlier stay was none', () => {
    const told = never.when(
      arrival,
      session('2026-01-06 10:00', 'S1'),
      ...transfers('2026-01-08 09:00', '2026-01-08 12:00'),
      allocated('2026-01-09 09:00', 'S1'),
    );
    expect(told.at('2026-01-24 00:00')).toBe(true);
  });

  it('waits for the arrival of somebody to whom a key worker was given before', () => {
    const there = { ...allocated('2026-01-06 09:00', 'S1'), prisonId: 'XYM' };
    const told = never.when(arrival, there, received('2026-01-20 12:00', 'TRANSFERRED', 'XYM'));
    expect(told.nextFlip('2026-01-20 12:00')).toBe('2026-02-04 00:00 +00:00');
  });

  it('holds for nobody who has no key worker', () => {
    expect(never.when(arrival).at('2026-06-01 00:00')).toBe(false);
    expect(never.when(arrival).nextFlip('2026-01-05 09:00')).toBe('never');
  });

  it('says when it falls due, and what the record says where an absence moved that', () => {
    const pausing = given('neverMet: { holder: key-worker, event: session, for: P14D }', { pauses: true });
    const given1 = allocated('2026-01-06 09:00', 'S1');
    const away = [goesToCourt('2026-01-20 08:00'), returns('2026-01-21 17:00')];
    expect(pausing.when(arrival, given1, ...away).explain('2026-01-21 17:00')).toMatchObject({
      due: at('2026-01-22 00:00'),
      dueOnRecord: at('2026-01-21 00:00'),
      of: [{ op: 'assigned', cites: [given1] }],
    });
  });

  it('rests on the allocation only', () => {
    expect(never.when(arrival).explain('2026-01-06 00:00')).toMatchObject({ op: 'neverMet', holds: false, cites: [] });
  });
});
