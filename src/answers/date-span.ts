import { DateTime } from 'luxon';
import { inCapitals } from '../prison/prison-number.js';
import { ZONE } from '../prison/local-days.js';
import { InvalidQuery } from './errors.js';

/** Prison numbers are taken as people write them. */
export const upper = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? inCapitals(value) : value;

export const A_PRISON_NUMBER = { message: 'must be a prison number, such as A1234BC' };

export const A_PRISON_ID = { message: 'must be three letters, such as XYI' };

export const A_DATE = { message: 'must be a date, such as 2026-01-31' };

/** Whole days of the calendar in London, both included; open where a day is missing. */
export interface DateSpan {
  readonly from?: string;
  readonly to?: string;
}

/** When the days begin and when they are over, in milliseconds since 1970-01-01T00:00:00Z. @throws InvalidQuery */
export const spanOf = ({ from, to }: DateSpan): { readonly start: number; readonly end: number } => ({
  start: from === undefined ? -Infinity : midnight('from', from).toMillis(),
  end: to === undefined ? Infinity : midnight('to', to).plus({ days: 1 }).toMillis(),
});

const midnight = (field: string, date: string): DateTime => {
  const day = DateTime.fromISO(date, { zone: ZONE });
  if (!day.isValid) throw new InvalidQuery([{ field, value: date, ...A_DATE }]);
  return day;
};

export const dateOf = (instant: number): string => DateTime.fromMillis(instant, { zone: ZONE }).toISODate() ?? '';
export const weeksBefore = (date: string, weeks: number): string =>
  DateTime.fromISO(date, { zone: ZONE }).minus({ weeks }).toISODate() ?? '';
