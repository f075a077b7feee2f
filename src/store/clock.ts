import { uptime } from 'node:os';

/** The one source of "now". Everything else takes an instant as an argument. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Why what this machine says of the time is not believed just now; nothing while it is. */
  readonly doubt?: ClockDoubt | undefined;
}

/** The time went ahead by more than passed. Meanwhile {@link Clock.now} goes on from what was believed last. */
export interface ClockDoubt {
  /** By so much, in milliseconds. */
  readonly ahead: number;
  /** Since then, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly since: number;
  /** Somebody says that what the machine shows is right: from now on it is believed. */
  readonly dismiss: () => void;
}

/** A clock that nobody sets: it says how much time passes, that during which the machine sleeps included. */
export interface Uptime {
  /** Milliseconds since the machine was started. */
  now(): number;
}

/** The clock of this machine. */
export const systemClock: Clock = { now: () => Date.now() };

/** Since this machine was started. */
export const systemUptime: Uptime = { now: () => uptime() * 1000 };

/** Nest's token for the {@link Clock}. */
export const CLOCK = Symbol('Clock');

/** The time is in doubt: nothing is taken in, since when it became known could never be corrected. */
export class ClockNotTrusted extends Error {
  readonly code = 'CLOCK_NOT_TRUSTED';
  constructor({ ahead }: Pick<ClockDoubt, 'ahead'>) {
    super(
      `The clock of this machine went ahead by ${Math.round(ahead / 1000)} s of its own, so nothing is stored until it is ` +
        'set right, or somebody says that it is right now (custody-watch clock accept). Send the same again.',
    );
  }
}

/** Now, for the log to keep as the instant at which something became known. @throws ClockNotTrusted */
export const instantToKeep = (clock: Clock): number => {
  const now = clock.now();
  if (clock.doubt) throw new ClockNotTrusted(clock.doubt);
  return now;
};
