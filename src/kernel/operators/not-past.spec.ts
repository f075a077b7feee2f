import { describe, expect, it } from '@jest/globals';
import { given, happens } from '../../../test/kernel-kit.js';

const DUE = 'notPast: { event: AcctCaseReviewHeld, field: nextReviewDue }';
const review = (when: string, nextReviewDue?: string) =>
  happens('AcctCaseReviewHeld', when, nextReviewDue === undefined ? {} : { nextReviewDue });

describe('notPast', () => {
  it('is true until the end of the day that the event carries', () => {
    const told = given(DUE).when(review('2026-03-01 10:00', '2026-03-31'));
    expect(told.at('2026-03-31 23:59')).toBe(true);
    expect(told.nextFlip('2026-03-01 10:00')).toBe('2026-04-01 00:00 +01:00');
    expect(told.at('2026-04-01 00:00')).toBe(false);
  });

  it('goes by the last one, also where that carries none', () => {
    const first = review('2026-03-01 10:00', '2026-03-31');
    expect(given(DUE).when(first, review('2026-03-02 10:00', '2026-03-05')).at('2026-03-06 00:00')).toBe(false);
    expect(given(DUE).when(first, review('2026-03-02 10:00')).at('2026-03-02 10:00')).toBe(false);
  });

  it('is false before any, and cites the one that it rests on', () => {
    expect(given(DUE).when().at('2026-03-01 10:00')).toBe(false);
    const one = review('2026-03-01 10:00', '2026-03-31');
    expect(given(DUE).when(one).explain('2026-03-02 10:00').cites).toEqual([one]);
  });
});
