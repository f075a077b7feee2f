import fc from 'fast-check';
import type { Condition, ConditionOf, Pattern, Scope, Selector, Where } from '../../src/kernel/condition.js';
import { readLimit, type Limit } from '../../src/kernel/limit.js';

/** The events that random conditions speak of: few, so that they meet. Those of charges can be quashed. */
export const TYPES = [
  'AssaultReported',
  'SelfHarmReported',
  'AcctOpened',
  'AcctClosed',
  'AdjudicationReported',
  'PrisonerReceived',
  'CellMoved',
];
export const KEY_WORKER = { by: 'KeyWorkerAllocated', until: 'KeyWorkerDeallocated', field: 'staffId' } as const;

export const limits: fc.Arbitrary<Limit> = fc
  .constantFrom('P0D', 'P1D', 'P2D', 'P4D', 'P0D by 10:00', 'P1D by 01:30', 'PT0H', 'PT1H', 'PT10H', 'PT24H', 'PT72H')
  .map((text) => readLimit(text) as Limit);
export const windows = fc.constantFrom(1, 2, 3, 7);
export const few = fc.integer({ min: 1, max: 3 });
export const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

/** Without the members that are missing: a condition says what it means, or does not have the member at all. */
export const said = <T extends object>(members: {
  [Member in keyof T]: fc.Arbitrary<T[Member] | undefined>;
}): fc.Arbitrary<T> =>
  fc
    .record(members as Record<string, fc.Arbitrary<unknown>>, { noNullPrototype: true })
    .map((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T);

export const wheres: fc.Arbitrary<readonly Where[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      [{ field: 'kind', is: ['ONE'] }],
      [{ field: 'kind', not: ['ONE'] }],
      [{ field: 'kind', recorded: true }],
    ),
  },
);

type During = ConditionOf<'during'>;

const intoTheUnit: Pattern = { type: 'CellMoved', where: [{ field: 'kind', is: ['ONE'] }], here: true };
const outOfTheUnit: Pattern = { type: 'CellMoved', where: [{ field: 'kind', not: ['ONE'] }], here: true };

const acctOpen: During = {
  op: 'during',
  from: [{ type: 'AcctOpened', where: [] }],
  until: [{ type: 'AcctClosed', where: [] }],
};
const opened = { type: 'AcctOpened', where: [] };
const closed = { type: 'AcctClosed', where: [] };
const assaulted = { type: 'AssaultReported', where: [] };
const harmed = { type: 'SelfHarmReported', where: [] };
const segregated: During = {
  op: 'during',
  from: [opened],
  until: [closed],
  within: 'stay',
  inferred: { from: [intoTheUnit], until: [outOfTheUnit] },
};
const marked: During = { op: 'during', from: [assaulted], until: [harmed], each: 'chargeNumber', within: 'custody' };
const openedOrMarked: During = {
  op: 'during',
  from: [opened],
  until: [closed],
  within: 'custody',
  inferred: { from: [{ ...assaulted, starts: marked }], until: [{ ...harmed, ends: marked }] },
};
/** States as the catalogue has them, in its ways of beginning and ending. */
const states: readonly During[] = [acctOpen, segregated, marked, openedOrMarked];

/** The events with which these begin and end. */
const edges: readonly Pattern[] = [
  { ...opened, starts: segregated },
  { ...intoTheUnit, starts: segregated },
  { ...closed, ends: segregated },
  { ...outOfTheUnit, ends: segregated },
  { ...assaulted, starts: marked },
  { ...harmed, ends: marked },
  { ...assaulted, starts: openedOrMarked },
  { ...closed, ends: openedOrMarked },
  { ...harmed, ends: openedOrMarked },
  { type: 'PrisonerReceived', where: [], starts: { op: 'arrival' } },
];

/** What may have to hold just before an event for it to be meant. */
const before: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    acctOpen,
    { op: 'not', of: acctOpen },
    { op: 'not', of: segregated },
    { op: 'custody', days: 2 },
    { op: 'noneWithin', event: [assaulted], window: 2 },
    { op: 'latest', event: 'AcctOpened', field: 'kind', is: ['ONE'] },
    { op: 'assigned', ...KEY_WORKER },
  ),
  said<ConditionOf<'countWithin'>>({
    op: fc.constant('countWithin'),
    event: fc.constantFrom(...TYPES).map((type) => [{ type, where: [] }]),
    atLeast: few,
    window: windows,
    within: maybe(fc.constant({ op: 'stay' } as const)),
  }),
  fc.constantFrom(...TYPES).map((type): Condition => ({
    op: 'absentFor',
    event: [{ type, where: [] }],
    within: { op: 'stay' },
    then: readLimit('PT24H') as Limit,
  })),
);

const patterns = (types: readonly string[]): fc.Arbitrary<Pattern> =>
  said<Pattern>({
    type: fc.constantFrom(...types),
    where: wheres,
    when: fc.option(before, { nil: undefined, freq: 4 }),
    here: fc.option(fc.constant(true as const), { nil: undefined, freq: 4 }),
  });
const ofTypes = (types: readonly string[]): fc.Arbitrary<Selector> =>
  fc.array(patterns(types), { minLength: 1, maxLength: 2 });
export const selectors: fc.Arbitrary<Selector> = fc.array(
  fc.oneof({ weight: 4, arbitrary: patterns(TYPES) }, { weight: 1, arbitrary: fc.constantFrom(...edges) }),
  { minLength: 1, maxLength: 2 },
);

/** What begins a state never ends it too: which of both an event that does were to do, no policy says. */
const during = said<During>({
  op: fc.constant('during'),
  from: ofTypes(['AcctOpened', 'AssaultReported', 'PrisonerReceived']),
  until: ofTypes(['AcctClosed', 'SelfHarmReported']),
  inferred: maybe(fc.constant({ from: [intoTheUnit], until: [outOfTheUnit] })),
  within: maybe(fc.constantFrom('stay', 'custody')),
});
const running = said<ConditionOf<'running'>>({
  op: fc.constant('running'),
  from: ofTypes(['AdjudicationReported', 'AssaultReported']),
  until: ofTypes(['AcctClosed']),
  days: fc.constant('days'),
  match: fc.constant('chargeNumber'),
  startsOn: maybe(fc.constant('startsOn')),
});

/** One that has to hold at an ask: it lasts for a custody, as asks are looked for in one. */
export const stateAtAsk: fc.Arbitrary<During> = fc.constantFrom(marked, openedOrMarked);
const anyState: fc.Arbitrary<During> = fc.oneof(fc.constantFrom(...states), during);
/** One that lasts for a custody, as what ended in the last days is asked of. */
export const lastingState: fc.Arbitrary<During> = anyState.map((state) => ({ ...state, within: 'custody' }));
export const anyRun = running;

export const scopes: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ op: 'stay' } as const) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Scope>(
      { op: 'arrival' },
      { op: 'custody' },
      { op: 'custody', days: 2 },
      { op: 'presence' },
      { op: 'away', reasons: ['SENT_TO_COURT', 'TAKEN_TO_HOSPITAL'] },
    ),
  },
  { weight: 4, arbitrary: anyState },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { op: 'assigned', ...KEY_WORKER } as const,
      { op: 'unassigned', ...KEY_WORKER } as const,
    ),
  },
  { weight: 2, arbitrary: running },
);
