import { type KnownHistory, Trail, type TrailMemory } from '../../custody/whereabouts/trail.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { LocalDays } from '../../prison/local-days.js';
import { changed, countedIn, happened } from './accounts.js';
import type { Account, Posting } from './ledger.js';

/** One person, to be written down: nothing that events say but where the person is, and with whom their key work. */
export interface CountedPersonMemory {
  readonly trail: TrailMemory;
  readonly counted: readonly Account[];
}

/** One person, followed through the log: how they stand, and where they count. */
export class CountedPerson {
  private counted: readonly Account[] = [];

  constructor(
    private readonly days: LocalDays,
    private readonly trail = new Trail(),
  ) {}

  /** A person whose whole history is known, and everything it adds to the accounts. */
  static through(history: KnownHistory, days: LocalDays): { person: CountedPerson; postings: Posting[] } {
    const postings: Posting[] = [];
    let counted: readonly Account[] = [];
    const trail = Trail.through(history, (occurrence, whereabouts) => {
      const before = counted;
      counted = countedIn(whereabouts);
      postings.push(...changed(before, counted, occurrence.at, days), ...happened(occurrence, days));
    });
    const person = new CountedPerson(days, trail);
    person.counted = counted;
    return { person, postings };
  }

  /** The person who was written down. */
  static recall({ trail, counted }: CountedPersonMemory, days: LocalDays): CountedPerson {
    const person = new CountedPerson(days, Trail.recall(trail));
    person.counted = counted;
    return person;
  }

  get memory(): CountedPersonMemory {
    return { trail: this.trail.memory, counted: this.counted };
  }

  get whereabouts(): Whereabouts {
    return this.trail.whereabouts;
  }

  /** Whether an event needs the whole history: it strikes something out, or comes late and matters. */
  needsHistory(occurrence: Occurrence): boolean {
    return this.trail.needsHistory(occurrence);
  }

  /** Takes in an event that does not need the history; gives what it adds to the accounts. */
  take(occurrence: Occurrence): Posting[] {
    if (!this.trail.take(occurrence)) return [];
    const before = this.counted;
    this.counted = countedIn(this.whereabouts);
    return [...changed(before, this.counted, occurrence.at, this.days), ...happened(occurrence, this.days)];
  }
}
