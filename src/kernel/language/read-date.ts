import { DateTime } from 'luxon';
import type { Cursor } from './cursor.js';

/** A local date, ISO: `2026-01-31`. */
export const readDate = (cursor: Cursor): string => {
  const text = cursor.text();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !DateTime.fromISO(text).isValid) {
    cursor.complain(`"${text}" is no date. Write it as 2026-01-31.`);
  }
  return text;
};
