import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { inOrder, type Occurrence } from './occurrence.js';
import { Person } from './person.js';
import type { Plan } from './plan.js';
import type { Transition } from './transition.js';

/** When an event becomes known where history is played: when it was recorded, and not before it happened. */
export const knownAt = ({ at, recordedAt }: Occurrence): Instant => Math.max(at, recordedAt);

/**
 * Plays one person's history through the rules with a virtual clock: every event becomes known when it was recorded,
 * every deadline falls due in between. The order of `history` does not matter; of equal ids the first known counts.
 */
export const replay = (plan: Plan, days: LocalDays, history: readonly Occurrence[], until: Instant): Transition[] => {
  const person = new Person(plan, days);
  const known = inTheOrderKnown(history);
  const transitions: Transition[] = [];
  for (let next = 0; next < known.length;) {
    const t = knownAt(known[next] as Occurrence);
    if (t > until) break;
    while (person.nextFlip < t) transitions.push(...person.settle(person.nextFlip));
    for (; next < known.length && knownAt(known[next] as Occurrence) === t; next++) {
      person.learn(known[next] as Occurrence, t);
    }
    transitions.push(...person.settle(t, person.needsHistory(t) ? known.slice(0, next) : undefined));
  }
  while (person.nextFlip <= until) transitions.push(...person.settle(person.nextFlip));
  return transitions;
};

const inTheOrderKnown = (history: readonly Occurrence[]): Occurrence[] => {
  const sorted = [...history].sort((a, b) => knownAt(a) - knownAt(b) || inOrder(a, b));
  const seen = new Set<string>();
  return sorted.filter(({ id }) => !seen.has(id) && seen.add(id));
};
