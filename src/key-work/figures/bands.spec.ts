import { describe, expect, it } from '@jest/globals';
import type { Rule } from '../../kernel/rule.js';
import { LocalDays } from '../../prison/local-days.js';
import { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import { Bands } from './bands.js';
import { keyWorkLimitsOf } from './limits.js';

const DAYS = new LocalDays();
const at = (text: string) => Date.parse(text);

const absentFor = (which: 'first' | 'then', ...limits: number[]) =>
  limits.map((days) => ({
    level: 'LOW',
    when: { op: 'absentFor', event: [], within: { op: 'stay' }, [which]: { kind: 'days', days, text: `P${days}D` } },
  }));

const rules = (sinceSession: number[], sinceArrival: number[]): Rule[] =>
  [
    { id: 'KW-01', steps: absentFor('then', ...sinceSession) },
    { id: 'KW-02', steps: absentFor('first', ...sinceArrival) },
  ] as unknown as Rule[];

/** Received on 1 March, and seen on 2 March if at all. */
const somebody = (seen: boolean): Whereabouts => {
  const whereabouts = new Whereabouts();
  const happened = (type: string, day: string, data = {}) => {
    const instant = at(`2026-03-${day}T10:00:00Z`);
    whereabouts.take({ id: type, type, at: instant, recordedAt: instant, prisonId: 'XYI', data });
  };
  happened('PrisonerReceived', '01', { reason: 'NEW_ADMISSION' });
  if (seen) happened('KeyWorkerSessionHeld', '02', { staffId: 'S1' });
  return whereabouts;
};

describe('the bands by which people are counted', () => {
  it('follow the steps of KW-01 and KW-02, as the catalogue in use says them', () => {
    const bands = new Bands(keyWorkLimitsOf(rules([10, 3], [2])), DAYS);
    const now = at('2026-03-06T09:00:00Z');
    expect(bands.overdue([somebody(true)], now)).toEqual([
      { from: 4, to: 10, people: 1 },
      { from: 11, to: null, people: 0 },
    ]);
    expect(bands.neverSeen([somebody(false)], now)).toEqual([
      { from: 0, to: 2, people: 0 },
      { from: 3, to: null, people: 1 },
    ]);
    expect(bands.isOverdue(somebody(true), at('2026-03-05T23:59:59Z'))).toBe(false);
    expect(bands.isOverdue(somebody(true), at('2026-03-06T00:00:00Z'))).toBe(true);
  });

  it('count nobody as overdue where the catalogue has no such rule', () => {
    const bands = new Bands(keyWorkLimitsOf([]), DAYS);
    expect(bands.isOverdue(somebody(true), at('2027-03-06T00:00:00Z'))).toBe(false);
  });
});
