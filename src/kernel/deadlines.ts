import { HOUR, type Instant, NEVER } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Absence } from '../prison/stay.js';
import { dueAt, type Limit } from './limit.js';
import type { Movements } from './movements.js';

/** When a person's limits fall due, absences taken into account (docs/rules-meaning.md, "Away"). */
export class Deadlines {
  constructor(
    private readonly days: LocalDays,
    private readonly movements: Pick<Movements, 'absences'>,
  ) {}

  /** When `limit`, begun at `start`, falls due; {@link NEVER} as long as the person has to come back first. */
  due(start: Instant, limit: Limit, pauses: boolean): Instant {
    const due = dueAt(start, limit, this.days);
    if (!pauses) return due;
    return limit.kind === 'hours' ? this.inHours(start, due) : this.inDays(start, due);
  }

  /** The same for a due date or instant that an event at `start` carries: absences move it as they do a limit in days. */
  carried(due: Instant, start: Instant, pauses: boolean): Instant {
    return pauses ? this.inDays(start, due) : due;
  }

  /** From when on nothing that waits while the person is away falls due before they are back; {@link NEVER} where they are. */
  get standStillFrom(): Instant {
    const last = this.movements.absences.at(-1);
    return last && last.until === undefined ? last.from : NEVER;
  }

  /**
   * A limit that would end during an absence goes on after the return, for the time that was left at the leaving and at
   * least an hour.
   */
  private inHours(start: Instant, due: Instant): Instant {
    let soFar = due;
    for (const { from, until = NEVER } of this.absencesSince(start)) {
      if (from <= soFar && soFar < until) soFar = until + Math.max(soFar - Math.max(from, start), HOUR);
    }
    return soFar;
  }

  /**
   * After an absence of a whole local day a limit ends with the day after the return; after the first shorter one in
   * which it would have ended, with the day of the return; after later ones, at the return itself: somebody who is out
   * every day is overdue one evening.
   */
  private inDays(start: Instant, due: Instant): Instant {
    let soFar = due;
    let wasMoved = false;
    for (const absence of this.absencesSince(start)) {
      const { from, until } = absence;
      if (soFar < from) continue;
      if (until === undefined) return NEVER;
      const day = this.days.dayOf(until);
      if (this.lastsADay(from, until)) {
        soFar = Math.max(soFar, this.days.startOf(day + 2));
      } else if (soFar < until) {
        soFar = wasMoved ? until : this.days.startOf(day + 1);
        wasMoved = true;
      }
    }
    return soFar;
  }

  /** Whether a whole local day, midnight to midnight, lies in the absence. */
  private lastsADay(from: Instant, until: Instant): boolean {
    const { days } = this;
    const today = days.dayOf(from);
    const firstWhole = days.startOf(today) === from ? today : today + 1;
    return days.startOf(firstWhole + 1) <= until;
  }

  /** The absences that ended after the limit began, or have not ended, in order. */
  private absencesSince(start: Instant): readonly Absence[] {
    const { absences } = this.movements;
    let first = absences.length;
    while (first > 0 && (absences[first - 1]?.until ?? NEVER) > start) first--;
    return first === absences.length ? NONE : absences.slice(first);
  }
}

const NONE: readonly Absence[] = [];
