import type { Condition } from './condition.js';
import { readingOf, type DefinitionalReading } from './definitional/reading.js';
import { situationOf } from './definitional/situation-of.js';
import { inTheOrderKnown } from './definitional/standing.js';
import type { DefinitionalTransition } from './definitional/story.js';
import { tell } from './definitional/tell.js';
import { truthOf } from './definitional/truth-of.js';
import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from './occurrence.js';
import type { Rule } from './rule.js';
import type { Severity } from '../prison/severity.js';
import type { Truth } from './truth.js';

/** From where a person's events are looked at. */
export interface Viewpoint {
  /** Everything known of the person at `t`, in any order, withdrawals included. What happens after `t` is left out. */
  readonly history: readonly Occurrence[];
  readonly t: Instant;
  readonly days: LocalDays;
  /** The rules that a condition may refer to. */
  readonly rules: readonly Rule[];
  /** The event types whose source has gone quiet. */
  readonly silent?: ReadonlySet<string>;
}

/**
 * The truth of a condition at an instant, recomputed from the raw events: no state, no cleverness, the words of the
 * policy one by one. It is kept apart from the operators on purpose: each is checked against the other.
 * @param raisedAt the instant that "since it was raised" counts from, in closing conditions
 * @throws Error when the condition refers to a rule that is not among `rules`
 */
export const definitionalTruth = (
  condition: Condition,
  { history, t, days, rules, silent }: Viewpoint,
  pauses: boolean,
  raisedAt?: Instant,
): Truth => truthOf(condition, { ...situationOf(history, t, days, rules, silent), pauses, raisedAt });

/** What a rule says of a person at an instant: whether its alert is due, and how severe it is. */
export const definitionalReading = (rule: Rule, { history, t, days, rules, silent }: Viewpoint): DefinitionalReading =>
  readingOf(rule, situationOf(history, t, days, rules, silent));

/**
 * Plays one person's history by brute force: every rule is looked at afresh at every instant at which anything that it
 * says could change. Gives the transitions that `replay` gives, in its order, without the repeated asks.
 */
export const definitionalReplay = (
  rules: readonly Rule[],
  days: LocalDays,
  history: readonly Occurrence[],
  until: Instant,
): DefinitionalTransition[] =>
  tell(rules, days, inTheOrderKnown(history), until)
    .flatMap(({ transitions }) => transitions)
    .sort((a, b) => a.at - b.at);

/** An alert that should be open. */
export interface ShouldBeOpen {
  readonly rule: string;
  readonly raisedAt: Instant;
  readonly severity: Severity;
}

/**
 * The alerts about one person that should be open at `now`, recomputed from everything known of them.
 * @param knownAt when an event became known: by default when its source recorded it. One that was known ahead of the
 * instant it happened counts from that instant.
 */
export const shouldBeOpen = (
  rules: readonly Rule[],
  days: LocalDays,
  history: readonly Occurrence[],
  now: Instant,
  knownAt?: (event: Occurrence) => Instant,
): ShouldBeOpen[] => {
  const known = inTheOrderKnown(history, knownAt);
  const told = tell(rules, days, known, now);
  return told.flatMap(({ story: { open } }, index) => {
    const rule = rules[index];
    return open && rule ? [{ rule: rule.id, raisedAt: open.raisedAt, severity: open.severity }] : [];
  });
};
