import { describe, expect, it } from '@jest/globals';
import { at, DAYS } from '../../../test/kernel-kit.js';
import { VirtualClock } from '../../../test/virtual-clock.js';
import { ALL_PRISONS } from '../../access/prisons.js';
import { accounts } from './accounts.js';
import { KeyWorkFigures } from './key-work-figures.js';
import { ReadTrends, ReadTrendsHandler } from './read-trends.js';
import { LIMITS } from '../../../test/key-work-limits.js';

const nobody = { knownOf: () => Promise.resolve({ own: [], elsewhere: [] }) };
const figures = new KeyWorkFigures({ streams: nobody, days: DAYS, compare: () => 0, prefix: 'test_', limits: LIMITS });
const post = (account: string, day: string, amount: number) => {
  figures.ledger.post({ account, day: DAYS.named(day), amount });
};

// Seven people to be seen from the beginning on; so many sessions on these days.
post(accounts.toBeSeen('XYI'), '2026-01-01', 7);
for (const [day, held] of [
  ['2026-10-25', 4],
  ['2026-10-26', 1],
  ['2026-11-01', 2],
  ['2026-11-08', 3],
  ['2026-11-09', 9],
] as const)
  post(accounts.held('XYI'), day, held);

const trends = (weeks: number, now: string, prisons = ALL_PRISONS) =>
  new ReadTrendsHandler(figures, DAYS, new VirtualClock(at(now))).execute(
    new ReadTrends(['XYI', 'XYX'], weeks, prisons),
  );

describe('key work week by week', () => {
  it('is told for weeks that are over, Monday to Sunday, and for as many before', async () => {
    const { mondays, span, spanBefore, prisons } = await trends(2, '2026-11-10 12:00');
    expect(mondays).toEqual(['2026-10-26', '2026-11-02']);
    // On 25 October 2026 the clocks went back.
    expect(new Date(span.from).toISOString()).toBe('2026-10-26T00:00:00.000Z');
    expect(new Date(span.to).toISOString()).toBe('2026-11-08T23:59:59.999Z');
    expect(new Date(spanBefore.from).toISOString()).toBe('2026-10-11T23:00:00.000Z');
    const [xyi] = prisons;
    expect(xyi?.weeks.map(({ sessionsHeld, sessionsDue }) => [sessionsHeld.value, sessionsDue.value])).toEqual([
      [3, 7],
      [3, 7],
    ]);
    expect([xyi?.period.sessionsHeld.value, xyi?.before.sessionsHeld.value]).toEqual([6, 4]);
    expect(xyi?.period.delivered.value).toBe(42.9);
  });

  it.each([
    ['2026-11-08 23:59', '2026-10-26'],
    ['2026-11-09 00:00', '2026-11-02'],
  ])('at %s ends with the week of %s', async (now, monday) => {
    expect((await trends(1, now)).mondays).toEqual([monday]);
  });

  it('shows zeros for a prison of which nothing was heard, and no prison of others', async () => {
    const { prisons } = await trends(1, '2026-11-10 12:00');
    expect(prisons[1]).toMatchObject({
      prisonId: 'XYX',
      period: { sessionsHeld: { value: 0 }, delivered: { value: null } },
      now: { neverSeen: { value: 0 } },
    });
    expect((await trends(1, '2026-11-10 12:00', new Set(['XYX']))).prisons.map(({ prisonId }) => prisonId)).toEqual([
      'XYX',
    ]);
  });
});
