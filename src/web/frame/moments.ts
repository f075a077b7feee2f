import { DateTime } from 'luxon';
import { DATE_FORM } from '../../prison/iso-8601.js';
import { ZONE } from '../../prison/local-days.js';

/** An instant, as ISO text with its offset or as milliseconds since 1970-01-01T00:00:00Z; or a local day, `2026-11-20`. */
export type Moment = string | number;

/** How many moments are kept with their words. */
const MOST_CACHED = 1_000;

/**
 * Says moments, and leaves as it is what is no moment. The same moments are asked for again and again, and formatting is
 * slow.
 */
const cached = (say: (instant: number) => string): ((moment: Moment) => string) => {
  const cache = new Map<Moment, string>();
  return (moment) => {
    const before = cache.get(moment);
    if (before !== undefined) return before;
    const instant = instantOf(moment);
    const words = Number.isNaN(instant) ? String(moment) : say(instant);
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(moment, words);
    return words;
  };
};

/** Says moments by the clock of prisons in England and Wales, wherever the server is. */
const formatterOf = (options: Intl.DateTimeFormatOptions): ((moment: Moment) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, ...options });
  return cached((instant) => format.format(instant));
};

/** A local day begins at most an hour before the same day in UTC, so either lies in the day. */
const instantOf = (moment: Moment): number => (typeof moment === 'number' ? moment : Date.parse(moment));

/** `20 November 2026`. Local (Europe/London). */
export const sayDate = formatterOf({ day: 'numeric', month: 'long', year: 'numeric' });

/** `20 Nov 2026`, for columns of tables. */
export const sayTableDate = formatterOf({ day: 'numeric', month: 'short', year: 'numeric' });

/** `20 Nov`, for axes and narrow columns. */
export const sayShortDate = formatterOf({ day: 'numeric', month: 'short' });

/** `14:05`. Local (Europe/London), 24-hour clock. */
export const sayTime = formatterOf({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `20 November 2026, 14:05`; of a local day, only the day. */
export const sayMoment = (moment: Moment): string =>
  typeof moment === 'string' && DATE_FORM.test(moment) ? sayDate(moment) : `${sayDate(moment)}, ${sayTime(moment)}`;

const sayDayOfWeek = formatterOf({ weekday: 'long' });

/** `Friday 17:00`; of what is a week ago or more, `20 November 2026, 17:00`. Local (Europe/London). */
export const sayWeekday = (moment: number, now: number): string =>
  now - moment < A_WEEK ? `${sayDayOfWeek(moment)} ${sayTime(moment)}` : sayMoment(moment);

const A_WEEK = 6 * 24 * 3_600_000;

/** `2026-11-20`: the local day (Europe/London) of an instant. */
export const localDay = (moment: Moment): string =>
  DateTime.fromMillis(instantOf(moment), { zone: ZONE }).toFormat('yyyy-MM-dd');

/** For `datetime` attributes: ISO in UTC. */
export const machineMoment = cached((instant) => new Date(instant).toISOString());
