/** Instants and dates as they come in: ISO 8601, with the offset written out. */

const INSTANT =
  /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const DAY = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** The form of a date, `2026-11-20`; the day need not exist. */
export const DATE_FORM = /^\d{4}-\d\d-\d\d$/;

/**
 * The instant that a text names, in milliseconds since 1970-01-01T00:00:00Z; nothing where the text is not ISO 8601 with
 * an offset, names a day or time that does not exist, or lies outside the years 1900 to 2199.
 */
export const instantOf = (text: string): number | undefined =>
  INSTANT.test(text) && dayExists(text) ? Date.parse(text) : undefined;

export const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && instantOf(value) !== undefined;

/** A day of the calendar, `2026-11-20`, in the years 1900 to 2199. */
export const isDate = (value: unknown): value is string =>
  typeof value === 'string' && DAY.test(value) && dayExists(value);

/** `Date.parse` turns 30 February into 2 March; every month has 28 days, only the rest needs a look. */
function dayExists(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return day <= 28 || day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
