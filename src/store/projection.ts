import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Clock } from './clock.js';
import { StoreUnavailable } from './errors.js';
import type { EventStore, Json, Position, RecordedEvent } from './event-store.js';
import { LogFollower } from './log-follower.js';
import type { Snapshot } from './snapshot-store.js';
import type { Snapshots } from './snapshots.js';
import { type ParkedEvent, reasonToPark } from './unreadable-event.js';
import type { Waterline } from './waterline.js';

/** For how long those who answer wait for what they read to be there, in milliseconds. */
export const LONGEST_WAIT = 5_000;

export interface ProjectionOptions {
  /** In the plural, for whoever runs the service: what stands still when the log cannot be followed. */
  readonly name: string;
  readonly store: EventStore;
  /** Only streams whose name begins with one of these. */
  readonly streamPrefixes: readonly string[];
  /** How far the log has been taken in. */
  readonly read: Waterline;
  /** Where what is held is written down; without it every start reads the log from its beginning. */
  readonly writing?: ModelWriter;
}

interface ModelWriter {
  readonly snapshots: Snapshots;
  readonly clock: Clock;
  readonly model: { memory(): Iterable<Json>; recall(snapshot: Snapshot): void };
}

/**
 * From the log to something that is kept in memory of it: one ordered subscription, from its snapshot or the start of the
 * log. An event that this version cannot take in is set aside, told at once, and holds up nothing else; every start that
 * comes upon it sets it aside anew. The service ticks it.
 */
export abstract class Projection implements OnModuleInit, OnModuleDestroy {
  protected readonly logger = new Logger(this.constructor.name);
  private readonly follower: LogFollower;
  private readonly setAside = new Map<Position, ParkedEvent>();

  protected constructor(private readonly options: ProjectionOptions) {
    const { name, store, streamPrefixes, read, writing } = options;
    this.follower = new LogFollower(store, {
      name,
      filter: { streamPrefixes },
      read,
      takeIn: (event) => this.takeInOrPark(event),
      settle: (end) => this.settle(end),
      writing: writing && {
        ...writing,
        memory: () => (this.setAside.size === 0 ? writing.model.memory() : undefined),
        recall: (snapshot) => {
          writing.model.recall(snapshot);
        },
      },
    });
  }

  /** Why the log cannot be followed just now. */
  get failure(): Error | undefined {
    return this.follower.failure;
  }

  /** The log may hold more than what has been taken in, and nobody knows. */
  get isStale(): boolean {
    return this.failure !== undefined;
  }

  /** Whether all that was in the log has once been taken in. */
  get caughtUp(): boolean {
    return this.follower.caughtUp;
  }

  /** Whether all that is in the log has been taken in, as far as is known just now. */
  get isAtTheEnd(): boolean {
    return this.follower.isAtTheEnd;
  }

  /** What was set aside, by its position in the log. */
  get parked(): ReadonlyMap<Position, ParkedEvent> {
    return this.setAside;
  }

  async onModuleInit(): Promise<void> {
    await this.follower.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.follower.stop();
  }

  /** Time has moved on to `now` (milliseconds since 1970-01-01T00:00:00Z). A log that could not be followed is followed again. */
  tick(_now: number): Promise<void> {
    this.follower.tick();
    return Promise.resolve();
  }

  /**
   * Resolves once all that was in the log at the start has been taken in: nothing there must never look like nothing found.
   * @throws StoreUnavailable when the log could not be read that far, or not before the signal
   */
  async readable(signal?: AbortSignal): Promise<void> {
    if (await this.follower.untilCaughtUp(signal)) return;
    throw new StoreUnavailable(`${this.options.name} have not been read from the log yet. See /health.`);
  }

  /** Read-your-writes. @throws NotCaughtUp when the signal comes first */
  async reached(position: Position, signal: AbortSignal): Promise<void> {
    await this.options.read.reached(position, signal);
  }

  /** Takes in the next event, or leaves everything as it was and throws. */
  protected abstract takeIn(event: RecordedEvent): Promise<void> | void;

  /** The end has been reached, and there is nothing more up to this position. */
  protected settle(_end: Position): Promise<void> | void {
    // Most have nothing left to do then.
  }

  private async takeInOrPark(event: RecordedEvent): Promise<void> {
    try {
      await this.takeIn(event);
    } catch (error) {
      const reason = reasonToPark(error);
      if (reason === undefined) throw error;
      this.setAside.set(event.position, { stream: event.stream, id: event.id, reason });
      this.logger.error(`${this.options.name} have set aside the event at position ${event.position}: ${reason}.`);
      this.options.read.rise(event.position);
    }
  }
}
