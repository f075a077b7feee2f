import { HOUR, type Instant, MINUTE } from '../prison/instant.js';
import { type Clock, type ClockDoubt, systemClock, systemUptime, type Uptime } from './clock.js';

/** A clock that gets ahead of the time that passes by more than this, in milliseconds, is not believed. */
export const MOST_AHEAD = MINUTE;
/** What it gets ahead by, or falls behind, is forgotten at this rate: no clock that is kept right is so bad. */
const FORGOTTEN = MINUTE / HOUR;
/** Time that passed since it was looked at last, in milliseconds, that need not be looked into. */
const NO_JUMP = 100;

/**
 * The clock of this machine, as far as it can be believed. It is compared with the {@link Uptime}: where it gets ahead of
 * that by more than a minute, the time is in doubt, and goes on from what was believed last by what has passed. A clock that
 * is set back is followed: log time does not go back with it. See decision 0039.
 */
export class TrustedClock implements Clock {
  /** What the clock shows, less the uptime, as it is believed. */
  private believed: number;
  private lookedAt: number;
  private shown: Instant;
  private found: ClockDoubt | undefined;

  constructor(
    private readonly wall: Clock,
    private readonly uptime: Uptime,
  ) {
    this.shown = wall.now();
    this.lookedAt = uptime.now();
    this.believed = this.shown - this.lookedAt;
  }

  get doubt(): ClockDoubt | undefined {
    this.now();
    return this.found;
  }

  now(): Instant {
    const shown = this.wall.now();
    const passed = shown - this.shown;
    if (!this.found && passed >= 0 && passed < NO_JUMP) return shown;
    return this.look(shown);
  }

  private look(shown: Instant): Instant {
    const now = this.uptime.now();
    const passed = Math.max(0, now - this.lookedAt);
    this.shown = shown;
    this.lookedAt = now;
    const ahead = shown - now - this.believed;
    if (ahead > MOST_AHEAD) return this.doubting(ahead, now + this.believed);
    this.found = undefined;
    const most = passed * FORGOTTEN;
    this.believed += Math.min(most, Math.max(-most, ahead));
    return shown;
  }

  private doubting(ahead: number, now: Instant): Instant {
    const dismiss = () => {
      this.believed += ahead;
      this.found = undefined;
    };
    this.found = { ahead, since: this.found?.since ?? now, dismiss };
    return now;
  }
}

/** The clock of this machine, believed from now on. */
export const machineClock = (): TrustedClock => new TrustedClock(systemClock, systemUptime);
