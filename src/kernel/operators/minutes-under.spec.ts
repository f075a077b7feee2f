import { describe, expect, it } from '@jest/globals';
import { arrives, given, goesToCourt, happens, returns, session, transfers } from '../../../test/kernel-kit.js';

const lasts = (when: string, minutes: number) => happens('KeyWorkerSessionHeld', when, { staffId: 'S1', minutes });

/** 45 minutes a week: in two weeks 90, and half of that is 45. */
const tooLittle = given('minutesUnder: { event: session, field: minutes, share: 50, window: P14D }');
const arrival = arrives('2026-01-05 09:00');

describe('minutesUnder', () => {
  it('is false before there are so many days, of which that of the arrival is the first', () => {
    const told = tooLittle.when(arrival);
    expect([told.at('2026-01-18 23:59'), told.at('2026-01-19 00:00')]).toEqual([false, true]);
    expect(told.nextFlip('2026-01-05 09:00')).toBe('2026-01-19 00:00 +00:00');
    expect(told.nextFlip('2026-01-19 00:00')).toBe('never');
  });

  it('is false with just the share, until a session leaves so many days after its own', () => {
    const told = tooLittle.when(arrival, lasts('2026-01-06 10:00', 20), lasts('2026-01-08 10:00', 25));
    expect(told.at('2026-01-19 00:00')).toBe(false);
    expect(told.nextFlip('2026-01-19 00:00')).toBe('2026-01-21 00:00 +00:00');
    expect(told.explain('2026-01-21 00:00')).toMatchObject({ holds: true, count: 25, expected: 90 });
  });

  it('counts what was held today', () => {
    const told = tooLittle.when(arrival, lasts('2026-01-19 10:00', 45));
    expect(told.at('2026-01-19 10:00')).toBe(false);
    expect(told.nextFlip('2026-01-19 10:00')).toBe('2026-02-03 00:00 +00:00');
  });

  it('counts one of unknown length as long as one is to be', () => {
    expect(tooLittle.when(arrival, session('2026-01-06 10:00')).at('2026-01-19 00:00')).toBe(false);
  });

  it('counts no day at whose end the person was away, and says nothing new while they are', () => {
    const told = tooLittle.when(arrival, goesToCourt('2026-01-10 08:00'), returns('2026-01-13 17:00'));
    expect([told.at('2026-01-21 23:59'), told.at('2026-01-22 00:00')]).toEqual([false, true]);
    expect(told.nextFlip('2026-01-13 17:00')).toBe('2026-01-22 00:00 +00:00');
    expect(tooLittle.when(arrival, goesToCourt('2026-01-10 08:00')).nextFlip('2026-01-10 08:00')).toBe('never');
  });

  it('looks at this stay only', () => {
    const told = tooLittle.when(
      arrival,
      lasts('2026-01-12 10:00', 45),
      ...transfers('2026-01-13 09:00', '2026-01-13 14:00'),
    );
    expect([told.at('2026-01-26 23:59'), told.at('2026-01-27 00:00')]).toEqual([false, true]);
  });
});
