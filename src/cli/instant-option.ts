import { InvalidArgumentError } from 'commander';
import { DateTime } from 'luxon';
import type { Instant } from '../prison/instant.js';

/** An instant given on the command line: ISO 8601 with offset. */
export const instantOption = (text: string): Instant => {
  const instant = DateTime.fromISO(text, { setZone: true });
  if (instant.isValid && /(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return instant.toMillis();
  throw new InvalidArgumentError('Write an instant with its offset, such as 2026-11-22T09:00:00Z.');
};
