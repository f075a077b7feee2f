import { type Instant, MINUTE } from '../prison/instant.js';
import { isoDate, LocalDays } from '../prison/local-days.js';
import type { Chance } from './chance.js';

/** Local days and working hours, in Europe/London. */
export class Calendar {
  readonly days = new LocalDays();

  startOfDay(instant: Instant): Instant {
    return this.days.startOf(this.days.dayOf(instant));
  }

  /** Some time in the working hours of that local day. */
  workingHours(instant: Instant, chance: Chance): Instant {
    return this.startOfDay(instant) + chance.between(9 * 60, 16 * 60) * MINUTE;
  }

  /** `2026-11-20`: the local day of an instant. */
  date(instant: Instant): string {
    return isoDate(this.days.dayOf(instant));
  }
}
