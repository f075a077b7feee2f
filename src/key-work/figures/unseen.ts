import { DeadlineIndex } from '../../kernel/deadline-index.js';
import { type Instant, NEVER } from '../../prison/instant.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import type { Bands } from './bands.js';
import type { Frequency } from './frequency.js';

type UnseenKind = 'neverSeen' | 'overdue';

interface UnseenCount {
  readonly prisonId: string;
  readonly as: UnseenKind;
}

/** Where everybody is, and how often their prisons are to see them. */
interface UnseenSources {
  readonly frequency: Pick<Frequency, 'changeAfter'>;
  whereaboutsOf(prisonNumber: string): Whereabouts | undefined;
  everyWhereabouts(): Iterable<readonly [string, Whereabouts]>;
  bandsIn(prisonId: string, at: Instant): Bands;
  weeksAt(prisonId: string, at: Instant): number | undefined;
}

/**
 * How many people whom a prison holds were never seen, and how many are overdue. Kept with every event: to walk over
 * everybody takes too long for those who ask every few seconds.
 */
export class Unseen {
  private readonly counts: Readonly<Record<UnseenKind, Map<string, number>>> = {
    neverSeen: new Map(),
    overdue: new Map(),
  };
  private readonly counted = new Map<string, UnseenCount>();
  private readonly due = new DeadlineIndex();
  private passedTo: Instant = -Infinity;

  constructor(private readonly sources: UnseenSources) {}

  /** Somebody stands so from now on. */
  note(prisonNumber: string, whereabouts: Whereabouts): void {
    this.uncount(prisonNumber);
    const { prisonId, neverSeen } = whereabouts;
    const now = Math.max(this.passedTo, 0);
    const isToBeSeen = prisonId !== undefined && this.sources.weeksAt(prisonId, now) !== undefined;
    if (isToBeSeen && neverSeen) this.count(prisonNumber, 'neverSeen');
    this.due.set(prisonNumber, isToBeSeen ? this.sources.bandsIn(prisonId, now).overdueFrom(whereabouts) : NEVER);
  }

  /** The instant that was passed last. */
  get upTo(): Instant {
    return this.passedTo;
  }

  /**
   * Time has moved on: whoever has not been seen for too long by now is overdue. Where prisons were to see people in another
   * way from some day on, all are looked at again.
   */
  pass(now: Instant): void {
    const { frequency } = this.sources;
    for (let at = frequency.changeAfter(this.passedTo); at !== undefined && at <= now; at = frequency.changeAfter(at)) {
      this.passTo(at);
      for (const [prisonNumber, whereabouts] of this.sources.everyWhereabouts()) this.note(prisonNumber, whereabouts);
    }
    this.passTo(now);
  }

  private passTo(now: Instant): void {
    this.passedTo = Math.max(now, this.passedTo);
    for (let first = this.due.first(now); first; first = this.due.first(now)) {
      this.due.set(first.key, NEVER);
      this.count(first.key, 'overdue');
    }
  }

  /** How many of a prison, up to the instant that was passed last. */
  of(prisonId: string, kind: UnseenKind): number {
    return this.counts[kind].get(prisonId) ?? 0;
  }

  private count(prisonNumber: string, as: UnseenKind): void {
    const prisonId = this.sources.whereaboutsOf(prisonNumber)?.prisonId;
    if (prisonId === undefined) return;
    this.counted.set(prisonNumber, { prisonId, as });
    this.counts[as].set(prisonId, this.of(prisonId, as) + 1);
  }

  /** Nobody is counted under this number any more. */
  forget(prisonNumber: string): void {
    this.uncount(prisonNumber);
    this.due.set(prisonNumber, NEVER);
  }

  private uncount(prisonNumber: string): void {
    const counted = this.counted.get(prisonNumber);
    if (!counted) return;
    this.counted.delete(prisonNumber);
    this.counts[counted.as].set(counted.prisonId, this.of(counted.prisonId, counted.as) - 1);
  }
}
