import { DAY, HOUR, type Instant, MINUTE, NEVER } from '../prison/instant.js';
import { type Arrival, knownOf, received } from './arrival.js';
import type { Calendar } from './calendar.js';
import type { Chance } from './chance.js';
import { courtDay, dayRelease, hospital, type TimeAway, withAbsence } from './habits/absences.js';
import { happens, type Happening } from './happening.js';
import type { InventedPrison } from './invented-prison.js';
import { KeyWorkOfLife } from './key-work-of-life.js';
import { MISHAPS, type MishapName } from './mishaps.js';
import { inventedNumber } from './names.js';
import type { Practice } from './practice.js';

/** From one instant up to, but not including, another. */
export interface SpanOfTime {
  readonly from: Instant;
  readonly until: Instant;
}

/** What happened to somebody, as far as the prison that held them then knows. */
export interface HappeningInPrison {
  readonly happening: Happening;
  readonly prisonId: string;
  readonly prisonNumber?: string;
}

interface InventedStay extends SpanOfTime {
  readonly prison: InventedPrison;
}

const YEAR = 365 * DAY;
const SHORTEST_STAY = 3 * DAY;

/** Some are in trouble more often than others: all together as often as the rates say. */
const UNSETTLED = 0.2;
const OFTEN = 3;
const SELDOM = (1 - UNSETTLED * OFTEN) / (1 - UNSETTLED);
const TROUBLES: readonly MishapName[] = ['charges', 'violence', 'segregations', 'misuse', 'basic'];
const NAMES = Object.keys(MISHAPS) as MishapName[];

/** What goes with somebody who is moved to another prison; the rest of what was planned does not happen. */
const GOES_ALONG = /^(Acct|Adjudication|LegalStatus|FamilyContact|VisitCancelled)/;

/** A share of returns is never told. */
const RETURNS_LOST = 0.01;

/** A life in prison, week by week. What lies ahead is planned, and happens only where the person still is then. */
export class InventedLife {
  private stays: readonly InventedStay[] = [];
  private planned: readonly Happening[] = [];
  private livedUntil: Instant = -Infinity;
  private awayUntil: Instant = -Infinity;
  private readonly until = new Map<MishapName, Instant>();
  private alias: { readonly prisonNumber: string; readonly until: Instant } | undefined;
  private readonly keyWork: KeyWorkOfLife;
  /** Where the person stands among all: those below a prison's share harm themselves, have complex needs. */
  private readonly frailty: number;
  private readonly complexity: number;
  private readonly trouble: number;

  constructor(
    private readonly number: number,
    private readonly calendar: Calendar,
    private readonly practice: Practice,
    private readonly chance: Chance,
  ) {
    this.frailty = chance.next();
    this.complexity = chance.next();
    this.trouble = chance.happens(UNSETTLED) ? OFTEN : SELDOM;
    this.keyWork = new KeyWorkOfLife(calendar, practice, chance);
  }

  /** When the person leaves, by what is planned. */
  get leavesAt(): Instant {
    return this.stays.at(-1)?.until ?? -Infinity;
  }

  /** Whether the person may be moved at an instant: has settled in, stays on, and is not in trouble. */
  mayMove(at: Instant): boolean {
    const { from, until } = this.stays.at(-1) ?? { from: NEVER, until: NEVER };
    const trouble = Math.max(this.awayUntil, this.until.get('segregations') ?? -Infinity);
    return from + 2 * SHORTEST_STAY < at && at + DAY < until && trouble < at;
  }

  /** Comes to a prison, and stays until released or sent on. */
  arrive(arrival: Arrival): void {
    const { prison, at, reason } = arrival;
    const isNew = this.stays.length === 0;
    const isComplex = this.complexity < prison.shape.complex;
    this.endStay(at, reason === 'TRANSFERRED' ? GOES_ALONG : undefined);
    const until =
      this.calendar.startOfDay(at + SHORTEST_STAY + this.chance.wait(YEAR / prison.leaving.often)) + 9 * HOUR;
    this.stays = [...this.stays.slice(-1), { prison, from: at, until }];
    const known = isNew ? knownOf(arrival, isComplex, this.chance) : [];
    this.plan(received(arrival, isNew || this.isAliased(at) ? this.number : undefined, this.chance), known);
    this.plan([happens(until, 'PrisonerReleased', { reason: this.chance.weighted(prison.leaving.as) })]);
    this.plan(isComplex ? [] : this.keyWork.begin(prison, at));
  }

  /** Is moved to another prison, earlier than was planned. */
  leaveFor(arrival: Arrival): void {
    const last = this.stays.at(-1);
    if (!last) return;
    const at = arrival.at - 3 * HOUR;
    const lived = Math.max(this.livedUntil, last.from);
    this.plan(this.keyWork.week({ from: lived, until: at }, last.prison, this.awayUntil));
    this.planned = this.planned.filter((one) => one.type !== 'PrisonerReleased' || one.at !== last.until);
    this.stays = [...this.stays.slice(0, -1), { ...last, until: at }];
    this.plan([happens(at, 'PrisonerReleased', { reason: 'TRANSFERRED' })]);
    this.arrive(arrival);
  }

  /** Comes back and is taken for somebody else, under a number of their own, until the two records are merged. */
  arriveAs(number: number, arrival: Arrival): void {
    const until = arrival.at + this.chance.between(5, 30) * DAY;
    const prisonNumber = inventedNumber(number);
    this.alias = { prisonNumber, until };
    this.arrive(arrival);
    this.plan([happens(until, 'PrisonerRecordsMerged', { removedPrisonNumber: prisonNumber })]);
  }

  /** What happens in a week, in no order. */
  live(week: SpanOfTime): HappeningInPrison[] {
    const stay = this.stays.at(-1);
    this.livedUntil = week.until;
    if (stay && stay.from < week.until && stay.until > week.from) {
      const span = { from: Math.max(week.from, stay.from), until: Math.min(week.until, stay.until) };
      this.plan(this.keyWork.week(span, stay.prison, this.awayUntil));
      for (const name of NAMES) this.maybe(name, span, stay.prison);
      this.goAway(span, stay);
    }
    const now = this.planned.filter(({ at }) => at < week.until);
    this.planned = this.planned.filter(({ at }) => at >= week.until);
    return now.flatMap((happening) => this.inPrison(happening));
  }

  private plan(...happenings: readonly (readonly Happening[])[]): void {
    this.planned = [...this.planned, ...happenings.flat()];
  }

  /** What of former times is still to happen: what was before they ended, and what goes along. */
  private endStay(at: Instant, goesAlong?: RegExp): void {
    const left = this.leavesAt;
    this.planned = this.planned.filter((one) => one.at <= left || (one.at > at && goesAlong?.test(one.type)));
  }

  private maybe(name: MishapName, span: SpanOfTime, prison: InventedPrison): void {
    if (!this.chance.happens(((span.until - span.from) / YEAR) * this.rateOf(name, prison))) return;
    const { calendar, chance } = this;
    const day = calendar.startOfDay(span.from + chance.next() * (span.until - span.from));
    const at = day + chance.between(8 * 60, 21 * 60) * MINUTE;
    if (at <= Math.max(span.from, this.awayUntil, this.until.get(name) ?? -Infinity) || at >= span.until) return;
    const course = MISHAPS[name]({ at, prison, inCrisis: at < (this.until.get('crises') ?? 0), calendar, chance });
    this.until.set(name, Math.max(...course.map((one) => one.at)));
    this.plan(course, this.keyWork.after(name, at));
  }

  private rateOf(name: MishapName, { rates, shape }: InventedPrison): number {
    if (name === 'crises') return this.frailty < shape.selfHarming ? rates.crises / shape.selfHarming : 0;
    return rates[name] * (TROUBLES.includes(name) ? this.trouble : 1);
  }

  /** At court, in hospital or out on licence: at most once a week. */
  private goAway(span: SpanOfTime, { prison: { rates }, from, until }: InventedStay): void {
    const { calendar, chance } = this;
    const day = span.from + chance.next() * (span.until - span.from);
    const share = (span.until - span.from) / YEAR;
    const absence = chance.happens(rates.courtDays * share)
      ? courtDay(day, calendar)
      : chance.happens(rates.hospital * share)
        ? hospital(day, this.practice.every === undefined ? chance.between(0, 3) : 0)
        : chance.happens(rates.temporaryAbsences * share)
          ? dayRelease(day, calendar)
          : undefined;
    const earliest = Math.max(from + 12 * HOUR, this.awayUntil, span.from);
    if (absence && absence.from > earliest && absence.until < until - HOUR) this.fit(absence);
  }

  private fit(absence: TimeAway): void {
    const fitted = withAbsence(this.planned, absence);
    if (fitted.length === this.planned.length) return;
    const isMet = this.planned.some(({ at }) => absence.from <= at && at <= absence.until);
    if (this.practice.every !== undefined && isMet) return;
    const isLost = this.practice.every === undefined && this.chance.happens(RETURNS_LOST);
    this.planned = isLost ? fitted.filter((one) => one !== absence.happenings.at(-1)) : fitted;
    this.awayUntil = absence.until;
  }

  private isAliased(at: Instant): boolean {
    return this.alias !== undefined && at < this.alias.until;
  }

  private inPrison(happening: Happening): HappeningInPrison[] {
    const { at } = happening;
    const stay = this.stays.findLast(({ from, until }) => from <= at && at <= until);
    if (!stay) return [];
    const prisonNumber = this.alias && at < this.alias.until ? this.alias.prisonNumber : inventedNumber(this.number);
    return [{ happening, prisonId: stay.prison.id, prisonNumber }];
  }
}
