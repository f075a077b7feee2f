import { beforeAll, describe, expect, it } from '@jest/globals';
import { occurrenceOf } from '../../src/custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';
import { generatedHistory } from '../../src/generate/history.js';
import type { PrisonKind } from '../../src/generate/shapes.js';
import { WEEKLY, type KeyWorkTerms } from '../../src/kernel/prison-settings.js';
import { Rulebook } from '../../src/kernel/rulebook.js';
import { replayAll } from '../../src/kernel/replay.js';
import { LocalDays } from '../../src/prison/local-days.js';
import { configRules } from './config-rules.js';

const RULES = configRules().files.map(({ rule }) => rule);
const FROM = Date.parse('2025-01-01T00:00:00Z');
const DAY = 86_400_000;
const YEAR = { days: 365, seed: 1, from: FROM, every: 14 };

/** What is told of a year in prisons of a kind, and what the rules make of it where each prison does key work so. */
const year = (
  shape: PrisonKind,
  options: { readonly people: number; readonly calm: boolean },
  keyWork?: Partial<KeyWorkTerms>,
) => {
  const events = Array.from(generatedHistory({ ...YEAR, ...options, shape }), (event) =>
    readCustodyEvent(event, { now: Infinity, recordedAtDefault: 'occurredAt' }),
  ).flatMap((event) => (isRefusal(event) || event.prisonNumber === undefined ? [] : [event]));
  const histories = Map.groupBy(events.map(occurrenceOf), ({ prisonNumber }) => prisonNumber ?? '');
  const prisons = new Set(events.map(({ prisonId }) => prisonId));
  const settings = Array.from(prisons, (prisonId) => ({ prisonId, keyWork: [{ ...WEEKLY, ...keyWork }], rules: [] }));
  const days = new LocalDays();
  const raised = Array.from(
    replayAll(new Rulebook(RULES, days, settings), days, histories, FROM + YEAR.days * DAY),
    ({ rule, severity, prisonNumber }) => ({ rule: rule.id, severity, prisonNumber }),
  );
  return { people: histories.size, raised };
};

const grave = ({ severity }: { readonly severity: string }): boolean => severity === 'HIGH' || severity === 'CRITICAL';

/**
 * Two sessions in four weeks are the estate's own minimum. Where that is kept and nothing goes wrong, only the worklist of
 * those who were not seen for a week (KW-01 at LOW) may have anything to say.
 */
describe.each(['local', 'trainer'] as const)('a year of a %s at the minimum, in which nothing goes wrong', (shape) => {
  let told: ReturnType<typeof year>;
  beforeAll(() => {
    told = year(shape, { people: 150, calm: true });
  });

  it('raises nothing at HIGH or above', () => {
    expect(told.raised.length).toBeGreaterThan(100);
    expect(told.raised.filter(grave)).toEqual([]);
  });

  it('raises anything but the worklist for fewer than 5 % of people', () => {
    const others = told.raised.filter(({ rule, severity }) => rule !== 'KW-01' || severity !== 'LOW');
    expect(new Set(others.map(({ prisonNumber }) => prisonNumber)).size / told.people).toBeLessThan(0.05);
  });
});

describe('a year of 1,000 people at the minimum, in which nothing goes wrong, in a prison that says so (every: P14D)', () => {
  it('raises nothing at HIGH or above, and anything at all for fewer than 5 % of people', () => {
    const { raised, people } = year('local', { people: 1_000, calm: true }, { everyWeeks: 2 });
    expect(people).toBeGreaterThan(1_000);
    expect(raised.filter(grave)).toEqual([]);
    expect(new Set(raised.map(({ prisonNumber }) => prisonNumber)).size / people).toBeLessThan(0.05);
  }, 300_000);
});

describe('a year of a women’s prison without a key work scheme', () => {
  it('raises nothing of key work, ever, and all the rest', () => {
    const { raised } = year('women', { people: 150, calm: false }, { scheme: false });
    const rules = new Set(raised.map(({ rule }) => rule));
    expect([...rules].filter((rule) => rule.startsWith('KW-'))).toEqual([]);
    expect([...rules]).toEqual(expect.arrayContaining(['ACCT-04', 'FAM-02', 'SEG-02', 'VUL-01']));
  });
});
