import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { dueAt, type Limit } from './limit.js';
import type { Absence, Movements } from './movements.js';

/**
 * When a person's limits fall due, absences taken into account (rules, "Away"): a limit in days that falls due between
 * the leaving and the end of the day after the return falls due at that end; one in hours that falls due while the
 * person is away falls due that many hours after the return. While away nothing falls due.
 */
export class Deadlines {
  constructor(
    private readonly days: LocalDays,
    private readonly movements: Movements,
  ) {}

  /** When `limit`, begun at `start`, falls due; {@link NEVER} as long as the person has to come back first. */
  due(start: Instant, limit: Limit, pauses: boolean): Instant {
    const due = dueAt(start, limit, this.days);
    return pauses ? this.paused(due, limit) : due;
  }

  /** The same for a due date or instant that an event carries: it pauses as a limit in days does. */
  carried(due: Instant, _start: Instant, pauses: boolean): Instant {
    return pauses ? this.paused(due) : due;
  }

  private paused(due: Instant, limit?: Limit): Instant {
    return this.movements.absences.reduce((soFar, absence) => pausedBy(absence, soFar, limit, this.days), due);
  }
}

/** One absence's effect on one due instant. */
const pausedBy = (absence: Absence, due: Instant, limit: Limit | undefined, days: LocalDays): Instant => {
  if (due < absence.from) return due;
  if (absence.until === undefined) return NEVER;
  if (limit?.kind === 'hours') return due < absence.until ? absence.until + limit.milliseconds : due;
  const endOfDayAfterReturn = days.startOf(days.dayOf(absence.until) + 2);
  return due < endOfDayAfterReturn ? endOfDayAfterReturn : due;
};
