import type { Open } from './episode.js';
import { earliest, NEVER, type Instant } from '../prison/instant.js';
import type { Holder } from '../prison/stay.js';
import type { Occurrence } from './occurrence.js';

/** Which event it was, as one id may be told under several numbers. */
export type TellingMemory = Pick<Occurrence, 'id' | 'prisonNumber'>;

/** How one rule stands with a person, with events by their ids and numbers. */
export interface EpisodeMemory {
  readonly open?: Omit<Open, 'evidence'> & { readonly evidence: readonly TellingMemory[] };
  readonly settled?: readonly string[];
}

/**
 * What a person's own history does not say by itself: what was decided about them, and when to look again. Plain JSON, of
 * ids, prison numbers, codes and instants: nothing that events say about anybody is in it, so that no erasure has to
 * reach it.
 */
export interface PersonMemory {
  /** When to look at them next; missing where that is never. */
  readonly next?: Instant;
  /** It takes their history to decide next: what is new does not simply come last. */
  readonly looksBack: boolean;
  readonly holder?: Holder;
  readonly inStay: boolean;
  /** Since when their prison had had the rules by which they were decided on last; missing where it always had. */
  readonly rulesSince?: Instant | undefined;
  /** Events that were known and not yet taken in. */
  readonly fresh: readonly TellingMemory[];
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
  private fresh: readonly TellingMemory[];
  private next: Instant;
  private looksBack: boolean;

  constructor(private readonly written: PersonMemory) {
    this.fresh = written.fresh;
    this.next = written.next ?? NEVER;
    this.looksBack = written.looksBack;
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
    const { next, looksBack, fresh, written } = this;
    return { ...written, fresh, next: unlessNever(next), looksBack };
  }

  /** As {@link Person.learn}; what the event says is in the history. */
  learn({ id, prisonNumber }: Occurrence, t: Instant, again = false): void {
    this.fresh = [...this.fresh, { id, prisonNumber }];
    this.next = earliest(this.next, t);
    if (again) this.lookBack(t);
  }

  /** As {@link Person.lookAgain}: once worked out, everything is looked at anyway. */
  lookAgain(t: Instant): void {
    this.next = earliest(this.next, t);
  }

  /** As {@link Person.lookBack}. */
  lookBack(t: Instant): void {
    this.looksBack = true;
    this.next = earliest(this.next, t);
  }

  get needsHistory(): boolean {
    return true;
  }
}

/** JSON knows no infinity. */
export const unlessNever = (instant: Instant): Instant | undefined => (instant === NEVER ? undefined : instant);
