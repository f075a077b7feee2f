import { beforeAll, describe, expect, it } from '@jest/globals';
import { occurrenceOf } from '../../src/custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import { generatedHistory } from '../../src/generate/history.js';
import type { Occurrence } from '../../src/kernel/occurrence.js';
import { planOf } from '../../src/kernel/plan.js';
import { replayAll } from '../../src/kernel/replay.js';
import { LocalDays } from '../../src/prison/local-days.js';
import { configRules } from './config-rules.js';

const RULES = configRules().files.map(({ rule }) => rule);
const FROM = Date.parse('2025-01-01T00:00:00Z');
const DAY = 86_400_000;
const YEAR = { people: 150, days: 365, seed: 1, from: FROM, every: 14, calm: true };

const historiesOf = (shape: 'local' | 'trainer'): Map<string, Occurrence[]> => {
  const read = Array.from(generatedHistory({ ...YEAR, shape }), (event) =>
    readCustodyEvent(event, { now: Infinity, recordedAtDefault: 'occurredAt' }),
  ).flatMap((event) => (isRefusal(event) ? [] : [event]));
  const ofPeople = read.filter(({ prisonNumber }) => prisonNumber !== undefined);
  return Map.groupBy(ofPeople.map(occurrenceOf), ({ prisonNumber }) => prisonNumber ?? '');
};

/**
 * Two sessions in four weeks are the estate's own minimum. Where that is kept and nothing goes wrong, only the worklist of
 * those who were not seen for a week (KW-01 at LOW) may have anything to say.
 */
describe.each(['local', 'trainer'] as const)('a year of a %s at the minimum, in which nothing goes wrong', (shape) => {
  let people: number;
  let raised: { rule: string; severity: string; prisonNumber: string }[];
  beforeAll(() => {
    const days = new LocalDays();
    const histories = historiesOf(shape);
    people = histories.size;
    raised = Array.from(
      replayAll(planOf(RULES, days), days, histories, FROM + YEAR.days * DAY),
      ({ rule, severity, prisonNumber }) => ({ rule: rule.id, severity, prisonNumber }),
    );
  });

  it('raises nothing at HIGH or above', () => {
    expect(raised.length).toBeGreaterThan(100);
    expect(raised.filter(({ severity }) => severity === 'HIGH' || severity === 'CRITICAL')).toEqual([]);
  });

  it('raises anything but the worklist for fewer than 5 % of people', () => {
    const others = raised.filter(({ rule, severity }) => rule !== 'KW-01' || severity !== 'LOW');
    expect(new Set(others.map(({ prisonNumber }) => prisonNumber)).size / people).toBeLessThan(0.05);
  });
});
