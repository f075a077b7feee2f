import { expect } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Condition, Selector } from '../src/kernel/condition.js';
import { definitionalReplay } from '../src/kernel/definitional.js';
import { situationOf } from '../src/kernel/definitional/situation-of.js';
import type { DefinitionalTransition } from '../src/kernel/definitional/story.js';
import { truthOf } from '../src/kernel/definitional/truth-of.js';
import type { Evidence } from '../src/kernel/evidence.js';
import { NEVER, type Instant } from '../src/prison/instant.js';
import { Cursor } from '../src/kernel/language/cursor.js';
import { sayProblem } from '../src/kernel/language/problems.js';
import { Reader } from '../src/kernel/language/reader.js';
import type { EventMembers, Vocabulary } from '../src/kernel/language/vocabulary.js';
import { LocalDays } from '../src/prison/local-days.js';
import { Network } from '../src/kernel/network.js';
import type { Occurrence } from '../src/kernel/occurrence.js';
import { NO_SILENCE } from '../src/kernel/operator.js';
import { planOf } from '../src/kernel/plan.js';
import type { PrisonSettings } from '../src/kernel/prison-settings.js';
import { Rulebook } from '../src/kernel/rulebook.js';
import { replayAll } from '../src/kernel/replay.js';
import type { Rule } from '../src/kernel/rule.js';
import type { TransitionOf } from '../src/kernel/transition.js';
import type { Truth } from '../src/kernel/truth.js';
import { lived } from './properties/remembered.js';
import { inFull } from './properties/told.js';

export const DAYS = new LocalDays();

/** A few of the contract's event types, enough for the kernel's own tests. */
export const KNOWN: EventMembers = new Map([
  ['PrisonerReceived', ['reason']],
  ['PrisonerReleased', ['reason']],
  ['KeyWorkerAllocated', ['staffId']],
  ['KeyWorkerDeallocated', ['staffId']],
  ['KeyWorkerSessionHeld', ['staffId', 'minutes', 'interpreterUsed']],
  ['AdjudicationReported', ['chargeNumber']],
  ['AdjudicationQuashed', ['chargeNumber']],
  ['CellularConfinementAwarded', ['chargeNumber', 'days', 'startsOn']],
  ['CellularConfinementEnded', ['chargeNumber']],
  ['CellMoved', ['segregationUnit']],
  ['RiskMarkerAdded', ['code', 'markerId']],
  ['RiskMarkerRemoved', ['code', 'markerId']],
  ['SegregationStarted', ['authority']],
  ['SegregationEnded', []],
  ['AcctOpened', []],
  ['AcctClosed', []],
  ['AcctCaseReviewHeld', ['nextReviewDue']],
  ['SelfHarmReported', []],
  ['SubstanceMisuseIndicated', ['kind']],
  ['ComplexityOfNeedChanged', ['level']],
  ['IncentiveLevelChanged', ['to']],
  ['EventWithdrawn', ['withdraws', 'reason']],
]);

const events = (type: string): Selector => [{ type, where: [] }];

/** The words that the tests' rules may use. */
export const VOCABULARY: Vocabulary = {
  known: KNOWN,
  events: new Map([['session', events('KeyWorkerSessionHeld')]]),
  conditions: new Map<string, Condition>([
    ['acct-open', { op: 'during', from: events('AcctOpened'), until: events('AcctClosed'), within: 'custody' }],
    ['key-worker', { op: 'assigned', by: 'KeyWorkerAllocated', until: 'KeyWorkerDeallocated', field: 'staffId' }],
  ]),
  families: new Map([
    ['DISCIPLINE', events('AdjudicationReported')],
    ['SUBSTANCE', events('SubstanceMisuseIndicated')],
    ['HARM', [...events('SelfHarmReported'), ...events('AcctOpened')]],
  ]),
};

/** `2026-01-15 00:00`, local time (Europe/London). */
export const at = (local: string): Instant =>
  DateTime.fromFormat(local, 'yyyy-MM-dd HH:mm', { zone: 'Europe/London' }).toMillis();

/** The instant as local time, with its offset: `2026-03-29 03:30 +01:00`. */
export const local = (instant: Instant): string =>
  instant === NEVER ? 'never' : DateTime.fromMillis(instant, { zone: 'Europe/London' }).toFormat('yyyy-MM-dd HH:mm ZZ');

/** An event that happens to the person at a local time. */
export const happens = (
  type: string,
  when: string,
  data: Record<string, unknown> = {},
  prisonId = 'XYI',
): Occurrence => {
  const instant = at(when);
  return { id: `${type} ${when}`, type, at: instant, recordedAt: instant, prisonId, data };
};

export const received = (when: string, reason: string, prisonId = 'XYI'): Occurrence =>
  happens('PrisonerReceived', when, { reason }, prisonId);
export const released = (when: string, reason: string, prisonId = 'XYI'): Occurrence =>
  happens('PrisonerReleased', when, { reason }, prisonId);

export const arrives = (when: string): Occurrence => happens('PrisonerReceived', when, { reason: 'NEW_ADMISSION' });
export const session = (when: string, staffId = 'S1'): Occurrence => happens('KeyWorkerSessionHeld', when, { staffId });
export const goesToCourt = (when: string): Occurrence => happens('PrisonerReleased', when, { reason: 'SENT_TO_COURT' });
export const returns = (when: string): Occurrence => happens('PrisonerReceived', when, { reason: 'RETURN_FROM_COURT' });
export const transfers = (out: string, into: string): Occurrence[] => [
  happens('PrisonerReleased', out, { reason: 'TRANSFERRED' }),
  happens('PrisonerReceived', into, { reason: 'TRANSFERRED' }),
];

/** A condition, in the words of a rule file. */
export const conditionOf = (yaml: string): Condition => {
  const cursor = Cursor.open('condition.yml', yaml);
  const condition = new Reader(VOCABULARY).condition(cursor);
  if (cursor.problems.length > 0) throw new Error(cursor.problems.map(sayProblem).join('\n'));
  return condition;
};

/** A rule that is open, LOW, while a condition holds, but for what is said otherwise. */
export const ruleOf = (when: string, otherwise: Partial<Rule> = {}): Rule => ({
  id: 'TEST-01',
  version: 1,
  name: 'Test',
  effectiveFrom: '2018-01-01',
  source: [],
  owner: 'test',
  tells: [],
  repeats: [],
  because: '',
  holders: {},
  safeguard: [],
  closesOn: 'never',
  why: 'Test.',
  pauses: false,
  steps: [{ level: 'LOW', when: conditionOf(when) }],
  ...otherwise,
});

/**
 * What becomes of rules for people of whom this is told, by number, until a local time. The operators answer; by definition
 * it has to be the same, but for what is repeated, and in full where everybody is written down after every step.
 */
export const played = (
  rules: readonly Rule[],
  told: Readonly<Record<string, readonly Occurrence[]>>,
  until: string,
  settings: readonly PrisonSettings[] = [],
): TransitionOf[] => {
  const histories = new Map(
    Object.entries(told).map(([prisonNumber, history]) => [
      prisonNumber,
      history.map((event) => ({ ...event, prisonNumber })),
    ]),
  );
  const [rulebook, history] = [new Rulebook(rules, DAYS, settings), [...histories.values()].flat()];
  const transitions = [...replayAll(rulebook, DAYS, histories, at(until))];
  const defined = definitionalReplay({ rules, settings, days: DAYS }, history, at(until));
  const changes = transitions.filter(({ transition }) => transition !== 'repeated');
  expect(inShort(defined)).toEqual(inShort(changes.map((change) => ({ ...change, rule: change.rule.id }))));
  expect(inFull(lived(rulebook, { history, until: at(until) }, () => true))).toEqual(inFull(transitions));
  return transitions;
};

type ChangeInShort = Record<keyof Omit<DefinitionalTransition, 'outcome'>, unknown> & { readonly at: Instant };

const inShort = (changes: readonly ChangeInShort[]): string[] =>
  changes
    .map(({ at: t, prisonNumber, rule, transition, severity }) =>
      [local(t), prisonNumber, rule, transition, severity].join(' '),
    )
    .sort();

/** What a condition says of a person once some events have happened. All times are local. */
export interface Told {
  at(when: string, raisedAt?: string): Truth;
  nextFlip(when: string): string;
  explain(when: string, raisedAt?: string): Evidence;
  /** While it is false: the event types that can make it true. */
  wakers(when: string): readonly string[];
}

/**
 * Given a condition in the words of a rule file; when these events happen, in their order; then ask what it says. The
 * operators answer, and the definitions have to give the same: what a spec expects holds for both.
 */
export const given = (yaml: string, { pauses = false, quiet = [] as readonly string[] } = {}) => ({
  when: (...happened: readonly Occurrence[]): Told => {
    const condition = conditionOf(yaml);
    const plan = planOf([ruleOf(yaml, { pauses })], DAYS);
    const silence = { covers: (_: string, types: readonly string[]) => types.some((type) => quiet.includes(type)) };
    const network = Network.of(plan, DAYS, { ...NO_SILENCE, ...silence }, happened);
    const operator = network.operator(plan.rules[0]?.steps[0] ?? -1);
    const terms = { days: DAYS, rulesOf: () => [], silentAt: () => new Set(quiet) };
    const defined = (t: Instant, raisedAt?: Instant): Truth =>
      truthOf(condition, { ...situationOf(happened, t, terms), pauses, raisedAt });
    const value = (t: Instant, raisedAt?: Instant): Truth =>
      agreed(t, operator.value(t, raisedAt), defined(t, raisedAt));
    const since = (raisedAt?: string): Instant | undefined => (raisedAt === undefined ? undefined : at(raisedAt));
    return {
      at: (when, raisedAt) => value(at(when), since(raisedAt)),
      nextFlip: (when) => {
        const now = value(at(when));
        const flip = operator.nextFlip(at(when));
        if (flip !== NEVER) expect(defined(flip)).not.toBe(agreed(flip - 1, now, defined(flip - 1)));
        return local(flip);
      },
      explain: (when, raisedAt) => {
        value(at(when), since(raisedAt));
        return operator.explain(at(when), since(raisedAt));
      },
      wakers: (when) => operator.wakers(at(when)),
    };
  },
});

const agreed = (t: Instant, operated: Truth, defined: Truth): Truth => {
  expect([local(t), defined]).toEqual([local(t), operated]);
  return operated;
};
