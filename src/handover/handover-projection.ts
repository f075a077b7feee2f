import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { StoreUnavailable } from '../store/errors.js';
import type { EventStore, Position } from '../store/event-store.js';
import { LogFollower } from '../store/log-follower.js';
import type { HandoverBook } from './handover-book.js';
import type { Notes } from './notes.js';
import { HANDOVER_STREAMS } from './stored-handover-event.js';

const HOUR = 3_600_000;

/** From the log to the {@link HandoverBook}; once an hour, notes that are not to be read any more lose their keys. */
export class HandoverFeed implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(HandoverFeed.name);
  private readonly follower: LogFollower;
  private nextForget = -Infinity;

  constructor(
    store: EventStore,
    private readonly book: HandoverBook,
    private readonly notes: Notes,
    prefix: string,
  ) {
    this.follower = new LogFollower(store, {
      name: 'The hand-overs',
      filter: { streamPrefixes: [prefix + HANDOVER_STREAMS] },
      read: book.read,
      takeIn: (event) => {
        this.book.apply(event);
      },
    });
  }

  onModuleInit(): void {
    this.follower.follow();
  }

  async onModuleDestroy(): Promise<void> {
    await this.follower.stop();
  }

  /** Time has moved on to `now` (milliseconds since 1970-01-01T00:00:00Z). What could not be destroyed is tried again. */
  async tick(now: number): Promise<void> {
    this.follower.tick();
    if (!this.follower.hasCaughtUp || now < this.nextForget) return;
    try {
      const all = Array.from(this.book.all(), ({ handover }) => handover);
      await this.notes.forget(all, now);
      this.nextForget = now + HOUR;
    } catch (error) {
      this.logger.error(`Notes of hand-overs could not be destroyed: ${codeOf(error)}. Trying again.`);
    }
  }

  /** @throws StoreUnavailable when the log could not be read, or not before the signal */
  async readable(signal: AbortSignal): Promise<void> {
    if (await this.follower.untilCaughtUp(signal)) return;
    throw new StoreUnavailable('The hand-overs have not been read from the log yet. See /health.');
  }

  /** Read-your-writes. @throws NotCaughtUp when the signal comes first */
  async reached(position: Position, signal: AbortSignal): Promise<void> {
    await this.book.read.reached(position, signal);
  }
}

/** The message may name a file; the code says enough. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
