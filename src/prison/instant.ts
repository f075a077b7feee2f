/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** The instant that does not come. */
export const NEVER: Instant = Infinity;

export const earliest = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** ISO 8601 in UTC, to the millisecond. */
export const toIso = (instant: Instant): string => new Date(instant).toISOString();
