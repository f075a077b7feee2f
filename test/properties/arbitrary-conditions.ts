import fc from 'fast-check';
import type { Ask, Condition, ConditionOf } from '../../src/kernel/condition.js';
import {
  anyRun,
  lastingState,
  stateAtAsk,
  few,
  KEY_WORKER,
  limits,
  maybe,
  said,
  scopes,
  selectors,
  wheres,
  windows,
} from './arbitrary-scopes.js';

const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 6 });

const countWithin = said<ConditionOf<'countWithin'>>({
  op: fc.constant('countWithin'),
  event: selectors,
  atLeast: few,
  window: windows,
  distinctBy: maybe(fc.constant('staffId')),
  within: maybe(scopes),
  otherThan: rarely(anyRun.map((of) => ({ field: 'chargeNumber', of }))),
});
const countUpToLast = said<ConditionOf<'countUpToLast'>>({
  op: fc.constant('countUpToLast'),
  event: selectors,
  atLeast: few,
  window: windows,
  within: scopes,
});
const familiesWithin = said<ConditionOf<'familiesWithin'>>({
  op: fc.constant('familiesWithin'),
  families: fc.record({ ONE: selectors, TWO: selectors, THREE: selectors }, { noNullPrototype: true }),
  atLeast: few,
  window: windows,
});
/** What has to hold for an ask to be one: a state, or its opposite. */
const held: fc.Arbitrary<Condition> = fc.oneof(
  stateAtAsk,
  stateAtAsk.map((of): Condition => ({ op: 'not', of })),
);
const unansweredFor = said<ConditionOf<'unansweredFor'>>({
  op: fc.constant('unansweredFor'),
  asks: fc
    .tuple(fc.array(said<Ask>({ event: selectors, for: maybe(limits) }), { minLength: 1, maxLength: 2 }), rarely(held))
    .map(([asks, state]) => (state ? asks.map((ask) => ({ ...ask, while: state })) : asks)),
  answer: selectors,
  atLeast: fc.constantFrom(1, 1, 2),
  within: maybe(scopes),
  elsewhere: rarely(windows),
});

const leaves: fc.Arbitrary<Condition> = fc.oneof(
  countWithin,
  countUpToLast,
  familiesWithin,
  unansweredFor,
  said<ConditionOf<'latest'>>({
    op: fc.constant('latest'),
    event: fc.constant('AcctOpened'),
    field: fc.constant('kind'),
    is: fc.constant(['ONE', 'OTHER']),
    within: rarely(fc.constant({ op: 'custody' } as const)),
  }),
  said<ConditionOf<'noneWithin'>>({ op: fc.constant('noneWithin'), event: selectors, window: windows }),
  said<ConditionOf<'endedWithin'>>({ op: fc.constant('endedWithin'), condition: lastingState, window: windows }),
  said<ConditionOf<'heldFor'>>({ op: fc.constant('heldFor'), condition: scopes, for: limits }),
  said<ConditionOf<'absentFor'>>({
    op: fc.constant('absentFor'),
    event: selectors,
    within: scopes,
    first: maybe(limits),
    then: maybe(limits),
    strictly: rarely(fc.constant(true as const)),
  }),
  said<ConditionOf<'seen'>>({
    op: fc.constant('seen'),
    event: selectors,
    within: scopes,
    sinceLast: rarely(selectors),
  }),
  said<ConditionOf<'neverMet'>>({
    op: fc.constant('neverMet'),
    holder: fc.constant({ op: 'assigned', ...KEY_WORKER } as const),
    event: selectors,
    for: limits,
  }),
  said<ConditionOf<'dueBy'>>({
    op: fc.constant('dueBy'),
    event: selectors,
    field: fc.constant('nextReviewDue'),
    otherwise: limits,
    first: rarely(limits),
    atMost: rarely(limits),
    within: scopes,
  }),
  said<ConditionOf<'minutesUnder'>>({
    op: fc.constant('minutesUnder'),
    event: selectors,
    field: fc.constant('minutes'),
    share: fc.constantFrom(25, 50, 100),
    window: fc.constantFrom(2, 5, 9),
    pace: fc.record({ everyWeeks: few, minutes: fc.constantFrom(20, 45) }, { noNullPrototype: true }),
  }),
  said<ConditionOf<'notPast'>>({
    op: fc.constant('notPast'),
    event: selectors,
    field: fc.constantFrom('nextReviewDue', 'startsOn'),
  }),
  said<ConditionOf<'lastOf'>>({
    op: fc.constant('lastOf'),
    event: selectors,
    last: few,
    atLeast: few,
    where: wheres,
    within: scopes,
  }),
);

const sinceRaised = said<ConditionOf<'sinceRaised'>>({
  op: fc.constant('sinceRaised'),
  event: selectors,
  pairWithin: maybe(windows),
});

/** Conditions of every operator, joined by connectives, over these leaves. */
const joined = (over: fc.Arbitrary<Condition>, withNot: boolean): fc.Arbitrary<Condition> =>
  fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2 },
      { weight: 5, arbitrary: over },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('all', 'any'), fc.array(tie('condition'), { minLength: 1, maxLength: 3 }))
          .map(([op, of]): Condition => ({ op, of })),
      },
      { weight: withNot ? 1 : 0, arbitrary: tie('condition').map((of): Condition => ({ op: 'not', of })) },
    ),
  })).condition;

/** Any condition that may open a rule, where `also` may stand too. */
export const conditions = (also: readonly Condition[] = []): fc.Arbitrary<Condition> => {
  const alone = fc.oneof({ weight: 8, arbitrary: leaves }, { weight: 3, arbitrary: scopes });
  return joined(also.length > 0 ? fc.oneof({ weight: 3, arbitrary: alone }, fc.constantFrom(...also)) : alone, true);
};

/** Conditions that count events, as the opening of a latched rule does. */
export const counting = joined(fc.oneof(countWithin, familiesWithin, countUpToLast, unansweredFor), false);

/** Conditions that may close a latched rule. */
export const closings = joined(
  fc.oneof(
    { weight: 3, arbitrary: sinceRaised },
    { weight: 1, arbitrary: countWithin.map((of): Condition => ({ op: 'not', of })) },
    { weight: 1, arbitrary: leaves },
  ),
  false,
);
