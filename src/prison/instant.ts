/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** The instant that does not come. */
export const NEVER: Instant = Infinity;

/** Lengths of time in milliseconds. Local days may be an hour shorter or longer: `local-days.ts` counts those. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const earliest = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** ISO 8601 in UTC, to the millisecond. */
export const toIso = (instant: Instant): string => new Date(instant).toISOString();
