import type { Reading } from './episode.js';
import type { Evidence } from './evidence.js';
import { earliest, type Instant } from '../prison/instant.js';
import type { Network } from './network.js';
import type { Occurrence } from './occurrence.js';
import type { PlannedRule } from './plan.js';
import { worst, type Severity } from '../prison/severity.js';
import type { Circumstances } from './transition.js';
import type { Truth } from './truth.js';

/** What a rule says of a person at `t`, where its opening condition has been asked already. */
export const readRule = (
  { network, lookBack }: Pick<Circumstances, 'network' | 'lookBack'>,
  planned: PlannedRule,
  t: Instant,
  opening: Truth,
): Reading => {
  const { stay, lastLeft } = network.movements;
  const { closing, place } = planned;
  const wasNotSo = (since: Instant): boolean => {
    const then = lookBack?.(since);
    const opened = then?.plan.rules[place]?.opening;
    return then !== undefined && opened !== undefined && !then.operator(opened).onRecord(since);
  };
  return {
    at: t,
    inStay: stay !== undefined || planned.rule.subject !== undefined,
    hasLeft: stay === undefined && lastLeft !== undefined,
    applies: network.operator(planned.applies).value(t),
    opening,
    severity: opening === true ? severityOf(network, planned, t) : undefined,
    isBasisGone: (since) => (stay !== undefined && stay.since > since) || wasNotSo(since),
    counted: () => new Set(countedIn(network.operator(planned.steps[0] as number).explain(t))),
    ...(closing !== undefined && { closing: (since: Instant) => network.operator(closing).value(t, since) }),
  };
};

const severityOf = (network: Network, { rule, steps }: PlannedRule, t: Instant): Severity | undefined =>
  worst(
    rule.steps.filter((_, step) => network.operator(steps[step] as number).value(t) === true).map(({ level }) => level),
  );

/**
 * The next instant at which what a rule says may change although nothing happens. Before it opens, only its opening
 * counts; afterwards also its steps, and what closes it.
 */
export const nextFlipOf = (network: Network, planned: PlannedRule, t: Instant, standsSince?: Instant): Instant => {
  let flip = network.operator(planned.opening).nextFlip(t);
  for (const part of planned.counting) flip = earliest(flip, network.operator(part).nextFlip(t));
  if (standsSince === undefined) return flip;
  for (const step of planned.steps) flip = earliest(flip, network.operator(step).nextFlip(t));
  return planned.closing === undefined
    ? flip
    : earliest(flip, network.operator(planned.closing).nextFlip(t, standsSince));
};

/** Whether an event is one that the rule records on an alert that is open: a further ask, a further sign of risk. */
export const repeats = (network: Network, { repeating }: PlannedRule, event: Occurrence, t: Instant): boolean =>
  repeating.some((index) => network.operator(index).counts?.(event, t));

const COUNTS = new Set(['countWithin', 'familiesWithin', 'countUpToLast', 'lastOf', 'unansweredFor']);

/** The events that a verdict counts, or their different values. The event that began a scope does not count. */
const countedIn = ({ op, cites, counts, of }: Evidence): readonly string[] => {
  if (COUNTS.has(op)) return counts ?? cites.map(({ id }) => id);
  return op === 'all' || op === 'any' ? (of ?? []).flatMap((part) => (part.holds === true ? countedIn(part) : [])) : [];
};
