import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Occurrence } from '../occurrence.js';
import type { Rule } from '../rule.js';
import { momentsOf, withReferred } from './moments.js';
import { situationOf } from './situation-of.js';
import type { Situation } from './situation.js';
import type { KnownEvents } from './standing.js';
import { changeBetween, goOn, type DefinitionalTransition, type Story } from './story.js';

/** What became of one rule's alert: how it stands, and how that came about. */
export interface Told {
  readonly story: Story;
  readonly transitions: readonly DefinitionalTransition[];
}

/**
 * Tells what became of each rule's alert, looking at it afresh at every instant at which it could change.
 */
export const tell = (rules: readonly Rule[], days: LocalDays, known: KnownEvents, until: Instant): Told[] => {
  const byCount = new Map<number, Situation>();
  const knowing = (count: number, t: Instant): Situation => {
    const situation = byCount.get(count) ?? situationOf(eventsOf(known.slice(0, count)), t, days, rules);
    byCount.set(count, situation);
    return { ...situation, t, found: new Map() };
  };
  return rules.map((rule) => {
    const inForceFrom = days.startOf(days.named(rule.effectiveFrom));
    const moments = momentsOf(withReferred(rule, rules), known, days, until).filter((t) => t >= inForceFrom);
    return tellOne(rule, moments, known, knowing);
  });
};

const eventsOf = (known: KnownEvents): Occurrence[] => known.map(({ event }) => event);

const tellOne = (
  rule: Rule,
  moments: readonly Instant[],
  known: KnownEvents,
  knowing: (count: number, t: Instant) => Situation,
): Told => {
  const transitions: DefinitionalTransition[] = [];
  let story: Story = {};
  let count = 0;
  let situation: Situation | undefined;
  for (const t of moments) {
    const before = count;
    while ((known[count]?.since ?? Infinity) <= t) count++;
    situation = situation && before === count ? { ...situation, t } : knowing(count, t);
    const next = goOn(rule, story, situation);
    const change = changeBetween(story, next, situation);
    if (change) transitions.push({ at: t, rule: rule.id, ...change });
    story = next;
  }
  return { story, transitions };
};
