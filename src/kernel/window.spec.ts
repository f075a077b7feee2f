import { describe, expect, it } from '@jest/globals';
import { at, DAYS } from '../../test/kernel-kit.js';
import { DAY, NEVER } from '../prison/instant.js';
import { Window } from './window.js';

describe('a window of seven days', () => {
  const from = at('2026-01-05 10:00');
  const holding = (...days: readonly number[]) => {
    const window = new Window<{ readonly at: number }>(DAYS, 7);
    for (const day of days) window.add({ at: from + day * DAY });
    return window;
  };
  const daysOf = (told: Iterable<{ readonly at: number }>) => Array.from(told, (one) => (one.at - from) / DAY);

  it('holds what happened on the last seven local dates, in the order it happened', () => {
    const window = holding(0, 3, 2, 6);
    expect(daysOf(window.at(from + 6 * DAY))).toEqual([0, 2, 3, 6]);
    expect(daysOf(window.at(at('2026-01-12 00:00')))).toEqual([2, 3, 6]);
    expect(daysOf(window.latestAt(at('2026-01-12 00:00')))).toEqual([6, 3, 2]);
  });

  it('says when the next leaves', () => {
    expect(holding(0, 3).nextLeaving(from)).toBe(at('2026-01-12 00:00'));
    expect(holding(0, 3).nextLeaving(at('2026-01-12 00:00'))).toBe(at('2026-01-15 00:00'));
    expect(holding(0).nextLeaving(at('2026-01-12 00:00'))).toBe(NEVER);
    expect(holding().nextLeaving(from)).toBe(NEVER);
  });

  it('lets go of what has left, also where it is added to for years', () => {
    const window = holding(...Array.from({ length: 1_000 }, (_, day) => day));
    expect(daysOf(window.at(from + 999 * DAY))).toEqual([993, 994, 995, 996, 997, 998, 999]);
    expect(daysOf(window.at(0)).length).toBeLessThan(20);
  });
});
