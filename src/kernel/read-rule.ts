import type { Open, Reading } from './episode.js';
import { cited } from './evidence.js';
import { earliest, type Instant } from './instant.js';
import type { Network } from './network.js';
import { UnansweredFor } from './operators/unanswered-for.js';
import type { PlannedRule } from './plan.js';
import { worst, type Severity } from './severity.js';

/** What a rule says of a person at `t`. `shaken`: its open alert's basis, looked at again, was not so. */
export const readRule = (
  network: Network,
  planned: PlannedRule,
  t: Instant,
  open: Open | undefined,
  shaken: boolean,
): Reading => {
  const { stay } = network.movements;
  const opening = network.operator(planned.opening).value(t);
  const { closing } = planned;
  return {
    at: t,
    inStay: stay !== undefined,
    applies: network.operator(planned.applies).value(t),
    opening,
    severity: opening === true ? severityOf(network, planned, t) : undefined,
    basisGone: shaken || (open !== undefined && stay !== undefined && stay.since > open.standsSince),
    counted: () => new Set(cited(network.operator(planned.steps[0] as number).explain(t)).map(({ id }) => id)),
    ...(closing !== undefined && { closing: (since: Instant) => network.operator(closing).value(t, since) }),
  };
};

const severityOf = (network: Network, { rule, steps }: PlannedRule, t: Instant): Severity | undefined =>
  worst(
    rule.steps.filter((_, step) => network.operator(steps[step] as number).value(t) === true).map(({ level }) => level),
  );

/** The next instant at which what a rule says may change although nothing happens. */
export const nextFlipOf = (network: Network, { opening, closing }: PlannedRule, t: Instant): Instant => {
  const flip = network.operator(opening).nextFlip(t);
  return closing === undefined ? flip : earliest(flip, network.operator(closing).nextFlip(t));
};

/** Whether an event is one of the rule's asks, and waits for its answer. */
export const awaitsAnswer = (network: Network, { asking }: PlannedRule, id: string, t: Instant): boolean =>
  asking.some((index) => {
    const operator = network.operator(index);
    return operator instanceof UnansweredFor && operator.awaits(id, t);
  });
