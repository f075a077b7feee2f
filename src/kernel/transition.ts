import { strikesOut } from './strike-outs.js';
import type { Open, Reading } from './episode.js';
import { cited, firstSaying, type Evidence } from './evidence.js';
import type { Instant } from '../prison/instant.js';
import { carries } from './matcher.js';
import type { Network } from './network.js';
import type { Occurrence } from './occurrence.js';
import type { PlannedRule } from './plan.js';
import type { Rule } from './rule.js';
import type { Severity } from '../prison/severity.js';
import type { RuleOutcome } from '../prison/outcome.js';

/** A change of one rule's alert about one person. */
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
  /** Who holds the tasks of those who should act. Where it is raised or escalated. */
  readonly holders?: ReadonlyMap<string, Evidence>;
}

/** A change of one rule's alert, and whom it is about. */
export type TransitionOf = Transition & { readonly prisonNumber: string };

/** What was just learned of a person, and how they stand. */
export interface Circumstances {
  readonly network: Network;
  /** Whether an event does not count for them, or no longer does. */
  readonly isGone: (occurrence: Occurrence) => boolean;
  /** What became known just now. */
  readonly learned: readonly Occurrence[];
  /** Another number's record was merged into the person's just now, or parted from it. */
  readonly regrouped: boolean;
  /** Gives what is known now, as it was at an instant; missing where nothing new is known of the past. */
  readonly lookBack?: ((t: Instant) => Network) | undefined;
}

/** A worse, or first, step has been reached. */
export const risen = (
  transition: 'raised' | 'escalated',
  { rule, opening, holders }: PlannedRule,
  { at, severity }: Pick<Reading, 'at' | 'severity'>,
  { network }: Circumstances,
): Transition => {
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
    holders: new Map([...holders].map(([role, index]) => [role, network.operator(index).explain(at)])),
  };
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

/** The alert closes: the person has left, or it is no longer due. */
export const closed = (
  { rule, opening, closing }: PlannedRule,
  close: { readonly transition: 'resolved' | 'expired'; readonly open: Open; readonly reading: Reading },
  now: Circumstances,
): Transition => {
  const { transition, open, reading } = close;
  const { at, applies } = reading;
  const { network, learned } = now;
  const delivered = learned.filter((occurrence) => isSafeguard(occurrence, rule) && !now.isGone(occurrence));
  const struck = strikersOf(open, now);
  const outcome = transition === 'expired' ? 'left' : outcomeOf({ open, applies, delivered, struck }, now);
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
}

/** An answer is in time if it comes at the due instant. */
const outcomeOf = (
  { open, applies, delivered, struck }: Closing,
  { isGone, regrouped }: Circumstances,
): RuleOutcome => {
  if (struck.some(strikesOut) || (regrouped && open.evidence.some(isGone))) return 'withdrawn';
  if (applies === false) return 'ended';
  if (delivered.length > 0) return delivered.some(({ at }) => at <= open.due) ? 'recorded-late' : 'met';
  return struck.length > 0 ? 'withdrawn' : regrouped ? 'merged' : 'ended';
};

const isSafeguard = (occurrence: Occurrence, { safeguard }: Rule): boolean =>
  safeguard.some(({ type, where }) => type === occurrence.type && carries(occurrence, where));

const prisonOf = ({ movements, last }: Network): string => movements.holder?.prisonId ?? last?.prisonId ?? '';
