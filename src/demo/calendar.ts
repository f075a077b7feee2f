import { HOUR, type Instant, MINUTE } from '../prison/instant.js';
import { isoDate, LocalDays } from '../prison/local-days.js';
import type { Chance } from './chance.js';

/** The demonstration's days, told from the day on which it begins. Times of day are those of Europe/London. */
export class Calendar {
  private readonly days = new LocalDays();
  private readonly today: number;

  constructor(readonly began: Instant) {
    this.today = this.days.dayOf(began);
  }

  /** That many local days before the beginning (negative: after it), at a time such as `14:30`. */
  readonly ago = (days: number, time = '10:00'): Instant => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return this.days.startOf(this.today - days) + hours * HOUR + minutes * MINUTE;
  };

  startOfDay(instant: Instant): Instant {
    return this.days.startOf(this.days.dayOf(instant));
  }

  readonly minutesAgo = (minutes: number): Instant => this.began - minutes * MINUTE;

  /** Some time in the working hours of that local day. */
  workingHours(instant: Instant, chance: Chance): Instant {
    return this.startOfDay(instant) + chance.between(9 * 60, 16 * 60) * MINUTE;
  }

  /** `2026-11-20`: the local day of an instant. */
  date(instant: Instant): string {
    return isoDate(this.days.dayOf(instant));
  }
}
