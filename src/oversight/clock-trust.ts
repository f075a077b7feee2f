import { Logger } from '@nestjs/common';
import { type Instant, MINUTE, toIso } from '../prison/instant.js';
import type { Clock } from '../store/clock.js';
import { MOST_AHEAD } from '../store/trusted-clock.js';
import type { Watch } from '../watch/watch.js';

/** How the time stands: nothing where it is right. */
type ClockTrouble = 'CLOCK_NOT_TRUSTED' | 'LOG_TIME_AHEAD';

/** Whether the time can be believed, as far as this instance can tell. The service ticks it; it says what changes. */
export class ClockTrust {
  private readonly logger = new Logger('Clock');
  private said: ClockTrouble | undefined;
  private saidAt: Instant = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly watch: Pick<Watch, 'present'>,
  ) {}

  /** Other clocks that write to the log may be ahead, but not by more than a minute. */
  get trouble(): ClockTrouble | undefined {
    const now = this.clock.now();
    if (this.clock.doubt) return 'CLOCK_NOT_TRUSTED';
    return this.watch.present - now > MOST_AHEAD ? 'LOG_TIME_AHEAD' : undefined;
  }

  /** What it rests on, for those who run the service. */
  get details(): Readonly<Record<string, string | number>> {
    const { doubt } = this.clock;
    if (doubt) return { ahead: inSeconds(doubt.ahead), since: toIso(doubt.since) };
    return this.trouble ? { logTime: toIso(this.watch.present) } : {};
  }

  /** Says what is wrong at once and every minute, and when it is over. */
  tick(now: Instant): void {
    const { trouble } = this;
    if (trouble === this.said && (trouble === undefined || now - this.saidAt < MINUTE)) return;
    this.saidAt = now;
    this.said = trouble;
    if (trouble === undefined) this.logger.log('The time is believed again.');
    else this.logger.error(SAID[trouble](this.details));
  }
}

const SAID: Readonly<Record<ClockTrouble, (details: ClockTrust['details']) => string>> = {
  CLOCK_NOT_TRUSTED: ({ ahead, since }) =>
    `The clock of this machine went ahead by ${ahead} s of its own at ${since}. Custody events are refused until it is ` +
    'set right, or until somebody says that it is right now: custody-watch clock accept. What falls due is decided by the ' +
    'time that has passed.',
  LOG_TIME_AHEAD: ({ logTime }) =>
    `The log says that it is ${logTime} already: the log was written with a wrong clock, or this one is wrong now. What ` +
    'falls due until then is not decided. Set the clock right; if it is right, run: custody-watch clock mend --it-is INSTANT',
};

const inSeconds = (milliseconds: number): number => Math.round(milliseconds / 1000);
