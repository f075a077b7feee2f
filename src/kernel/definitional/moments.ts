import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import { endsWithinDay, isLimit, type Limit } from '../limit.js';
import type { RuleTerms } from '../prison-settings.js';
import type { Rule } from '../rule.js';
import { dueOf } from './limits.js';
import type { Situation } from './situation.js';

/**
 * Every instant from `from` on and before `until` at which what rules say of somebody may change although nothing
 * becomes known: every local midnight, every day the time at which a limit ends, every limit in hours after anything that
 * happened, moved by absences and not, every instant that an event carries, every one at which a feed fell silent or was
 * heard again; and `from` itself.
 * @param limits those that may end within a day, of the rules and of all that they refer to
 * @param silence of the feeds of the prison that holds them
 */
export const momentsOf = (
  limits: readonly Limit[],
  situation: Situation,
  from: Instant,
  until: Instant,
  silence: readonly Instant[] = [],
): readonly Instant[] => {
  const { happened, days } = situation;
  const times = new Set(limits.flatMap((limit) => (limit.kind === 'days' ? (limit.by ?? []) : [])));
  const moments = new Set<Instant>([from, ...silence]);
  for (const time of [0, ...times]) for (const moment of daily(time, from, until, days)) moments.add(moment);
  for (const { event } of happened) {
    for (const limit of limits.filter(({ kind }) => kind === 'hours')) {
      moments.add(dueOf(event.at, limit, { ...situation, pauses: false }));
      moments.add(dueOf(event.at, limit, { ...situation, pauses: true }));
    }
    for (const carried of Object.values(event.data)) {
      if (typeof carried === 'string' && INSTANT.test(carried)) moments.add(Date.parse(carried));
    }
  }
  return [...moments].filter((t) => t >= from && t < until).sort((a, b) => a - b);
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** @param time minutes after midnight */
const daily = (time: number, from: Instant, until: Instant, days: LocalDays): Instant[] => {
  const [first, last] = [days.dayOf(from), days.dayOf(until)];
  return Array.from({ length: last - first + 1 }, (_, day) => days.timeOn(first + day, time));
};

/** The limits that may end within a day and stand anywhere in rules, or in what prisons say of them, each once. */
export const limitsIn = (rules: readonly (Rule | RuleTerms)[]): readonly Limit[] => [
  ...new Map(momentary(rules).map((limit) => [limit.text, limit])).values(),
];

const momentary = (part: unknown): Limit[] => {
  if (typeof part !== 'object' || part === null) return [];
  if (isLimit(part)) return endsWithinDay(part) ? [part] : [];
  return Object.values(part).flatMap(momentary);
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
