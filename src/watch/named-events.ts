import { typesNeeded } from '../kernel/event-types.js';
import type { Condition } from '../kernel/condition.js';
import type { Rule } from '../kernel/rule.js';

/** What shows that somebody is at work on an alert, whatever rule it is of. */
const SESSION = 'KeyWorkerSessionHeld';

/** For each rule, the types of the events that its conditions name, and of a session; for any other rule, of a session. */
export const namedEvents = (rules: readonly Rule[]): ((rule: string) => ReadonlySet<string>) => {
  const openings = new Map(rules.map((rule) => [rule.id, openingOf(rule)]));
  const named = new Map(rules.map((rule) => [rule.id, new Set([SESSION, ...typesIn(rule, openings)])]));
  return (rule) => named.get(rule) ?? new Set([SESSION]);
};

const openingOf = ({ steps }: Rule): Condition => ({ op: 'any', of: steps.map(({ when }) => when) });

const typesIn = (rule: Rule, openings: ReadonlyMap<string, Condition>): string[] => {
  const conditions = [openingOf(rule), ...(rule.closesWhen ? [rule.closesWhen] : [])];
  const none: Condition = { op: 'any', of: [] };
  const types = conditions.flatMap((condition) => typesNeeded(condition, (id) => openings.get(id) ?? none));
  return [...types, ...rule.safeguard.map(({ type }) => type)];
};
