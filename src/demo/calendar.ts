import { Calendar } from '../generate/calendar.js';
import { HOUR, type Instant, MINUTE } from '../prison/instant.js';

/** The demonstration's days, told from the day on which it begins. Times of day are those of Europe/London. */
export class DemonstrationCalendar extends Calendar {
  private readonly today: number;

  constructor(readonly began: Instant) {
    super();
    this.today = this.days.dayOf(began);
  }

  /** That many local days before the beginning (negative: after it), at a time such as `14:30`. */
  readonly ago = (days: number, time = '10:00'): Instant => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return this.days.startOf(this.today - days) + hours * HOUR + minutes * MINUTE;
  };

  readonly minutesAgo = (minutes: number): Instant => this.began - minutes * MINUTE;
}
