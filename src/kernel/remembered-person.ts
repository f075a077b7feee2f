import type { Open } from './episode.js';
import { earliest, NEVER, type Instant } from '../prison/instant.js';
import type { Holder } from '../prison/stay.js';
import type { Occurrence } from './occurrence.js';

/** How one rule stands with a person, with events by their ids. */
export interface EpisodeMemory {
  readonly open?: Omit<Open, 'evidence'> & { readonly evidence: readonly string[] };
  readonly settled?: readonly string[];
}

/**
 * What a person's own history does not say by itself: what was decided about them, and when to look again. Plain JSON, of
 * ids, codes and instants: nothing that events say about anybody is in it, so that no erasure has to reach it.
 */
export interface PersonMemory {
  /** When to look at them next; missing where that is never. */
  readonly next?: Instant;
  /** From this instant on it takes their history to decide; missing where new events simply come last. */
  readonly looksBackFrom?: Instant;
  readonly holder?: Holder;
  readonly inStay: boolean;
  /** Events that were known and not yet taken in. */
  readonly upcoming: readonly string[];
  /** The places, in the plan, of the rules that have to be looked at again although nothing happens. */
  readonly armed: readonly number[];
  /** By rule id; a rule that has nothing to remember is missing. */
  readonly episodes: Readonly<Record<string, EpisodeMemory>>;
}

/**
 * A person as they were written down: where they are and what is open. Before anything is decided about them they are
 * worked out again from their history, so that a start does not have to read the histories of everybody.
 */
export class RememberedPerson {
  private upcoming: readonly string[];
  private next: Instant;
  private looksBackFrom: Instant;

  constructor(private readonly written: PersonMemory) {
    this.upcoming = written.upcoming;
    this.next = written.next ?? NEVER;
    this.looksBackFrom = written.looksBackFrom ?? NEVER;
  }

  get prisonId(): string | undefined {
    return this.written.holder?.prisonId;
  }

  get inStay(): boolean {
    return this.written.inStay;
  }

  get nextFlip(): Instant {
    return this.next;
  }

  /** The alerts that should be open, by rule id. */
  get open(): ReadonlyMap<string, Pick<Open, 'severity'>> {
    const rules = Object.entries(this.written.episodes);
    return new Map(rules.flatMap(([rule, { open }]) => (open ? [[rule, open]] : [])));
  }

  /** As {@link Person.addArmed}. */
  addArmed(counts: number[], amount: 1 | -1): void {
    for (const place of this.written.armed) counts[place] = (counts[place] ?? 0) + amount;
  }

  get memory(): PersonMemory {
    const { next, looksBackFrom, upcoming, written } = this;
    return { ...written, upcoming, next: unlessNever(next), looksBackFrom: unlessNever(looksBackFrom) };
  }

  /** As {@link Person.learn}; what the event says is in the history. */
  learn({ id, at }: Occurrence, t: Instant, again = false): void {
    this.upcoming = [...this.upcoming, id];
    const from = Math.max(at, t);
    this.next = earliest(this.next, from);
    if (again) this.lookBack(from);
  }

  /** As {@link Person.lookBack}. */
  lookBack(from: Instant): void {
    this.looksBackFrom = earliest(this.looksBackFrom, from);
    this.next = earliest(this.next, from);
  }

  needsHistory(_t: Instant): boolean {
    return true;
  }
}

/** JSON knows no infinity. */
export const unlessNever = (instant: Instant): Instant | undefined => (instant === NEVER ? undefined : instant);
