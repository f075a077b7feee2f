import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { asError, codeOf } from '../../prison/errors.js';
import { DAY, type Instant, toIso } from '../../prison/instant.js';
import type { EventStore } from '../event-store.js';
import type { ChainedEventStore } from './chained-event-store.js';
import { LogFollower } from '../log-follower.js';
import { logStreamIn } from '../log-stream.js';
import { transact } from '../transact.js';
import { Waterline } from '../waterline.js';
import { logDigested, readChainRecords } from './chain-records.js';
import type { ChainFinding, LogCheck } from './log-check.js';
import { type DigestMark, sayMark } from './log-digest.js';

interface KeptLog {
  /** The log itself, with its links. */
  readonly held: EventStore;
  /** The same, as everybody reads and writes it. */
  readonly store: ChainedEventStore;
  readonly prefix: string;
  /** Has come to the end of the log, as it was at the start. */
  readonly check: LogCheck;
  /** Keeps outside the log what it came to. */
  readonly remember: (mark: DigestMark) => void;
}

/** A start reads on from the last record: after so many events there is one, so that it never reads much more than these. */
export const MOST_EVENTS = 50_000;

/**
 * Keeps the running digest of the log. Once a day, UTC, and after {@link MOST_EVENTS}, it is recorded in the log and told
 * in a line; in between it is remembered outside the log, so that the next start knows how the log was left. The service
 * ticks it.
 */
export class DigestKeeper implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Chain');
  private readonly follower: LogFollower;
  private trouble: Error | undefined;
  private remembered: string | undefined;
  private recordedOn = '';
  private recordedEvents = 0;
  private told = 0;

  constructor(private readonly log: KeptLog) {
    const { held, check } = log;
    const read = new Waterline((a, b) => held.compare(a, b));
    read.rise(check.position);
    this.follower = new LogFollower(held, {
      name: 'The digests of the log',
      read,
      takeIn: (event) => {
        check.take(event);
        read.rise(event.position);
        this.tellFindings();
      },
    });
  }

  /** Why the log cannot be followed just now. */
  get failure(): Error | undefined {
    return this.trouble ?? this.follower.failure;
  }

  get caughtUp(): boolean {
    return this.follower.caughtUp;
  }

  /** At how many places the log is not as it was written: what came since the last digest, and what was read besides. */
  get damaged(): number {
    return new Set([...this.findings.map(({ position }) => position), ...this.log.store.damaged]).size;
  }

  private get findings(): readonly ChainFinding[] {
    return this.log.check.findings;
  }

  async onModuleInit(): Promise<void> {
    this.tellFindings();
    await this.follower.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.follower.stop();
    await this.attempt(() => {
      this.remember();
    });
  }

  /** Time has moved on to `now`. What cannot be written just now is tried again with the next. */
  async tick(now: Instant): Promise<void> {
    this.follower.tick();
    if (!this.follower.isAtTheEnd) return;
    await this.attempt(async () => {
      await this.recordWhatIsDue(now);
      this.remember();
    });
  }

  private async attempt(work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
      this.trouble = undefined;
    } catch (error) {
      if (!this.trouble) this.logger.error(`The digest of the log cannot be written: ${codeOf(error)}. Trying again.`);
      this.trouble = asError(error);
    }
  }

  private async recordWhatIsDue(now: Instant): Promise<void> {
    const { held, store, prefix, check } = this.log;
    const { mark } = check;
    if (this.recordedOn === dayOf(now) && mark.events - this.recordedEvents < MOST_EVENTS) return;
    const recorded = await transact<DigestMark | undefined>(store, logStreamIn(prefix), async () => {
      const { recordedAt, marks, revision } = await readChainRecords(held, prefix);
      this.recordedEvents = marks.at(-1)?.events ?? 0;
      // One for a later day was recorded by a clock that was wrong.
      const isOfToday = dayOf(recordedAt) >= dayOf(now) && recordedAt - now < DAY;
      if (isOfToday && mark.events - this.recordedEvents < MOST_EVENTS) return { done: undefined };
      return { expected: revision, events: [logDigested(mark, now)], answer: () => mark };
    });
    this.recordedOn = dayOf(now);
    this.recordedEvents = recorded?.events ?? this.recordedEvents;
    check.forgetStreams();
    if (recorded) this.logger.log(`Keep this line elsewhere. ${sayMark(recorded)}`);
  }

  private remember(): void {
    const { check, remember } = this.log;
    if (check.mark.digest === this.remembered) return;
    remember(check.mark);
    this.remembered = check.mark.digest;
  }

  private tellFindings(): void {
    for (const { kind, position, what } of this.findings.slice(this.told))
      this.logger.error(`The log is not as it was written (${kind} at position ${position}): ${what}.`);
    this.told = this.findings.length;
  }
}

/** yyyy-mm-dd, UTC. */
const dayOf = (instant: Instant): string => (Number.isFinite(instant) ? toIso(instant).slice(0, 10) : '');
