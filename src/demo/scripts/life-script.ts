import type { DemonstrationCalendar } from '../calendar.js';
import type { Resident } from '../cast.js';
import { everyWeek } from '../every-week.js';
import { allocated } from '../../generate/habits/key-work.js';
import type { Happening } from '../../generate/happening.js';
import { NEIGHBOUR, PRISON, type StayScript } from '../stay.js';

/** A life told on purpose. */
export interface LifeScript {
  readonly stays: readonly StayScript[];
  readonly happenings: (calendar: DemonstrationCalendar) => Happening[];
  readonly alias?: Alias;
}

/** Another name and number, under which all was recorded from one day until another, when the records were merged. */
export interface Alias {
  readonly as: Resident;
  /** Days before the beginning: the day of an arrival. */
  readonly from: number;
  readonly until: number;
}

/** In the demonstration prison since that many days ago. */
export const here = (from: number, stay: Partial<StayScript> = {}): StayScript => ({
  prisonId: PRISON,
  from,
  arrival: 'NEW_ADMISSION',
  cell: 'B-1-009',
  staffIds: [],
  ...stay,
});

/** In the neighbouring prison first, and transferred from there. */
export const transferred = (from: number, until: number): StayScript[] => [
  here(from, { prisonId: NEIGHBOUR, until, leaving: 'TRANSFERRED' }),
  here(until, { arrival: 'TRANSFERRED' }),
];

/** Allocated on the day after arriving, and seen every week from then on, the last time `lastSeen` days ago. */
export const settled = (
  calendar: DemonstrationCalendar,
  arrived: number,
  lastSeen: number,
  staffId: string,
): Happening[] => [
  allocated(calendar.ago(arrived - 1, '09:30'), staffId),
  ...everyWeek(calendar, arrived - 2, lastSeen, staffId),
];

/** As {@link settled}, and it goes on: the last session was `lastSeen` days ago, the next comes a week after it. */
export const seenEveryWeek = (
  calendar: DemonstrationCalendar,
  arrived: number,
  lastSeen: number,
  staffId: string,
): Happening[] => settled(calendar, arrived, lastSeen - 28, staffId);
