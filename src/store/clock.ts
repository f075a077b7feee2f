/** The one source of "now". Everything else takes an instant as an argument. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/** The clock of this machine. */
export const systemClock: Clock = { now: () => Date.now() };

/** Nest's token for the {@link Clock}. */
export const CLOCK = Symbol('Clock');
