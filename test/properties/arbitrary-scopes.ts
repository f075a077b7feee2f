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
];
export const KEY_WORKER = { by: 'KeyWorkerAllocated', until: 'KeyWorkerDeallocated', field: 'staffId' } as const;

export const limits: fc.Arbitrary<Limit> = fc
  .constantFrom('P0D', 'P1D', 'P2D', 'P4D', 'PT0H', 'PT1H', 'PT10H', 'PT24H', 'PT72H')
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

const acctOpen: Condition = {
  op: 'during',
  from: [{ type: 'AcctOpened', where: [] }],
  until: [{ type: 'AcctClosed', where: [] }],
};

/** What may have to hold just before an event for it to be meant. */
const before: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    acctOpen,
    { op: 'not', of: acctOpen },
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
    ...{ op: 'absentFor', event: [{ type, where: [] }], within: { op: 'stay' } },
    then: readLimit('PT24H') as Limit,
  })),
);

const ofTypes = (types: readonly string[]): fc.Arbitrary<Selector> =>
  fc.array(
    said<Pattern>({
      type: fc.constantFrom(...types),
      where: wheres,
      when: fc.option(before, { nil: undefined, freq: 4 }),
    }),
    { minLength: 1, maxLength: 2 },
  );
export const selectors = ofTypes(TYPES);

/** What begins a state never ends it too: which of both an event that does were to do, no policy says. */
export const scopes: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ op: 'stay' } as const) },
  {
    weight: 4,
    arbitrary: said<ConditionOf<'during'>>({
      op: fc.constant('during'),
      from: ofTypes(['AcctOpened', 'AssaultReported', 'PrisonerReceived']),
      until: ofTypes(['AcctClosed', 'SelfHarmReported']),
      within: maybe(fc.constant('stay')),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { op: 'assigned', ...KEY_WORKER } as const,
      { op: 'unassigned', ...KEY_WORKER } as const,
    ),
  },
  {
    weight: 2,
    arbitrary: said<ConditionOf<'running'>>({
      op: fc.constant('running'),
      from: ofTypes(['AdjudicationReported', 'AssaultReported']),
      until: ofTypes(['AcctClosed']),
      days: fc.constant('days'),
      match: fc.constant('chargeNumber'),
    }),
  },
);
