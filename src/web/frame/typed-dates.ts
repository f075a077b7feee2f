import { DateTime } from 'luxon';
import { ZONE } from '../../prison/local-days.js';

const FORMATS = ['d/M/yyyy', 'd M yyyy', 'yyyy-MM-dd', 'd LLLL yyyy', 'd LLL yyyy', 'd.M.yyyy', 'd-M-yyyy'];
const TIME = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/;

/** `2026-11-20`, of a day as people type it: `20/11/2026`, `20 November 2026`. Nothing where there is no such day. */
export const typedDay = (text: string): string | undefined => {
  const words = text.trim().replaceAll(/\s+/g, ' ');
  const found = FORMATS.map((format) => DateTime.fromFormat(words, format, { locale: 'en-GB', zone: 'utc' }));
  return found.find(({ isValid, year }) => isValid && year >= 1900)?.toISODate() ?? undefined;
};

/** `09:05`, of a time as people type it: `9:05`, `0905`. Nothing where there is no such time. */
export const typedTime = (text: string): string | undefined => {
  const [, hours, minutes] = TIME.exec(text.trim()) ?? [];
  return hours === undefined || minutes === undefined ? undefined : `${hours.padStart(2, '0')}:${minutes}`;
};

/** The instant of a local time of a local day (Europe/London), as ISO in UTC; of the hour that comes twice, the first. */
export const instantOf = (day: string, time: string): string =>
  DateTime.fromISO(`${day}T${time}`, { zone: ZONE }).toUTC().toISO() ?? '';

/** `20/11/2026`, as the date picker has it. */
export const asTyped = (day: string): string => DateTime.fromISO(day, { zone: 'utc' }).toFormat('d/M/yyyy');

/**
 * An instant of an address as people type it: day and time by the clock of the prison, or a day alone. What is none of
 * both is told as a day, to be found wrong where days are read.
 */
export const typedInstant = (text: string): { readonly date: string; readonly time: string } => {
  const day = typedDay(text);
  if (day !== undefined) return { date: asTyped(day), time: '' };
  const instant = DateTime.fromISO(text, { zone: ZONE });
  if (!instant.isValid) return { date: text, time: '' };
  return { date: instant.toFormat('d/M/yyyy'), time: instant.toFormat('HH:mm') };
};

/** One value of a query; an empty one where there is none, or several. */
export const typedText = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 100) : '');
