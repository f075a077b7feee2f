import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { inOrder, knownAt, type Occurrence } from './occurrence.js';
import { Person } from './person.js';
import type { Plan } from './plan.js';
import type { Transition } from './transition.js';
import { Watchlist } from './watchlist.js';

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

/** A change of one rule's alert, and whom it is about. */
export type TransitionOf = Transition & { readonly prisonNumber: string };

/**
 * Plays the histories of many people, in the same way. Those whose records are merged, or were for a time, are played
 * together.
 * @param histories by the number that each event was told under
 */
export const replayAll = (
  plan: Plan,
  days: LocalDays,
  histories: ReadonlyMap<string, readonly Occurrence[]>,
  until: Instant,
): TransitionOf[] =>
  [...groupsOf(histories)].flatMap((numbers) => {
    const [only, ...others] = numbers;
    if (only !== undefined && others.length === 0) {
      return replay(plan, days, histories.get(only) ?? [], until).map((made) => ({ ...made, prisonNumber: only }));
    }
    return replayTogether(plan, days, new Map(numbers.map((number) => [number, histories.get(number) ?? []])), until);
  });

const replayTogether = (
  plan: Plan,
  days: LocalDays,
  histories: ReadonlyMap<string, readonly Occurrence[]>,
  until: Instant,
): TransitionOf[] => {
  const people = new Watchlist(plan, days);
  const known = new Map<string, Occurrence[]>([...histories.keys()].map((number) => [number, []]));
  const transitions: TransitionOf[] = [];
  const settleThrough = (t: Instant): void => {
    for (let due = people.due(t); due; due = people.due(t)) {
      const { prisonNumber, numbers } = due;
      const made = people.settle(
        due,
        numbers.flatMap((number) => known.get(number) ?? []),
      );
      transitions.push(...made.map((transition) => ({ ...transition, prisonNumber })));
    }
  };
  let present = -Infinity;
  for (const { prisonNumber, occurrence } of toldIn(histories)) {
    const t = knownAt(occurrence);
    if (t > until) break;
    if (t > present) settleThrough(t - 1);
    present = t;
    known.get(prisonNumber)?.push(occurrence);
    people.learn(prisonNumber, occurrence, t);
  }
  settleThrough(until);
  return transitions;
};

/** What was told under any of these numbers, in the order it became known. */
const toldIn = (histories: ReadonlyMap<string, readonly Occurrence[]>) =>
  [...histories]
    .flatMap(([prisonNumber, history]) => inTheOrderKnown(history).map((occurrence) => ({ prisonNumber, occurrence })))
    .sort((a, b) => byKnown(a.occurrence, b.occurrence));

/** The numbers that merges join, taken back or not; each of the others for itself. */
const groupsOf = (histories: ReadonlyMap<string, readonly Occurrence[]>): Set<readonly string[]> => {
  const groups = new Map<string, readonly string[]>([...histories.keys()].map((number) => [number, [number]]));
  for (const [kept, history] of histories) {
    for (const { type, data } of history) {
      if (type !== 'PrisonerRecordsMerged') continue;
      const removed = String(data['removedPrisonNumber']);
      const both = [...new Set([...(groups.get(kept) ?? [kept]), ...(groups.get(removed) ?? [removed])])];
      for (const number of both) groups.set(number, both);
    }
  }
  return new Set(groups.values());
};

const byKnown = (a: Occurrence, b: Occurrence): number => knownAt(a) - knownAt(b) || inOrder(a, b);

const inTheOrderKnown = (history: readonly Occurrence[]): Occurrence[] => {
  const sorted = [...history].sort(byKnown);
  const seen = new Set<string>();
  return sorted.filter(({ id }) => !seen.has(id) && seen.add(id));
};
