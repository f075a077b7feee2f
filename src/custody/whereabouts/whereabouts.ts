import { Deadlines } from '../../kernel/deadlines.js';
import type { Limit } from '../../kernel/limit.js';
import { Movements } from '../../kernel/movements.js';
import type { MovementsMemory, Stay } from '../../kernel/place-in-custody.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { type Instant, NEVER } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Holder } from '../../prison/holder.js';

/** An ACCT that was opened, or closed and not yet reviewed, and since when. */
export interface Acct {
  readonly state: 'OPEN' | 'POST_CLOSURE';
  readonly since: Instant;
}

/** How somebody stands, to be written down. */
export interface WhereaboutsMemory {
  readonly segregated: boolean;
  readonly keyWorker?: string | undefined;
  readonly lastSession?: Instant | undefined;
  readonly complexityIsHigh: boolean;
  readonly acct?: (Acct & { readonly reviewed?: true }) | undefined;
  readonly movements: MovementsMemory;
}

/** What decides how somebody stands. Of all else only the first matters: it says in which prison they are. */
export const DECIDES: ReadonlySet<string> = new Set([
  'PrisonerReceived',
  'PrisonerReleased',
  'AcctOpened',
  'AcctClosed',
  'AcctPostClosureReviewHeld',
  'SegregationStarted',
  'SegregationEnded',
  'KeyWorkerAllocated',
  'KeyWorkerDeallocated',
  'KeyWorkerSessionHeld',
  'ComplexityOfNeedChanged',
]);

/**
 * Where somebody is and how they stand: the one fold for pages, figures, histories and access. Takes in what stands of
 * their events, in the order it happened. In a new stay everything begins afresh, but for ACCT and complexity of need
 * (docs/rules-meaning.md, "Stay", "Key worker").
 */
export class Whereabouts {
  private readonly movements = new Movements();
  private isSegregated = false;
  private present: string | undefined;
  private lastSeen: Instant | undefined;
  private complexityIsHigh = false;
  private lastAcct: WhereaboutsMemory['acct'];

  /** Those that were written down. */
  static recall({ movements, ...memory }: WhereaboutsMemory): Whereabouts {
    const whereabouts = new Whereabouts();
    whereabouts.movements.recall(movements);
    whereabouts.isSegregated = memory.segregated;
    whereabouts.present = memory.keyWorker;
    whereabouts.lastSeen = memory.lastSession;
    whereabouts.complexityIsHigh = memory.complexityIsHigh;
    whereabouts.lastAcct = memory.acct;
    return whereabouts;
  }

  get memory(): WhereaboutsMemory {
    const { isSegregated: segregated, present: keyWorker, lastSeen: lastSession, complexityIsHigh } = this;
    return {
      segregated,
      keyWorker,
      lastSession,
      complexityIsHigh,
      acct: this.lastAcct,
      movements: this.movements.memory,
    };
  }

  /** The prison that holds the person: what is heard of them from elsewhere moves nobody. Nothing before they were heard of. */
  get holder(): Holder | undefined {
    return this.movements.holder;
  }

  get prisonId(): string | undefined {
    return this.movements.holder?.prisonId;
  }

  get stay(): Stay | undefined {
    return this.movements.stay;
  }

  get inCustody(): boolean {
    return this.stay !== undefined;
  }

  /** At court, on temporary absence, in hospital, or between two stays. */
  get away(): boolean {
    return this.movements.isAway;
  }

  /** Whether this stay is known from its first day on. */
  get arrived(): boolean {
    return this.stay?.arrival === true;
  }

  /** Staff id of the present key worker. */
  get keyWorker(): string | undefined {
    return this.present;
  }

  /** The last key worker session of this stay, with whomever it was. */
  get lastSession(): Instant | undefined {
    return this.lastSeen;
  }

  get segregated(): boolean {
    return this.isSegregated;
  }

  /** Open; or closed, and neither opened again nor reviewed since. */
  get acct(): Acct | undefined {
    return this.lastAcct?.reviewed ? undefined : this.lastAcct;
  }

  /** In a stay, and complexity of need not HIGH: key work is due. */
  get eligible(): boolean {
    return this.inCustody && !this.complexityIsHigh;
  }

  /** Eligible, arrived here in this stay as far as is known, and no session since. */
  get neverSeen(): boolean {
    return this.eligible && this.lastSeen === undefined && this.arrived;
  }

  /** When a limit since the last session falls due, absences taken into account; never for whom there is none. */
  dueAfterSession(limit: Limit, days: LocalDays): Instant {
    if (!this.eligible || this.lastSeen === undefined) return NEVER;
    return new Deadlines(days, this.movements).due(this.lastSeen, limit, true);
  }

  /** Takes in the next event. */
  take(occurrence: Occurrence): void {
    const { newStay } = this.movements.on(occurrence);
    if (newStay || !this.stay) this.beginAfresh();
    this.takeAcct(occurrence);
    this.takeKeyWork(occurrence);
    if (occurrence.type === 'SegregationStarted') this.isSegregated = this.inCustody;
    if (occurrence.type === 'SegregationEnded') this.isSegregated = false;
  }

  private takeAcct({ type, at: since }: Occurrence): void {
    if (type === 'AcctOpened' && this.lastAcct?.state !== 'OPEN') this.lastAcct = { state: 'OPEN', since };
    if (type === 'AcctClosed' && this.lastAcct?.state !== 'POST_CLOSURE')
      this.lastAcct = { state: 'POST_CLOSURE', since };
    if (type === 'AcctPostClosureReviewHeld' && this.lastAcct?.state === 'POST_CLOSURE')
      this.lastAcct = { ...this.lastAcct, reviewed: true };
  }

  private takeKeyWork({ type, at, data }: Occurrence): void {
    switch (type) {
      case 'KeyWorkerAllocated':
        if (this.stay) this.present = String(data['staffId']);
        break;
      case 'KeyWorkerDeallocated':
        // Only the present key worker can be taken away: "allocate the new, then deallocate the old" is ordinary.
        if (this.present === data['staffId']) this.present = undefined;
        break;
      case 'KeyWorkerSessionHeld':
        if (this.stay) this.lastSeen = at;
        break;
      case 'ComplexityOfNeedChanged':
        this.complexityIsHigh = data['level'] === 'HIGH';
        break;
    }
  }

  private beginAfresh(): void {
    this.isSegregated = false;
    this.present = undefined;
    this.lastSeen = undefined;
  }
}
