import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from './occurrence.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The due instant that an event carries in a field: an instant as it is, a date at the end of that local day. */
export const carriedDue = (occurrence: Occurrence, field: string, days: LocalDays): Instant | undefined => {
  const carried = occurrence.data[field];
  if (typeof carried !== 'string') return undefined;
  return DATE.test(carried) ? days.startOf(days.named(carried) + 1) : Date.parse(carried);
};
