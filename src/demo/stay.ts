import { HOUR, type Instant } from '../prison/instant.js';
import type { DemonstrationCalendar } from './calendar.js';
import { happens, type Happening } from '../generate/happening.js';

/** The demonstration prison of which most is told, and the neighbour that people come from and go to. Neither exists. */
export const PRISON = 'XYI';
export const NEIGHBOUR = 'XYO';

/** A women's prison without key work, of which only what HMPPS publishes is told, and a trainer whose case notes stopped. */
export const WOMENS_PRISON = 'XYW';
export const TRAINER = 'XYT';

/** A time in one prison. Days are counted back from the beginning; negative ones lie ahead. */
export interface StayScript {
  readonly prisonId: string;
  readonly from: number;
  readonly arrival: 'NEW_ADMISSION' | 'READMISSION' | 'RECALL' | 'TRANSFERRED';
  /** Left out: still there. */
  readonly until?: number;
  readonly leaving?: 'RELEASED' | 'TRANSFERRED';
  readonly cell: string;
  /** The key workers, one after the other; none where nobody was allocated. */
  readonly staffIds: readonly string[];
}

export const arrivesAt = ({ from }: StayScript, calendar: DemonstrationCalendar): Instant =>
  calendar.ago(from, '15:20');

/** `Infinity` where the end is not in sight. */
export const leavesAt = ({ until }: StayScript, calendar: DemonstrationCalendar): Instant =>
  until === undefined ? Infinity : calendar.ago(until, '09:10');

/** Coming, being given a cell, and going. */
export const movements = (stay: StayScript, calendar: DemonstrationCalendar): Happening[] => {
  const arrived = arrivesAt(stay, calendar);
  const cell = { location: stay.cell, segregationUnit: false };
  const coming = [
    happens(arrived, 'PrisonerReceived', { reason: stay.arrival }),
    happens(arrived + 2 * HOUR, 'CellMoved', cell),
  ];
  if (stay.until === undefined) return coming;
  return [...coming, happens(leavesAt(stay, calendar), 'PrisonerReleased', { reason: stay.leaving ?? 'RELEASED' })];
};

/** The stay in which an instant lies, if any. */
export const stayAt = (
  stays: readonly StayScript[],
  instant: Instant,
  calendar: DemonstrationCalendar,
): StayScript | undefined =>
  stays.find((stay) => arrivesAt(stay, calendar) <= instant && instant <= leavesAt(stay, calendar));
