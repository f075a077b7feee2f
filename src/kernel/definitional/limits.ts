import { HOUR, type Instant, NEVER } from '../../prison/instant.js';
import type { LocalDays } from '../../prison/local-days.js';
import { dueAt, type Limit } from '../limit.js';
import type { CourseAbsence } from './course.js';

/** By what limits are moved. */
export interface LimitCalendar {
  readonly days: LocalDays;
  readonly absences: readonly Pick<CourseAbsence, 'from' | 'until'>[];
  /** Limits wait for people who are away. */
  readonly pauses: boolean;
}

/** When a limit that began at `start` falls due (docs/rules-meaning.md, "Limits", "Away"). */
export const dueOf = (start: Instant, limit: Limit, calendar: LimitCalendar): Instant => {
  const due = dueAt(start, limit, calendar.days);
  return limit.kind === 'hours' ? movedHours(due, start, calendar) : movedDays(due, start, calendar);
};

/** "Each absence of the person (also between two stays) that ended after the limit began is looked at in order." */
const absencesSince = (start: Instant, { absences, pauses }: LimitCalendar): LimitCalendar['absences'] =>
  pauses ? absences.filter(({ until }) => until > start) : [];

/** "Falls due at R + what was left of it at L (all of it, if it began later), but at least one hour." */
const movedHours = (due: Instant, start: Instant, calendar: LimitCalendar): Instant =>
  absencesSince(start, calendar).reduce((sofar, { from, until }) => {
    if (sofar < from || sofar >= until) return sofar;
    return until + Math.max(sofar - Math.max(from, start), HOUR);
  }, due);

/** The same for a due date or instant that an event of the instant `start` carries. */
export const movedDays = (due: Instant, start: Instant, calendar: LimitCalendar): Instant => {
  const { days } = calendar;
  let sofar = due;
  let moved = false;
  for (const { from, until } of absencesSince(start, calendar)) {
    if (sofar < from) continue;
    if (until === NEVER) return NEVER;
    if (isLong(from, until, days)) {
      sofar = Math.max(sofar, days.startOf(days.dayOf(until) + 2));
    } else if (sofar < until) {
      sofar = moved ? until : days.startOf(days.dayOf(until) + 1);
      moved = true;
    }
  }
  return sofar;
};

/** "An absence of a whole local day or more (some 00:00 to the next 00:00 lies in [L, R])." */
const isLong = (from: Instant, until: Instant, days: LocalDays): boolean => {
  const day = days.dayOf(from);
  const first = days.startOf(day) === from ? day : day + 1;
  return days.startOf(first + 1) <= until;
};
