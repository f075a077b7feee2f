import { Deadlines } from '../../kernel/deadlines.js';
import type { Limit } from '../../kernel/limit.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import { type Instant, NEVER } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import type { Stay } from '../../prison/stay.js';
import { A_DAY, claimedBy, earlyIn, unclaimedAfter } from './early.js';
import { isAway, NOWHERE, type Place, placeAfter, PRESENCE } from './place.js';
import * as standings from './standing.js';
import { type Acct, type LegalStanding, NOTHING_KNOWN, type Standing, standingAfter } from './standing.js';

/** Where somebody is and how they stand, to be written down. */
export interface WhereaboutsMemory {
  readonly place: Place;
  readonly standing: Standing;
  /** Where and when something happened recently that may belong to a stay yet to begin. */
  readonly unclaimed: readonly { readonly prisonId: string; readonly at: Instant }[];
}

/**
 * The types of events that decide how somebody stands. Of all others only the first event matters: it says in which
 * prison they are.
 */
export const DECIDES: ReadonlySet<string> = new Set([
  ...PRESENCE,
  'PrisonerReceived',
  'PrisonerReleased',
  'AcctClosed',
  'AcctPostClosureReviewHeld',
  'RiskMarkerAdded',
  'RiskMarkerRemoved',
  'SegregationEnded',
  'KeyWorkerAllocated',
  'KeyWorkerDeallocated',
  'ComplexityOfNeedChanged',
  'LegalStatusChanged',
  'FoundOnRoll',
]);

const NONE: ReadonlySet<Occurrence> = new Set();

/**
 * Where somebody is and how they stand: the one fold for pages, figures, histories and access. Takes in what stands of
 * their events, in the order it happened. The kernel has a fold of its own, on purpose (decision 0006), that says the
 * same.
 */
export class Whereabouts {
  private place: Place = NOWHERE;
  private standing: Standing = NOTHING_KNOWN;
  private unclaimed: WhereaboutsMemory['unclaimed'] = [];
  private waiting: readonly Occurrence[] = [];

  /** @param early the events to come that belong to a stay which begins after them */
  constructor(private readonly early: ReadonlySet<Occurrence> = NONE) {}

  /** The whereabouts of somebody of whom all this is known. @param events what stands, in the order it happened */
  static after(events: readonly Occurrence[]): Whereabouts {
    const whereabouts = new Whereabouts(earlyIn(events));
    for (const event of events) whereabouts.take(event);
    return whereabouts;
  }

  /** The whereabouts that were written down. */
  static recall({ place, standing, unclaimed }: WhereaboutsMemory): Whereabouts {
    const whereabouts = new Whereabouts();
    whereabouts.place = place;
    whereabouts.standing = standing;
    whereabouts.unclaimed = unclaimed;
    return whereabouts;
  }

  get memory(): WhereaboutsMemory {
    return { place: this.place, standing: this.standing, unclaimed: this.unclaimed };
  }

  /** The prison that holds the person: what is heard of them from elsewhere moves nobody. Nothing before they were heard of. */
  get holder(): Place['holder'] {
    return this.place.holder;
  }

  get prisonId(): string | undefined {
    return this.place.holder?.prisonId;
  }

  get stay(): Stay | undefined {
    return this.place.stay;
  }

  get inCustody(): boolean {
    return this.stay !== undefined;
  }

  /** At court, on temporary absence, in hospital, or between two stays. */
  get away(): boolean {
    return isAway(this.place);
  }

  /** Whether this stay is known from its first day on. */
  get arrived(): boolean {
    return this.stay?.arrival === true;
  }

  /** Whether a roll had them in this stay. */
  get foundOnRoll(): boolean {
    return this.stay !== undefined && this.place.found === true;
  }

  /** Staff id of the present key worker: the one whom the prison that holds the person allocated last. */
  get keyWorker(): string | undefined {
    return this.stay && this.standing.keyWorkers[this.stay.prisonId];
  }

  /** The last key worker session of this stay, with whomever it was. */
  get lastSession(): Instant | undefined {
    return this.standing.lastSession;
  }

  get segregated(): boolean {
    return this.segregatedSince !== undefined;
  }

  get segregatedSince(): Instant | undefined {
    return this.standing.segregation?.since;
  }

  /** The last arrival of somebody whom another prison held, while no departure from there has been told. */
  get takeover(): Place['takeover'] {
    return this.place.takeover;
  }

  /** When the custody began that they are in or were in last: it goes on through transfers. */
  get custodySince(): Instant | undefined {
    return this.place.custody?.since;
  }

  /** Between two stays and after the last one: the leaving that was told last. */
  get left(): Place['lastLeaving'] {
    return this.stay ? undefined : this.place.lastLeaving;
  }

  /** When the last stay ended. */
  get lastLeftAt(): Instant | undefined {
    return this.place.lastLeft?.at;
  }

  /** Open; or closed, and neither opened again nor reviewed since. */
  get acct(): Acct | undefined {
    const { openAcct, closedAcct } = this.standing;
    if (openAcct) return { state: 'OPEN', since: openAcct.since };
    return closedAcct && !closedAcct.reviewed ? { state: 'POST_CLOSURE', since: closedAcct.since } : undefined;
  }

  /** In a stay: by what right, as last told in this custody. */
  get legal(): LegalStanding | undefined {
    return this.stay && this.standing.legal;
  }

  /** In a stay, and complexity of need not HIGH: key work is due. */
  get eligible(): boolean {
    return this.inCustody && !this.standing.complexityIsHigh;
  }

  /** Eligible, known to have arrived in this stay, and no session since. */
  get neverSeen(): boolean {
    return this.eligible && this.lastSession === undefined && this.arrived;
  }

  /** When a limit counted from the last session falls due, absences taken into account; never for people without one. */
  dueAfterSession(limit: Limit, days: LocalDays): Instant {
    if (!this.eligible || this.lastSession === undefined) return NEVER;
    return new Deadlines(days, { absences: [...this.place.absences] }).due(this.lastSession, limit, true);
  }

  /**
   * Whether the next event begins a stay to which something belongs that happened before it: then everything has to be
   * taken in anew, by {@link Whereabouts.after}.
   */
  claims(next: Occurrence): boolean {
    if (this.unclaimed.length === 0) return false;
    const { stay } = placeAfter(this.place, next);
    return stay !== undefined && stay !== this.stay && claimedBy(this.unclaimed, next).claimed.length > 0;
  }

  /** Takes in the next event. It must not {@link claims} anything that was not known to be early. */
  take(event: Occurrence): void {
    const before = this.place;
    this.place = placeAfter(before, event);
    if (this.place.stay !== before.stay) this.changeStay(before, event);
    if (this.early.has(event)) this.waiting = [...this.waiting, event];
    else this.stand(event);
    this.unclaimed = unclaimedAfter(this.unclaimed, event, this.place, ({ prisonId, at }) => ({ prisonId, at }));
  }

  private changeStay({ stay: ended, custody }: Place, event: Occurrence): void {
    const { stay } = this.place;
    if (ended && ended.prisonId !== stay?.prisonId)
      this.standing = standings.withoutKeyWorkerOf(this.standing, ended.prisonId);
    this.standing = standings.inNewStay(this.standing);
    if (!stay) return;
    if (this.place.custody !== custody) this.standing = standings.inNewCustody(this.standing);
    this.forgetAbsencesBefore(event.at - A_DAY);
    this.unclaimed = claimedBy(this.unclaimed, event).left;
    const early = this.waiting.filter(({ prisonId }) => prisonId === stay.prisonId);
    this.waiting = this.waiting.filter((one) => !early.includes(one));
    for (const one of early) this.stand(one);
  }

  private stand(event: Occurrence): void {
    this.standing = standingAfter(this.standing, event, this.stay?.prisonId);
    if (event.type === 'KeyWorkerSessionHeld' && this.stay) this.forgetAbsencesBefore(event.at);
  }

  /** Limits count from the last session: an absence that was over before it moves none. */
  private forgetAbsencesBefore(instant: Instant): void {
    const absences = this.place.absences.filter(({ until }) => until === undefined || until > instant);
    if (absences.length < this.place.absences.length) this.place = { ...this.place, absences };
  }
}
