import type { Instant } from '../prison/instant.js';
import { type LocalDays, mondayOf } from '../prison/local-days.js';

/** How the key work of a prison went in a local week, Monday to Sunday. */
export interface PrisonWeek {
  /** For each of its days as many people as were to be seen at its end: in a stay, eligible, and not away. */
  readonly daysToBeSeen: number;
  /** Sessions that were held there in it. */
  readonly held: number;
  /** How many people had been seen by nobody in their stay, which began with an arrival, when it ended. */
  readonly neverSeen: number;
}

/** Rules about prisons look at so many weeks that are over, at most. */
export const MOST_WEEKS = 4;

/** The next end of a local week after an instant. */
export const weekEndAfter = (t: Instant, days: LocalDays): Instant => days.startOf(mondayOf(days.dayOf(t)) + 7);
