import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PrisonSettings, WEEKLY } from '../../src/kernel/prison-settings.js';
import type { Condition } from '../../src/kernel/condition.js';
import type { Rule } from '../../src/kernel/rule.js';
import { happening, histories, type History, merges, moves, runs, withdrawals } from './arbitraries.js';
import { toldByFeeds } from './arbitrary-feeds.js';
import { catalogueOfAllTimes } from './catalogue.js';
import { asDefined, asReplayed, planned } from './told.js';

const NUMBERS = ['A0001AA', 'A0002AA', 'A0003AA'];
const PACE = { everyWeeks: 1, minutes: 45 };

/** What is told of the key work of people in two prisons. */
const keyWork = (retold?: true): fc.Arbitrary<History> =>
  histories(
    fc.oneof(
      { weight: 6, arbitrary: happening('KeyWorkerSessionHeld', { staffId: ['1001'] }) },
      { weight: 5, arbitrary: moves },
      { weight: 1, arbitrary: happening('ComplexityOfNeedChanged', { level: ['HIGH', 'LOW'] }) },
      { weight: 1, arbitrary: happening('CellMoved', { location: ['A-1-01'] }) },
      { weight: 2, arbitrary: withdrawals },
      { weight: 1, arbitrary: merges(NUMBERS) },
    ),
    { most: 30, span: 45, after: 20, numbers: NUMBERS, ...(retold && { retold }) },
  );

const [pri01] = catalogueOfAllTimes().filter(({ id }) => id === 'PRI-01');
const rulesOf = (...conditions: readonly Condition[]): readonly Rule[] =>
  conditions.flatMap((when, place) =>
    pri01 ? [{ ...pri01, id: `TEST-0${place}`, steps: [{ level: 'LOW' as const, when }] }] : [],
  );

const under = (share: number, weeks: number): Condition => ({ op: 'deliveredUnder', share, weeks, pace: PACE });
const rising = (weeks: number): Condition => ({ op: 'neverSeenRising', weeks });

const ruleSets = fc.constantFrom(
  rulesOf(under(50, 1), rising(1)),
  rulesOf(under(100, 2), { op: 'all', of: [under(100, 1), { op: 'not', of: under(50, 1) }] }),
  rulesOf(under(70, 4), rising(2)),
  rulesOf(
    { op: 'any', of: [under(100, 3), rising(1)] },
    { op: 'all', of: [under(70, 1), { op: 'not', of: rising(1) }] },
  ),
);

const settings: readonly PrisonSettings[] = [
  {
    prisonId: 'XYI',
    keyWork: [
      { ...WEEKLY, everyWeeks: 2, until: '2026-06-12' },
      { ...WEEKLY, scheme: false, from: '2026-06-12', until: '2026-06-19' },
      { ...WEEKLY, everyWeeks: 4, from: '2026-06-24' },
    ],
    rules: [],
  },
];

it('rules about prisons say by their operators what they say by their definitions, whatever is told of people, and when', () => {
  let changes = 0;
  fc.assert(
    fc.property(ruleSets, fc.oneof(keyWork(), keyWork(true)), fc.constantFrom([], settings), (rules, told, own) => {
      const defined = asDefined(rules, told, undefined, own);
      changes += defined.length;
      expect(asReplayed(planned(rules, own), told)).toEqual(defined);
    }),
    { numRuns: runs(1_200, 200) },
  );
  expect(changes).toBeGreaterThan(runs(1_200, 200));
}, 300_000);

const TOLD = ['KeyWorkerSessionHeld', 'ComplexityOfNeedChanged', 'CellMoved'];

it('rules about prisons say the same where the feeds that tell of people fall silent, and wait for these', () => {
  let different = 0;
  fc.assert(
    fc.property(
      ruleSets,
      toldByFeeds(fc.oneof(keyWork(), keyWork(true)), TOLD, 50),
      fc.constantFrom([], settings),
      (rules, { story, feeds }, own) => {
        const defined = asDefined(rules, story, feeds, own);
        if (defined.join() !== asDefined(rules, story, undefined, own).join()) different += 1;
        expect(asReplayed(planned(rules, own), story, feeds)).toEqual(defined);
      },
    ),
    { numRuns: runs(1_200, 100) },
  );
  expect(different).toBeGreaterThan(runs(1_200, 100) / 10);
}, 300_000);
