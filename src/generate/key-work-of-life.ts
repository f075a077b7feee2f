import { DAY, HOUR, type Instant, NEVER } from '../prison/instant.js';
import type { Calendar } from './calendar.js';
import type { Chance } from './chance.js';
import { allocated, handover, heldWith, notHeld, session } from './habits/key-work.js';
import { happens, type Happening } from './happening.js';
import type { SpanOfTime } from './invented-life.js';
import type { InventedPrison } from './invented-prison.js';
import type { KeyWorker } from './key-workers.js';
import type { MishapName } from './mishaps.js';
import type { Practice } from './practice.js';

/** How often a year a key worker changes; in a week, where the key worker is away for months. */
const CHANGES = 0.8;
const REPLACED = 0.25;

/** Of the sessions that a key worker's absence would cost, the share that somebody else holds. */
const COVERED = 0.12;

/** How likely it is told that nobody had time. */
const TOLD = 0.6;

/** How many notes are looked at for their quality, and what is found: a third to a half were judged good (Viner). */
const ASSESSED = 0.04;
const QUALITIES = [
  { weight: 4, value: 'GOOD' },
  { weight: 4, value: 'ADEQUATE' },
  { weight: 2, value: 'POOR' },
] as const;

/** What a key worker does not come to talk about. */
const ORDINARY: readonly MishapName[] = ['mistakes', 'cellMoves', 'cancelledVisits'];

/** Who somebody's key worker is, and when the two talk. */
export class KeyWorkOfLife {
  private keyWorker: KeyWorker | undefined;
  /** Not before then; with a session at a fixed interval, the next one. */
  private next: Instant = NEVER;
  private firstMet: Instant = NEVER;
  private readonly every: number | undefined;

  constructor(
    private readonly calendar: Calendar,
    { every }: Practice,
    private readonly chance: Chance,
  ) {
    this.every = every;
  }

  /** Comes to a prison: is given a key worker, mostly within two days, and meets them within a week. */
  begin(prison: InventedPrison, at: Instant): Happening[] {
    this.next = NEVER;
    this.keyWorker = prison.shape.keyWork ? prison.keyWorkers.another(at) : undefined;
    if (!this.keyWorker) return [];
    const { chance, calendar, every } = this;
    const given = at + (every ? 2 : chance.happens(0.92) ? chance.between(3, 40) : chance.between(72, 240)) * HOUR;
    const days = every || chance.happens(0.8) ? chance.between(1, every ? 1 : 4) : chance.between(5, 12);
    this.next = calendar.workingHours(given + days * DAY, chance);
    this.firstMet = this.next;
    return [allocated(given, this.keyWorker.staffId), ...(every ? [] : this.held(this.next, prison))];
  }

  /** What becomes of a week's key work. */
  week(span: SpanOfTime, prison: InventedPrison, awayUntil: Instant): Happening[] {
    if (!this.keyWorker || this.next >= span.until) return [];
    const change = this.change(span, prison);
    return [
      ...change,
      ...(this.every === undefined ? this.slot(span, prison, awayUntil) : this.kept(span, this.every)),
    ];
  }

  /** Something has happened: a key worker who has the time comes and talks about it within days. */
  after(what: MishapName, at: Instant): Happening[] {
    const { keyWorker, chance, calendar } = this;
    if (!keyWorker || ORDINARY.includes(what) || at < keyWorker.awayUntil || !chance.happens(keyWorker.time)) return [];
    return [session(calendar.workingHours(at + chance.between(1, 6) * DAY, chance), keyWorker.staffId, 30)];
  }

  private slot(span: SpanOfTime, prison: InventedPrison, awayUntil: Instant): Happening[] {
    const { chance } = this;
    const at = this.calendar.workingHours(span.from + chance.next() * (span.until - span.from), chance);
    if (at <= Math.max(this.next, span.from, awayUntil) || at >= span.until) return [];
    return this.held(at, prison);
  }

  private held(at: Instant, prison: InventedPrison): Happening[] {
    const { keyWorker, chance } = this;
    if (!keyWorker) return [];
    const { staffId } = keyWorker;
    if (at < keyWorker.awayUntil) {
      if (chance.happens(COVERED)) return [heldWith(at, prison.keyWorkers.another(at, keyWorker).staffId, chance)];
      const missed = happens(at, 'KeyWorkerSessionMissed', { staffId, reason: 'STAFF_NOT_AVAILABLE' });
      return chance.happens(TOLD) ? [missed] : [];
    }
    if (!chance.happens(keyWorker.time)) return notHeld(at, staffId, chance);
    return [heldWith(at, staffId, chance), ...this.assessed(at, staffId)];
  }

  /** A session whenever one is due, whatever comes between. */
  private kept(span: SpanOfTime, every: number): Happening[] {
    const sessions: Happening[] = [];
    while (this.keyWorker && this.next < span.until) {
      if (this.next >= span.from) sessions.push(heldWith(this.next, this.keyWorker.staffId, this.chance));
      const days = every - Math.min(every - 1, this.chance.between(0, 2));
      this.next = this.calendar.workingHours(this.next + days * DAY, this.chance);
    }
    return sessions;
  }

  /** Another key worker takes over; the sessions of this week are still those of the former. */
  private change(span: SpanOfTime, prison: InventedPrison): Happening[] {
    const { keyWorker, chance } = this;
    const isGone = keyWorker?.longAway && span.from < keyWorker.awayUntil;
    if (!keyWorker || span.from < this.firstMet || !chance.happens(isGone ? REPLACED : CHANGES / 52)) return [];
    const at = this.calendar.workingHours(span.from, chance);
    if (at < span.from || at >= span.until) return [];
    this.keyWorker = prison.keyWorkers.another(at, keyWorker);
    return handover(at, keyWorker.staffId, this.keyWorker.staffId);
  }

  private assessed(at: Instant, staffId: string): Happening[] {
    if (!this.chance.happens(ASSESSED)) return [];
    const looked = this.calendar.workingHours(at + this.chance.between(2, 20) * DAY, this.chance);
    const noteRef = `${staffId}-${Math.floor(at / DAY)}`;
    const quality = this.chance.weighted(QUALITIES);
    return [happens(looked, 'CaseNoteQualityAssessed', { noteRef, staffId, quality })];
  }
}
