import { HOUR, type Instant, NEVER } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import * as move from './movements.js';

const A_WEEK = 168 * HOUR;

/** From the beginning in one prison until the leaving, or the next beginning. */
export interface CourseStay {
  readonly since: Instant;
  /** The prison that holds the person. */
  readonly prisonId: string;
  readonly began: Occurrence;
  /** It began with an arrival: it has an arrival clock. */
  readonly arrival: boolean;
  /** The place of its custody among the person's custodies. */
  readonly custody: number;
  /** A roll had them in it. */
  found: boolean;
  /** The leaving that ended it. */
  left?: Occurrence;
}

/** From a leaving until the return; {@link NEVER} while there is none. */
export interface CourseAbsence {
  readonly from: Instant;
  until: Instant;
  /** The leaving, or absence, that was told last during it. */
  latest: Occurrence;
}

/** What became of a person at one of their events. */
export interface CourseStep {
  readonly event: Occurrence;
  /** The stay that is open once the event is taken in; of a leaving, the one that it ended. */
  readonly stay: CourseStay | undefined;
  readonly begins: CourseStay | undefined;
  /** Of the custodies, the one that has begun last; -1 before the first. */
  readonly custody: number;
  /** It is an arrival told again, or it names another prison than the one that holds the person: it changes nothing. */
  readonly countsNowhere: boolean;
  /** While they are away within a stay, the leaving that was told last. */
  readonly awayBy: Occurrence | undefined;
  readonly presence: Occurrence | undefined;
}

/** Where a person has been, as their events tell (docs/rules-meaning.md, "Stay", "Custody", "Away"). */
export class Course {
  readonly steps: CourseStep[] = [];
  readonly stays: CourseStay[] = [];
  readonly absences: CourseAbsence[] = [];
  /** What began a stay, or ended an absence, without being a movement. */
  readonly presences: Occurrence[] = [];
  open: CourseStay | undefined;
  /** What ended an absence of the open stay, or began it, while the movement itself is not on record (DATA-02). */
  presence: Occurrence | undefined;
  private lastLeft: Occurrence | undefined;
  private leftForGood = false;
  private heardOf = false;

  /** @param events those that stand, in the order they happened */
  constructor(events: readonly Occurrence[]) {
    for (const event of events) {
      const before = this.stays.length;
      const open = this.open;
      const counts = this.take(event);
      const begins = this.stays.length > before ? this.stays.at(-1) : undefined;
      const custody = this.stays.at(-1)?.custody ?? -1;
      const stay = begins ?? open;
      const { awayBy, presence } = this;
      this.steps.push({ event, stay, begins, custody, countsNowhere: !counts, awayBy, presence });
      this.heardOf ||= move.saysWhere(event);
    }
  }

  get awayBy(): Occurrence | undefined {
    return this.open && this.away?.latest;
  }

  private get away(): CourseAbsence | undefined {
    const last = this.absences.at(-1);
    return last?.until === NEVER ? last : undefined;
  }

  private take(event: Occurrence): boolean {
    if (move.isReceived(event)) return this.received(event);
    if (move.isReleased(event)) return this.released(event);
    if (!this.heardOf && move.saysWhere(event)) this.heardOfThrough(event);
    else if (move.isFoundOnRoll(event)) this.foundOnRoll(event);
    else if (this.showsPresence(event)) this.present(event);
    return true;
  }

  /** "Of whom only rolls tell is where the last of them has them." */
  private foundOnRoll(event: Occurrence): void {
    const { open } = this;
    if (!open) return;
    if (open.prisonId === event.prisonId) open.found = true;
    else if (open.found && !open.arrival) {
      this.presence = undefined;
      this.back(event.at);
      this.heardOfThrough(event);
    }
  }

  private heardOfThrough(event: Occurrence): void {
    this.presences.push(event);
    this.begin(event, false);
  }

  private received(event: Occurrence): boolean {
    const again = this.isToldAgain(event);
    this.presence = undefined;
    if (again) return false;
    this.back(event.at);
    // "A return reason at a prison other than the one that holds the person is an arrival told in other words."
    const elsewhere = this.open !== undefined && this.open.prisonId !== event.prisonId;
    if (move.isArrival(event) || elsewhere) this.begin(event, true);
    else if (!this.open) this.begin(event, false);
    return true;
  }

  /**
   * "An arrival at the prison that holds the person, while a stay that began with an arrival is open and not away, and at
   * most 168 hours after that stay began, is the same arrival told a second time."
   */
  private isToldAgain(event: Occurrence): boolean {
    const { open, away } = this;
    if (!move.isArrival(event) || !open?.arrival || away) return false;
    return event.prisonId === open.prisonId && event.at <= open.since + A_WEEK;
  }

  private released(event: Occurrence): boolean {
    if (!this.heardOf && !move.isLeaving(event)) this.begin(event, false);
    // "A leaving or an absence ends or suspends the open stay only if it names the prison that holds the person."
    if (this.open && this.open.prisonId !== event.prisonId) return false;
    if (this.open) this.presence = undefined;
    if (this.open || !this.heardOf) this.leave(event);
    if (!move.isLeaving(event)) return true;
    if (this.open) this.open.left = event;
    this.open = undefined;
    this.lastLeft = event;
    this.leftForGood ||= move.isForGood(event);
    return true;
  }

  /** "While away a further absence or a leaving leaves the leaving where it was: it is one absence." */
  private leave(event: Occurrence): void {
    if (this.away) this.away.latest = event;
    else this.absences.push({ from: event.at, until: NEVER, latest: event });
  }

  private back(at: Instant): void {
    if (this.away) this.away.until = at;
  }

  private showsPresence(event: Occurrence): boolean {
    const { open, away, lastLeft } = this;
    if (open) {
      if (!away || event.prisonId !== open.prisonId || event.at <= away.from + HOUR) return false;
      const inHospital = away.latest.data['reason'] === 'TAKEN_TO_HOSPITAL';
      return move.isPresence(event) && !(inHospital && event.type === 'AcctOpened');
    }
    return (
      lastLeft !== undefined && move.isTransfer(lastLeft) && event.at > lastLeft.at + HOUR && move.isPresence(event)
    );
  }

  private present(event: Occurrence): void {
    this.presences.push(event);
    this.back(event.at);
    if (!this.open) this.begin(event, true);
    this.presence = event;
  }

  private begin(event: Occurrence, arrival: boolean): void {
    const custody = (this.stays.at(-1)?.custody ?? -1) + (this.beginsCustody(event) ? 1 : 0);
    const stay = {
      since: event.at,
      prisonId: event.prisonId,
      began: event,
      arrival,
      custody,
      found: move.isFoundOnRoll(event),
    };
    this.stays.push(stay);
    this.open = stay;
    this.leftForGood = false;
  }

  /**
   * "Custody begins with the first stay; with the next stay after RELEASED, DIED or RELEASED_TO_HOSPITAL; and with an
   * arrival as NEW_ADMISSION, READMISSION or RECALL while no stay is open, unless the last stay ended with TRANSFERRED at
   * most 168 hours before it."
   */
  private beginsCustody(event: Occurrence): boolean {
    const last = this.stays.at(-1);
    if (!last) return true;
    if (this.open) return false;
    if (this.leftForGood) return true;
    const onTheWay = move.isTransfer(last.left) && event.at <= (last.left?.at ?? -Infinity) + A_WEEK;
    return move.isFromOutside(event) && !onTheWay;
  }
}
