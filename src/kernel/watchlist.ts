import { DeadlineIndex } from './deadline-index.js';
import { Headcount } from './headcount.js';
import { earliest, NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from './occurrence.js';
import { Person } from './person.js';
import { planOf, type Plan } from './plan.js';
import { RememberedPerson, type PersonMemory } from './remembered-person.js';
import type { Transition } from './transition.js';

/** Somebody about whom something is to be decided at an instant. */
export interface Due {
  readonly prisonNumber: string;
  readonly at: Instant;
  /** {@link Watchlist.settle} wants all that is known of this person. */
  readonly needsHistory: boolean;
}

/**
 * Everybody the rules watch, and the one index of when each has to be looked at next. The caller moves time on: it
 * settles what {@link due} says, in that order, before it lets anything later become known.
 */
export class Watchlist {
  private readonly people = new Map<string, Person | RememberedPerson>();
  private readonly index = new DeadlineIndex();
  /** Everybody of whom something was decided, as they are. */
  readonly headcount: Headcount;
  private readonly noRules: Plan;

  /** @param isWatched of the others only where they are is followed */
  constructor(
    private readonly plan: Plan,
    private readonly days: LocalDays,
    private readonly isWatched: (prisonNumber: string) => boolean = () => true,
  ) {
    this.headcount = new Headcount(plan);
    this.noRules = planOf([], days);
  }

  person(prisonNumber: string): Person | RememberedPerson | undefined {
    return this.people.get(prisonNumber);
  }

  everybody(): IterableIterator<[string, Person | RememberedPerson]> {
    return this.people.entries();
  }

  /** Takes up a person that was written down. */
  remember(prisonNumber: string, memory: PersonMemory): void {
    const person = new RememberedPerson(memory);
    this.people.set(prisonNumber, person);
    this.headcount.count(person, 1);
    this.index.set(prisonNumber, person.nextFlip);
  }

  /** Lets go of somebody, so that all that is known of them can be learned anew. */
  forget(prisonNumber: string): void {
    const person = this.people.get(prisonNumber);
    if (person) this.headcount.count(person, -1);
    this.people.delete(prisonNumber);
    this.index.set(prisonNumber, NEVER);
  }

  /** Somebody who is known, worked out from all that is known of them where they were only remembered. */
  inFull(prisonNumber: string, history: readonly Occurrence[]): Person | undefined {
    const known = this.people.get(prisonNumber);
    if (!(known instanceof RememberedPerson)) return known;
    return Person.recall(this.planFor(prisonNumber), this.days, known.memory, history);
  }

  /** An event has become known at `t`. Its id must be new for the person. */
  learn(prisonNumber: string, occurrence: Occurrence, t: Instant): void {
    let person = this.people.get(prisonNumber);
    if (!person) this.people.set(prisonNumber, (person = new Person(this.planFor(prisonNumber), this.days)));
    person.learn(occurrence, t);
    this.index.set(prisonNumber, earliest(t, person.nextFlip));
  }

  /** Who is next, at or before `limit`. */
  due(limit: Instant): Due | undefined {
    const first = this.index.first(limit);
    const person = first && this.people.get(first.key);
    return person && { prisonNumber: first.key, at: first.at, needsHistory: person.needsHistory(first.at) };
  }

  /** Decides what changed for somebody who is due. */
  settle({ prisonNumber, at }: Due, history: readonly Occurrence[] = []): Transition[] {
    const known = this.people.get(prisonNumber);
    const person = this.inFull(prisonNumber, history);
    if (!known || !person) return [];
    this.headcount.count(known, -1);
    const transitions = person.settle(at, person.needsHistory(at) ? history : undefined);
    this.people.set(prisonNumber, person);
    this.headcount.count(person, 1);
    this.index.set(prisonNumber, person.nextFlip);
    return transitions;
  }

  private planFor(prisonNumber: string): Plan {
    return this.isWatched(prisonNumber) ? this.plan : this.noRules;
  }
}
