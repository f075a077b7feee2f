import { Deadlines } from '../kernel/deadlines.js';
import { type Instant, NEVER } from '../prison/instant.js';
import type { Limit } from '../kernel/limit.js';
import type { LocalDays } from '../prison/local-days.js';
import { Movements, type MovementsMemory, startsArrivalClock, type Stay } from '../kernel/movements.js';
import type { Occurrence } from '../kernel/occurrence.js';

/** How a person stands, to be written down. */
export interface StandingMemory {
  readonly keyWorker?: string | undefined;
  readonly lastSession?: Instant | undefined;
  readonly complexityIsHigh: boolean;
  readonly movements: MovementsMemory;
}

/**
 * How a person stands with their key work. Takes in what stands of their events, in the order it happened (docs/operators.md, "Scopes"):
 * in a new stay everything begins afresh, but for the complexity of need.
 */
export class Standing {
  /** Staff id of the present key worker. */
  keyWorker: string | undefined;
  /** The last key worker session of this stay, with whomever it was. */
  lastSession: Instant | undefined;
  private complexityIsHigh = false;
  private readonly movements = new Movements();
  private readonly deadlines: Deadlines;

  constructor(days: LocalDays) {
    this.deadlines = new Deadlines(days, this.movements);
  }

  /** The prison that holds the person: what is heard of them from elsewhere moves nobody. Nothing before they were heard of. */
  get prisonId(): string | undefined {
    return this.movements.holder?.prisonId;
  }

  get memory(): StandingMemory {
    const { keyWorker, lastSession, complexityIsHigh, movements } = this;
    return { keyWorker, lastSession, complexityIsHigh, movements: movements.memory };
  }

  /** Takes up what was written down. */
  recall({ movements, ...standing }: StandingMemory): void {
    Object.assign(this, standing);
    this.movements.recall(movements);
  }

  get stay(): Stay | undefined {
    return this.movements.stay;
  }

  /** In a stay, and complexity of need not HIGH. */
  get eligible(): boolean {
    return this.stay !== undefined && !this.complexityIsHigh;
  }

  /** At court, on temporary absence, in hospital, or between two stays. */
  get away(): boolean {
    return this.movements.away;
  }

  /** Eligible, arrived here in this stay as far as is known, and no session since. */
  get neverSeen(): boolean {
    return this.eligible && this.lastSession === undefined && this.arrived;
  }

  /** Whether this stay is known from its first day on. */
  get arrived(): boolean {
    return this.stay !== undefined && startsArrivalClock(this.stay);
  }

  /** When a limit since the last session falls due, absences taken into account; never for whom there is none. */
  dueAfterSession(limit: Limit): Instant {
    if (!this.eligible || this.lastSession === undefined) return NEVER;
    return this.deadlines.due(this.lastSession, limit, true);
  }

  take(occurrence: Occurrence): void {
    if (this.movements.on(occurrence) || !this.stay) this.beginAfresh();
    switch (occurrence.type) {
      case 'KeyWorkerAllocated':
        if (this.stay) this.keyWorker = staffOf(occurrence);
        break;
      case 'KeyWorkerDeallocated':
        // Only the present key worker can be taken away: "allocate the new, then deallocate the old" is ordinary.
        if (this.keyWorker === staffOf(occurrence)) this.keyWorker = undefined;
        break;
      case 'KeyWorkerSessionHeld':
        if (this.stay) this.lastSession = occurrence.at;
        break;
      case 'ComplexityOfNeedChanged':
        this.complexityIsHigh = occurrence.data['level'] === 'HIGH';
        break;
    }
  }

  private beginAfresh(): void {
    this.keyWorker = undefined;
    this.lastSession = undefined;
  }
}

const staffOf = ({ data }: Occurrence): string => String(data['staffId']);
