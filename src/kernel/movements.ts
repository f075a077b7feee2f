import { HOUR, type Instant } from '../prison/instant.js';
import type { Absence, Holder } from '../prison/stay.js';
import { FEED_REPORT } from './feed.js';
import type { Occurrence } from './occurrence.js';
import {
  awayBy,
  toWriteDown,
  type Away,
  type Custody,
  type MovementsMemory,
  type PlaceInCustody,
  type StayOnRecord,
} from './place-in-custody.js';

const ARRIVALS = new Set<unknown>(['NEW_ADMISSION', 'READMISSION', 'RECALL', 'TRANSFERRED']);
/** Arrivals from outside: they begin a custody, unless somebody is only in transit. */
const FROM_OUTSIDE = new Set<unknown>(['NEW_ADMISSION', 'READMISSION', 'RECALL']);
const LEAVINGS = new Set<unknown>(['RELEASED', 'TRANSFERRED', 'DIED', 'RELEASED_TO_HOSPITAL']);
const SAYS_NOTHING_OF_WHERE = new Set([
  'PersonDetailsChanged',
  'KeyWorkerAllocated',
  'KeyWorkerDeallocated',
  'KeyWorkerAvailabilityChanged',
  FEED_REPORT,
  'PrisonerRecordsMerged',
  'EventWithdrawn',
]);
/** Nobody can do these but where they are held. */
export const PRESENCE = new Set([
  'CellMoved',
  'SegregationStarted',
  'SegregationHealthScreenCompleted',
  'KeyWorkerSessionHeld',
  'AcctAssessmentCompleted',
  'AcctOpened',
]);
/** How long after an arrival it may be told again, and how long somebody may be in transit. */
const A_WEEK = 168 * HOUR;

/** What an event changed of where a person is. */
export interface MovementChange {
  /** Something changed, or a movement was told. */
  readonly moved: boolean;
  /** The prison in which a stay ended: by a leaving, or by an arrival at another. */
  readonly stayEnded?: string;
  readonly newStay?: true;
  readonly newCustody?: true;
  /** It changes nothing and counts nowhere. */
  readonly ignored?: true;
}

const STOOD: MovementChange = { moved: false };
const MOVED: MovementChange = { moved: true };
/** A movement is on record; that is all. */
const TOLD_AGAIN: MovementChange = { moved: true, ignored: true };
/** A leaving or an absence told by a prison that does not hold the person. */
const FROM_ELSEWHERE: MovementChange = { moved: false, ignored: true };

/**
 * Where a person is (docs/rules-meaning.md, "Stay", "Custody", "Away"): the stay, the custody, and the absences that
 * move limits. Takes in what stands of their events, in order.
 */
export class Movements {
  readonly absences: Absence[] = [];
  private state: PlaceInCustody = { released: false, heardOf: false };
  /** What happened before the stay, or the custody, that it belongs to. */
  private early: { stay: readonly Occurrence[]; custody: readonly Occurrence[] } = { stay: [], custody: [] };

  get stay(): StayOnRecord | undefined {
    return this.state.stay;
  }

  get custody(): Custody | undefined {
    return this.state.custody;
  }

  get away(): Away | undefined {
    return this.state.away;
  }

  get holder(): Holder | undefined {
    return this.state.holder;
  }

  get presence(): Occurrence | undefined {
    return this.state.presence;
  }

  /** The leaving after which {@link presence} showed that the person was back. */
  get leftBefore(): Away | undefined {
    return this.state.leftBefore;
  }

  /** The leaving that ended the last stay. */
  get lastLeft(): Occurrence | undefined {
    return this.state.lastLeft;
  }

  /** At court, on temporary absence, in hospital, or between two stays. */
  get isAway(): boolean {
    const last = this.absences.at(-1);
    return last !== undefined && last.until === undefined;
  }

  get memory(): MovementsMemory {
    return { ...toWriteDown(this.state), absences: this.absences };
  }

  /** Takes up what was written down. */
  recall({ absences, ...state }: MovementsMemory): void {
    this.absences.push(...absences);
    this.state = { ...state };
  }

  /** These events happened before the stay, and belong to it and to the custody that it began. */
  claim(early: readonly Occurrence[]): void {
    this.early.stay = early;
    if (this.custody?.since === this.stay?.since) this.early.custody = early;
  }

  /** Whether an event counts as one of the stay, or the custody, that the person is in. */
  covers(occurrence: Occurrence, within: 'stay' | 'custody'): boolean {
    const since = this.state[within]?.since ?? Infinity;
    return occurrence.at >= since || (since !== Infinity && this.early[within].includes(occurrence));
  }

  /** Whether the next event may begin a stay. */
  mayBegin(occurrence: Occurrence): boolean {
    const { stay, lastLeaving, heardOf } = this.state;
    const { type } = occurrence;
    if (type === 'PrisonerReceived' || !heardOf || this.isFoundElsewhere(occurrence)) return true;
    return !stay && lastLeaving?.reason === 'TRANSFERRED' && PRESENCE.has(type);
  }

  /** Takes in the next event. */
  on(occurrence: Occurrence): MovementChange {
    if (SAYS_NOTHING_OF_WHERE.has(occurrence.type)) return STOOD;
    const first = !this.state.heardOf;
    this.state.heardOf = true;
    if (occurrence.type === 'PrisonerReceived') return this.received(occurrence);
    if (occurrence.type === 'PrisonerReleased') return first ? this.firstReleased(occurrence) : this.left(occurrence);
    if (first || this.isFoundElsewhere(occurrence)) {
      this.comeBack(occurrence.at);
      return this.begin(occurrence, false);
    }
    if (occurrence.type === 'FoundOnRoll' && this.stay?.prisonId === occurrence.prisonId) this.state.found = true;
    return PRESENCE.has(occurrence.type) ? this.present(occurrence) : STOOD;
  }

  /** Of whom only rolls tell is where the last of them has them. */
  private isFoundElsewhere({ type, prisonId }: Occurrence): boolean {
    const { stay, found } = this.state;
    if (type !== 'FoundOnRoll' || !stay || stay.arrival || !found) return false;
    return stay.prisonId !== prisonId;
  }

  private received(occurrence: Occurrence): MovementChange {
    const { stay } = this;
    this.state.presence = undefined;
    if (this.isToldAgain(occurrence)) return TOLD_AGAIN;
    this.comeBack(occurrence.at);
    const arrival = ARRIVALS.has(occurrence.data['reason']);
    if (stay?.prisonId === occurrence.prisonId && !arrival) return MOVED;
    return this.begin(occurrence, arrival || stay !== undefined);
  }

  /** The same arrival in another message. */
  private isToldAgain({ prisonId, at, data }: Occurrence): boolean {
    const { stay } = this;
    if (!stay?.arrival || this.isAway || stay.prisonId !== prisonId) return false;
    return ARRIVALS.has(data['reason']) && at - stay.since <= A_WEEK;
  }

  /** The first that is heard of the person is that they left, for a while or for good. */
  private firstReleased(occurrence: Occurrence): MovementChange {
    if (!LEAVINGS.has(occurrence.data['reason'])) {
      const move = this.begin(occurrence, false);
      this.goAway(occurrence);
      return move;
    }
    this.hold(occurrence);
    this.absences.push({ from: occurrence.at });
    this.noteLeaving(occurrence);
    return MOVED;
  }

  private left(occurrence: Occurrence): MovementChange {
    const { stay } = this;
    const leaves = LEAVINGS.has(occurrence.data['reason']);
    if (!stay) {
      if (leaves) this.noteLeaving(occurrence);
      return MOVED;
    }
    if (stay.prisonId !== occurrence.prisonId) return FROM_ELSEWHERE;
    this.state.presence = undefined;
    this.goAway(occurrence);
    if (!leaves) return MOVED;
    this.noteLeaving(occurrence);
    Object.assign(this.state, { stay: undefined, away: undefined, lastLeft: occurrence });
    return { moved: true, stayEnded: stay.prisonId };
  }

  private noteLeaving(leaving: Occurrence): void {
    this.state.lastLeaving = awayBy(leaving);
    if (leaving.data['reason'] !== 'TRANSFERRED') this.state.released = true;
  }

  private present(occurrence: Occurrence): MovementChange {
    const { stay, away } = this;
    if (stay) {
      const left = this.isAway && stay.prisonId === occurrence.prisonId ? this.absences.at(-1) : undefined;
      const elsewhere = occurrence.type === 'AcctOpened' && away?.reason === 'TAKEN_TO_HOSPITAL';
      if (!left || elsewhere || occurrence.at - left.from <= HOUR) return STOOD;
      this.comeBack(occurrence.at);
      Object.assign(this.state, { presence: occurrence, leftBefore: away });
      return MOVED;
    }
    const { lastLeaving } = this.state;
    if (lastLeaving?.reason !== 'TRANSFERRED' || occurrence.at - lastLeaving.since <= HOUR) return STOOD;
    this.comeBack(occurrence.at);
    const move = this.begin(occurrence, true);
    Object.assign(this.state, { presence: occurrence, leftBefore: lastLeaving });
    return move;
  }

  /** A further absence while away does not begin another: it is one absence, of the latest kind. */
  private goAway(leaving: Occurrence): void {
    if (!this.isAway) this.absences.push({ from: leaving.at });
    this.state.away = awayBy(leaving);
  }

  private comeBack(until: Instant): void {
    const last = this.absences.at(-1);
    if (last && last.until === undefined) this.absences.splice(-1, 1, { from: last.from, until });
    this.state.away = undefined;
  }

  private begin(occurrence: Occurrence, arrival: boolean): MovementChange {
    const { stay } = this;
    const { prisonId, at: since } = occurrence;
    const newCustody = this.beginsCustody(occurrence);
    this.hold(occurrence);
    this.early = { stay: [], custody: newCustody ? [] : this.early.custody };
    Object.assign(this.state, { stay: { since, prisonId, began: occurrence, arrival }, presence: undefined });
    const found = occurrence.type === 'FoundOnRoll' || undefined;
    Object.assign(this.state, { released: false, found, ...(newCustody && { custody: { since } }) });
    return {
      moved: true,
      newStay: true,
      ...(newCustody && { newCustody: true }),
      ...(stay && stay.prisonId !== prisonId && { stayEnded: stay.prisonId }),
    };
  }

  private beginsCustody({ type, at, data }: Occurrence): boolean {
    const { stay, custody, lastLeft, released } = this.state;
    if (!custody) return true;
    if (stay) return false;
    if (released) return true;
    const inTransit = lastLeft?.data['reason'] === 'TRANSFERRED' && at - lastLeft.at <= A_WEEK;
    return type === 'PrisonerReceived' && FROM_OUTSIDE.has(data['reason']) && !inTransit;
  }

  private hold({ prisonId, at }: Occurrence): void {
    if (this.holder?.prisonId !== prisonId) this.state.holder = { prisonId, since: at };
  }
}
