import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ofKeyWorker } from '../../src/kernel/key-worker.js';
import type { Condition, Selector } from '../../src/kernel/condition.js';
import { type KeyWorkTerms, type PrisonSettings, WEEKLY } from '../../src/kernel/prison-settings.js';
import type { Limit } from '../../src/kernel/limit.js';
import type { Rule } from '../../src/kernel/rule.js';
import { happening, histories, type History, merges, moves, runs, withdrawals } from './arbitraries.js';
import { toldByFeeds } from './arbitrary-feeds.js';
import { catalogueOfAllTimes } from './catalogue.js';
import { asDefined, asReplayed, planned } from './told.js';

const NUMBERS = ['A0001AA', 'A0002AA', 'A0003AA'];
const staffId = ['1001', '1002'];
const AVAILABILITY = 'KeyWorkerAvailabilityChanged';

const held = happening('KeyWorkerSessionHeld', { staffId, minutes: [0, 4, 60, 300, undefined] });
const allocated = happening('KeyWorkerAllocated', { staffId });
const changed = happening(AVAILABILITY, {
  staffId,
  status: ['ACTIVE', 'UNAVAILABLE_ANNUAL_LEAVE', 'INACTIVE'],
});

/** What is told of key workers and of the people whom they have, in two prisons. */
const keyWork = (retold?: true): fc.Arbitrary<History> =>
  histories(
    fc.oneof(
      { weight: 4, arbitrary: allocated },
      { weight: 4, arbitrary: changed },
      { weight: 4, arbitrary: held },
      { weight: 3, arbitrary: moves },
      { weight: 1, arbitrary: happening('KeyWorkerDeallocated', { staffId }) },
      { weight: 1, arbitrary: withdrawals },
      { weight: 1, arbitrary: merges(NUMBERS) },
    ),
    { most: 30, span: 40, after: 20, numbers: NUMBERS, ...(retold && { retold }) },
  ).map(({ history, until }) => ({ until, history: history.map((event) => ofKeyWorker(event) ?? event) }));

const unavailable: Selector = [{ type: AVAILABILITY, where: [{ field: 'status', not: ['ACTIVE'] }] }];
const available: Selector = [{ type: AVAILABILITY, where: [{ field: 'status', is: ['ACTIVE'] }] }];
const away: Condition = { op: 'during', from: unavailable, until: available };

const [kw05] = catalogueOfAllTimes().filter(({ id }) => id === 'KW-05');
const rulesAbout = (steps: Rule['steps']): readonly Rule[] => (kw05 ? [kw05, { ...kw05, id: 'TEST-01', steps }] : []);

const hours = (many: number): Limit => ({ kind: 'hours', milliseconds: many * 3_600_000, text: `PT${many}H` });

const ruleSets = fc.constantFrom(
  rulesAbout([
    { level: 'LOW', when: { op: 'caseload', atLeast: 1 } },
    { level: 'HIGH', when: { op: 'caseload', atLeast: 2 } },
  ]),
  rulesAbout([{ level: 'LOW', when: { op: 'caseload', atLeast: 7, overCapacity: true } }]),
  rulesAbout([{ level: 'LOW', when: { op: 'sessionsAtOnce', window: 14 } }]),
  rulesAbout([
    { level: 'LOW', when: { op: 'sessionTime', above: hours(4), window: 3 } },
    { level: 'MEDIUM', when: { op: 'shortSessions', under: hours(1), inARow: 2, window: 7 } },
  ]),
  rulesAbout([{ level: 'LOW', when: { op: 'all', of: [away, { op: 'not', of: { op: 'caseload', atLeast: 1 } }] } }]),
  rulesAbout([{ level: 'LOW', when: { op: 'not', of: { op: 'rule', id: 'KW-05' } } }]),
  rulesAbout([
    {
      level: 'LOW',
      when: { op: 'heldFor', condition: away, for: { kind: 'hours', milliseconds: 7_200_000, text: 'PT2H' } },
    },
    { level: 'MEDIUM', when: { op: 'all', of: [away, { op: 'caseload', atLeast: 2 }] } },
  ]),
);

/** How a prison does key work until some day, and from then on. */
const settingsOf = (before: Partial<KeyWorkTerms>, after: Partial<KeyWorkTerms>): readonly PrisonSettings[] => [
  {
    prisonId: 'XYI',
    keyWork: [
      { ...WEEKLY, ...before, until: '2026-06-20' },
      { ...WEEKLY, ...after, from: '2026-06-20' },
    ],
    rules: [],
  },
];
const settingsOfPrisons = fc.constantFrom(
  [],
  [],
  settingsOf({ caseload: 1 }, { scheme: false }),
  settingsOf({ scheme: false }, { caseload: 1 }),
  settingsOf({ caseload: 2 }, { caseload: 1 }),
);

it('rules about key workers say by their operators what they say by their definitions, whatever is told, and when', () => {
  let changes = 0;
  fc.assert(
    fc.property(ruleSets, fc.oneof(keyWork(), keyWork(true)), settingsOfPrisons, (rules, told, settings) => {
      const defined = asDefined(rules, told, undefined, settings);
      changes += defined.length;
      expect(asReplayed(planned(rules, settings), told)).toEqual(defined);
    }),
    { numRuns: runs(1_500, 300) },
  );
  expect(changes).toBeGreaterThan(runs(1_500, 300));
}, 300_000);

const TOLD = [AVAILABILITY, 'KeyWorkerSessionHeld', 'KeyWorkerAllocated', 'KeyWorkerDeallocated'];

it('rules about key workers say the same where feeds fall silent, and wait for these', () => {
  let different = 0;
  fc.assert(
    fc.property(
      ruleSets,
      toldByFeeds(fc.oneof(keyWork(), keyWork(true)), TOLD, 30),
      settingsOfPrisons,
      (rules, { story, feeds }, settings) => {
        const defined = asDefined(rules, story, feeds, settings);
        if (defined.join() !== asDefined(rules, story, undefined, settings).join()) different += 1;
        expect(asReplayed(planned(rules, settings), story, feeds)).toEqual(defined);
      },
    ),
    { numRuns: runs(1_500, 150) },
  );
  expect(different).toBeGreaterThan(runs(1_500, 150) / 10);
}, 300_000);
