import { effective, strikesOut, StruckOut, type StruckOutMemory } from '../../kernel/effective.js';
import type { Instant } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import { inOrder, type Occurrence } from '../../kernel/occurrence.js';
import { Standing, type StandingMemory } from '../standing.js';
import { changed, countedIn, happened } from './accounts.js';
import type { Account, Posting } from './ledger.js';

/** The events that key work hangs on; of the others only the first, which says where the person is. */
const CONCERNS = new Set([
  'PrisonerReceived',
  'PrisonerReleased',
  'KeyWorkerAllocated',
  'KeyWorkerDeallocated',
  'KeyWorkerSessionHeld',
  'KeyWorkerSessionMissed',
  'ComplexityOfNeedChanged',
]);

/** One person, to be written down: nothing that events say but where the person is, and with whom their key work. */
export interface FollowedMemory {
  readonly standing: StandingMemory;
  readonly struckOut: StruckOutMemory;
  readonly counted: readonly Account[];
  readonly last?: Occurrence;
  /** Missing while it is not known where the person is. */
  readonly heldSince?: Instant;
}

/** One person, followed through the log: how they stand, and where they count. */
export class Followed {
  readonly standing: Standing;
  private struckOut = new StruckOut();
  private counted: readonly Account[] = [];
  private last: Occurrence | undefined;
  /** Since when it is known where the person is. */
  private heldSince: Instant = Infinity;

  constructor(private readonly days: LocalDays) {
    this.standing = new Standing(days);
  }

  /** A person whose whole history is known, and everything it adds to the accounts. */
  static through(history: readonly Occurrence[], days: LocalDays): { person: Followed; postings: Posting[] } {
    const person = new Followed(days);
    const { occurrences, struckOut } = effective(history);
    person.struckOut = struckOut;
    return { person, postings: occurrences.flatMap((occurrence) => person.take(occurrence)) };
  }

  /** The person who was written down. */
  static recall({ standing, struckOut, ...rest }: FollowedMemory, days: LocalDays): Followed {
    const person = new Followed(days);
    person.standing.recall(standing);
    return Object.assign(person, rest, { struckOut: StruckOut.recall(struckOut) });
  }

  get memory(): FollowedMemory {
    const { standing, struckOut, counted, last, heldSince } = this;
    return {
      ...{ standing: standing.memory, struckOut: struckOut.memory, counted },
      ...(last && { last: { ...last, data: {} } }),
      ...(heldSince !== Infinity && { heldSince }),
    };
  }

  /** Whether an event needs the whole history: it strikes something out, or comes late and matters. */
  needsHistory(occurrence: Occurrence): boolean {
    if (strikesOut(occurrence)) return true;
    if (!this.last || inOrder(occurrence, this.last) > 0) return false;
    return CONCERNS.has(occurrence.type) || occurrence.at <= this.heldSince;
  }

  /** Takes in an event that does not need the history; gives what it adds to the accounts. */
  take(occurrence: Occurrence): Posting[] {
    if (this.struckOut.has(occurrence)) return [];
    if (this.last && inOrder(occurrence, this.last) < 0) return [];
    this.last = occurrence;
    this.standing.take(occurrence);
    if (this.standing.prisonId !== undefined) this.heldSince = Math.min(occurrence.at, this.heldSince);
    const before = this.counted;
    this.counted = countedIn(this.standing);
    return [...changed(before, this.counted, occurrence.at, this.days), ...happened(occurrence, this.days)];
  }
}
