import type { Condition, Selector } from '../kernel/condition.js';
import { eventsAsked } from '../kernel/event-types.js';
import { carries } from '../kernel/matcher.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { Rule } from '../kernel/rule.js';

/** A session shows that somebody is at work on an alert, whatever rule it is of. */
const SESSION: Selector = [{ type: 'KeyWorkerSessionHeld', where: [] }];

/**
 * Whether an event is a session, or one that a rule names: in its conditions, in what closes it, or as its safeguard.
 * For a rule that no longer exists only sessions count.
 */
export const namedEvents = (rules: readonly Rule[]): ((rule: string, event: Occurrence) => boolean) => {
  const openings = new Map(rules.map((rule) => [rule.id, openingOf(rule)]));
  const patternsOf = new Map(rules.map((rule) => [rule.id, [...SESSION, ...namedBy(rule, openings)]]));
  return (rule, event) =>
    (patternsOf.get(rule) ?? SESSION).some(({ type, where }) => type === event.type && carries(event, where));
};

const openingOf = ({ steps }: Rule): Condition => ({ op: 'any', of: steps.map(({ when }) => when) });

const NOTHING: Condition = { op: 'any', of: [] };

const namedBy = (rule: Rule, openings: ReadonlyMap<string, Condition>): Selector => {
  const conditions = [openingOf(rule), ...(rule.closesWhen ? [rule.closesWhen] : [])];
  const patterns = conditions.flatMap((condition) => eventsAsked(condition, (id) => openings.get(id) ?? NOTHING));
  return [...patterns, ...rule.safeguard];
};
