import { strikesOut } from './strike-outs.js';
import type { Open, Reading } from './episode.js';
import type { Condition } from './condition.js';
import { cited, firstSaying, type Evidence } from './evidence.js';
import type { Instant } from '../prison/instant.js';
import { carries } from './matcher.js';
import type { Network } from './network.js';
import type { Occurrence } from './occurrence.js';
import type { PlannedRule } from './plan.js';
import type { Rule } from './rule.js';
import { worst, type Severity } from '../prison/severity.js';
import type { RuleOutcome } from '../prison/outcome.js';

/** A change of one rule's alert about one person, or one key worker. */
export interface Transition {
  readonly at: Instant;
  readonly transition: 'raised' | 'escalated' | 'repeated' | 'resolved' | 'expired';
  readonly rule: Rule;
  readonly prisonId: string;
  /** The highest reached. */
  readonly severity: Severity;
  readonly outcome: RuleOutcome | null;
  /** The custody events that it rests on. */
  readonly evidence: readonly Occurrence[];
  /** What the rule's truth rested on at `at`. */
  readonly because: Evidence;
  /** Where the rule speaks early: the same of the step at the limit itself. */
  readonly atLimit?: Evidence | undefined;
  /** Who should act, in this order. Where it is raised or escalated. */
  readonly tells?: readonly string[];
  /** Of those, who holds the tasks that they are named by. */
  readonly holders?: ReadonlyMap<string, Evidence>;
  /** Of a latched alert that goes on. */
  readonly latch?: Latch | undefined;
}

/** What a latched alert stands on, and how far it is from closing. */
export interface Latch {
  /** The custody events it was raised on. */
  readonly raisedOn: readonly Occurrence[];
  /** From when what closes it counts. */
  readonly since: Instant;
  /** What `all` and `any` join in the closing condition, each with what it rests on or lacks. */
  readonly parts: readonly { readonly condition: Condition; readonly evidence: Evidence }[];
}

/** A change of one rule's alert, and whom it is about. */
export type TransitionOf = Transition & {
  /** Of a person; or the text that names a key worker. */
  readonly prisonNumber: string;
};

/** What was just learned of a person, and how they stand. */
export interface Circumstances {
  readonly network: Network;
  /** Whether an event does not count for them, or no longer does. */
  readonly isGone: (occurrence: Occurrence) => boolean;
  /** What became known just now. */
  readonly learned: readonly Occurrence[];
  /** Another number's record was merged into the person's just now, or parted from it. */
  readonly regrouped: boolean;
  /** Gives what is known now, as it was at an instant, under the rules of then; missing where nothing new is known of the past. */
  readonly lookBack?: ((t: Instant) => Network) | undefined;
  /** Gives what is known now under the rules by which the person was decided on so far, where these are others now. */
  readonly before?: (() => Network) | undefined;
}

/** A worse, or first, step has been reached. */
export const risen = (
  transition: 'raised' | 'escalated',
  planned: PlannedRule,
  { at, severity }: Pick<Reading, 'at' | 'severity'>,
  { network }: Circumstances,
): Transition => {
  const { rule, opening, holders } = planned;
  const because = network.operator(opening).explain(at);
  return {
    at,
    transition,
    rule,
    because,
    prisonId: prisonOf(network),
    severity: severity as Severity,
    outcome: null,
    evidence: cited(because),
    atLimit: explainLimit(planned, network, at),
    tells: toldAt(planned, network, at),
    holders: new Map([...holders].map(([role, index]) => [role, network.operator(index).explain(at)])),
  };
};

/** Whom the worst step that holds tells. */
const toldAt = ({ rule, steps }: PlannedRule, network: Network, at: Instant): readonly string[] => {
  if (!rule.steps.some(({ tells }) => tells)) return rule.tells;
  const holding = rule.steps.filter((_, step) => network.operator(steps[step] as number).value(at) === true);
  const level = worst(holding.map((step) => step.level));
  return holding.find((step) => step.level === level)?.tells ?? rule.tells;
};

const explainLimit = ({ atLimit }: PlannedRule, network: Network, at: Instant): Evidence | undefined =>
  atLimit === undefined ? undefined : network.operator(atLimit).explain(at);

/** How a latched alert stands at an instant; nothing for one that is not. */
export const latchOf = (
  { rule, closingParts }: PlannedRule,
  { evidence: raisedOn, standsSince: since }: Open,
  at: Instant,
  { network }: Circumstances,
): Latch | undefined =>
  rule.closesWhen && {
    raisedOn,
    since,
    parts: closingParts.map(({ condition, place }) => ({
      condition,
      evidence: network.operator(place).explain(at, since),
    })),
  };

/** The alert that a raising opens. */
export const opened = ({ at, severity, evidence, because }: Transition): Open => ({
  raisedAt: at,
  standsSince: at,
  severity,
  due: firstSaying(because, ({ due }) => due !== undefined && due <= at)?.due ?? at,
  evidence,
});

/** A further ask, while the alert is open. */
export const repeated = (
  { rule }: PlannedRule,
  { open, at, ask }: { readonly open: Open; readonly at: Instant; readonly ask: Occurrence },
  because: Evidence,
  { network }: Circumstances,
): Transition => ({
  at,
  rule,
  severity: open.severity,
  transition: 'repeated',
  prisonId: prisonOf(network),
  outcome: null,
  evidence: [ask],
  because,
});

interface Close {
  readonly transition: 'resolved' | 'expired';
  readonly open: Open;
  readonly reading: Reading;
  /** Under the rules before, the alert would still be open. */
  readonly ruleChanged: boolean;
}

/** The alert closes: the person has left, or it is no longer due. */
export const closed = (planned: PlannedRule, close: Close, now: Circumstances): Transition => {
  const { rule, opening, closing } = planned;
  const { transition, open, reading, ruleChanged } = close;
  const { at, applies } = reading;
  const { network, learned } = now;
  const delivered = learned.filter((occurrence) => isSafeguard(occurrence, rule) && !now.isGone(occurrence));
  const struck = strikersOf(open, now);
  const outcome = transition === 'expired' ? 'left' : outcomeOf({ open, applies, delivered, struck, ruleChanged }, now);
  const decisive = outcome === 'withdrawn' ? struck : outcome === 'met' || outcome === 'recorded-late' ? delivered : [];
  return {
    at,
    transition,
    rule,
    outcome,
    prisonId: prisonOf(network),
    severity: open.severity,
    evidence: decisive.length > 0 ? decisive : learned,
    because:
      closing !== undefined && transition === 'resolved'
        ? network.operator(closing).explain(at, open.standsSince)
        : network.operator(opening).explain(at),
    atLimit: explainLimit(planned, network, at),
  };
};

/** The alert of a number that was merged into another closes: it goes on there. */
export const merged = (planned: PlannedRule, at: Instant, open: Open, { network }: Circumstances): Transition => ({
  at,
  transition: 'resolved',
  rule: planned.rule,
  outcome: 'merged',
  prisonId: prisonOf(network),
  severity: open.severity,
  evidence: open.evidence,
  because: network.operator(planned.opening).explain(at),
});

/** What became known just now that strikes out what the alert was raised on: a withdrawal, a quashing, a later telling. */
const strikersOf = ({ evidence }: Open, { isGone, learned }: Circumstances): Occurrence[] => {
  const gone = evidence.filter(isGone);
  if (gone.length === 0) return [];
  const records = gone.flatMap(({ source }) => source?.record ?? []);
  return learned.filter(
    (occurrence) => strikesOut(occurrence) || (occurrence.source && records.includes(occurrence.source.record)),
  );
};

interface Closing {
  readonly open: Open;
  readonly applies: Reading['applies'];
  readonly delivered: readonly Occurrence[];
  readonly struck: readonly Occurrence[];
  readonly ruleChanged: boolean;
}

/** An answer is in time if it comes at the due instant. */
const outcomeOf = (
  { open, applies, delivered, struck, ruleChanged }: Closing,
  { isGone, regrouped }: Circumstances,
): RuleOutcome => {
  if (struck.some(strikesOut) || (regrouped && open.evidence.some(isGone))) return 'withdrawn';
  if (ruleChanged) return 'rule-changed';
  if (applies === false) return 'ended';
  if (delivered.length > 0) return delivered.some(({ at }) => at <= open.due) ? 'recorded-late' : 'met';
  return struck.length > 0 ? 'withdrawn' : regrouped ? 'merged' : 'ended';
};

const isSafeguard = (occurrence: Occurrence, { safeguard }: Rule): boolean =>
  safeguard.some(({ type, where }) => type === occurrence.type && carries(occurrence, where));

const prisonOf = ({ movements, caseload, last }: Network): string =>
  movements.holder?.prisonId ?? caseload.prisonId ?? last?.prisonId ?? '';
