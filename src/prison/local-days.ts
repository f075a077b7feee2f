import { DateTime, IANAZone } from 'luxon';
import { DAY, type Instant, MINUTE, toIso } from './instant.js';

/** Where prisons in England and Wales are, wherever the server is. */
export const ZONE = 'Europe/London';

/** A local calendar day, counted from 1970-01-01. */
export type Day = number;

/** `2026-11-20`. */
export const isoDate = (day: Day): string => toIso(day * DAY).slice(0, 10);

/** The Monday of a day's week: 1970-01-01 was a Thursday. */
export const mondayOf = (day: Day): Day => day - ((day + 3) % 7);

/**
 * The calendar of one time zone: on which local day an instant falls, and when a local day begins.
 * Days are 23 or 25 hours long where the clocks change.
 */
export class LocalDays {
  private readonly starts = new Map<Day, Instant>();
  private readonly names = new Map<Day, string>();

  constructor(readonly zone = ZONE) {
    if (!IANAZone.isValidZone(zone)) {
      throw new RangeError(`"${zone}" is not a time zone. Use a name such as "Europe/London".`);
    }
  }

  /** The local day that an instant falls on. */
  dayOf(instant: Instant): Day {
    const guess = Math.floor(instant / DAY);
    if (instant >= this.startOf(guess + 1)) return guess + 1;
    return instant < this.startOf(guess) ? guess - 1 : guess;
  }

  /** The first instant of a local day. */
  startOf(day: Day): Instant {
    const known = this.starts.get(day);
    if (known !== undefined) return known;
    const { year, month, day: dayOfMonth } = DateTime.fromMillis(day * DAY, { zone: 'utc' });
    const start = DateTime.fromObject({ year, month, day: dayOfMonth }, { zone: this.zone }).toMillis();
    this.starts.set(day, start);
    return start;
  }

  /** When it is so many minutes after midnight on a local day by the clock there; of two such instants the first. */
  timeOn(day: Day, minutes: number): Instant {
    const start = this.startOf(day);
    if (this.startOf(day + 1) - start === DAY) return start + minutes * MINUTE;
    return this.at(start)
      .set({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
      .toMillis();
  }

  /** The local day that an ISO date (`2026-03-29`) names. */
  named(isoDate: string): Day {
    return DateTime.fromISO(isoDate, { zone: 'utc' }).toMillis() / DAY;
  }

  /** The end of the local day that an ISO date names. */
  endOf(isoDate: string): Instant {
    return this.startOf(this.named(isoDate) + 1);
  }

  /** `7 January 2026`. */
  sayDay(instant: Instant): string {
    const day = this.dayOf(instant);
    const known = this.names.get(day);
    if (known !== undefined) return known;
    const name = this.at(this.startOf(day)).toFormat('d MMMM yyyy');
    this.names.set(day, name);
    return name;
  }

  /** `7 January 2026 at 10:05`; in the hour that happens twice, `25 October 2026 at 01:30 GMT`. */
  sayInstant(instant: Instant): string {
    return `${this.sayDay(instant)} at ${this.sayTime(instant)}`;
  }

  /** On all but two days of a year the time of day is what has passed of it. */
  private sayTime(instant: Instant): string {
    const day = this.dayOf(instant);
    const start = this.startOf(day);
    if (this.startOf(day + 1) - start !== DAY) return sayOnChangedDay(this.at(instant));
    const minutes = Math.floor((instant - start) / 60_000);
    return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  }

  private at(instant: Instant): DateTime {
    return DateTime.fromMillis(instant, { zone: this.zone }).setLocale('en-GB');
  }
}

/** Two instants may have the same time on that day: then it says which of them it is. */
const sayOnChangedDay = (at: DateTime): string =>
  at.toFormat(at.getPossibleOffsets().length > 1 ? 'HH:mm ZZZZ' : 'HH:mm');

const twoDigits = (number: number): string => String(number).padStart(2, '0');
