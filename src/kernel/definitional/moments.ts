import { NEVER, type Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Rule } from '../rule.js';
import type { KnownEvents } from './standing.js';

/**
 * Every instant up to `until` at which what these rules say may change: when something becomes known, every local
 * midnight, every limit in hours after anything that happened (a return is one), every instant that an event carries.
 */
export const momentsOf = (
  rules: readonly Rule[],
  known: KnownEvents,
  days: LocalDays,
  until: Instant,
): readonly Instant[] => {
  const first = known[0]?.since ?? NEVER;
  const hours = [...hoursIn(rules)];
  const moments = new Set<Instant>();
  for (const { event, since } of known) {
    moments.add(since);
    for (const limit of hours) moments.add(event.at + limit);
    for (const carried of Object.values(event.data)) {
      if (typeof carried === 'string' && INSTANT.test(carried)) moments.add(Date.parse(carried));
    }
  }
  if (first <= until) for (const midnight of midnights(first, until, days)) moments.add(midnight);
  return [...moments].filter((t) => t >= first && t <= until).sort((a, b) => a - b);
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

const midnights = (from: Instant, until: Instant, days: LocalDays): Instant[] => {
  const [first, last] = [days.dayOf(from), days.dayOf(until)];
  return Array.from({ length: last - first + 1 }, (_, day) => days.startOf(first + day));
};

/** The limits in hours that stand anywhere in a rule, in milliseconds. */
const hoursIn = (part: unknown): Set<number> => {
  if (typeof part !== 'object' || part === null) return new Set();
  if ('kind' in part && part.kind === 'hours' && 'milliseconds' in part) return new Set([Number(part.milliseconds)]);
  return new Set(Object.values(part).flatMap((member) => [...hoursIn(member)]));
};

/** A rule with all those that it refers to, directly or through others. */
export const withReferred = (rule: Rule, rules: readonly Rule[]): readonly Rule[] => {
  const referred = new Set(referencesIn(rule));
  return [rule, ...rules.filter(({ id }) => referred.has(id)).flatMap((other) => withReferred(other, rules))];
};

const referencesIn = (part: unknown): string[] => {
  if (typeof part !== 'object' || part === null) return [];
  if ('op' in part && part.op === 'rule' && 'id' in part) return [String(part.id)];
  return Object.values(part).flatMap(referencesIn);
};
