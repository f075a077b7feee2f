import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Clock, systemClock } from '../../store/clock.js';
import { NotCaughtUp, StoreUnavailable } from '../../store/errors.js';
import type { EventStore, Position, RecordedEvent } from '../../store/event-store.js';
import { LogFollower } from '../../store/log-follower.js';
import type { SnapshotStore } from '../../store/snapshot-store.js';
import { Snapshots } from '../../store/snapshots.js';
import { ALERT_STREAMS } from '../alert/alert-ids.js';
import { isInLog } from './at-least.js';
import { AlertIndex } from './alert-index.js';

/** Something that must have come as far before an alert decided on a position is to be seen: the watch. */
export interface Upstream {
  /** Resolves once every event up to this position has been decided on and the decisions are in the log. */
  reached(position: Position, signal: AbortSignal): Promise<void>;
}

/** An event of the log that this version could not take in (docs/operations.md, "When something is wrong"). */
export interface ParkedEvent {
  readonly stream: string;
  readonly position: Position;
  readonly error: Error;
}

/** From the log to the read model: one ordered subscription, from its snapshot or the start of the log. */
export class AlertProjection implements OnModuleInit, OnModuleDestroy {
  /** Resolves once the read model holds all that was in the log when it started. */
  readonly caughtUp: Promise<void>;
  /** What could not be taken in; health shows that there is something. */
  readonly parked: ParkedEvent[] = [];

  private readonly logger = new Logger(AlertProjection.name);
  private readonly follower: LogFollower;
  private readonly upstreams: Upstream[] = [];

  constructor(
    private readonly store: EventStore,
    private readonly alerts: AlertIndex,
    prefix: string,
    clock: Clock = systemClock,
    snapshots?: SnapshotStore,
  ) {
    this.follower = new LogFollower(store, {
      name: 'The lists of safety alerts',
      filter: { streamPrefixes: [prefix + ALERT_STREAMS] },
      read: alerts.read,
      takeIn: (event) => {
        this.takeIn(event);
      },
      writing: {
        snapshots: new Snapshots(snapshots, AlertIndex.PROJECTION, String(AlertIndex.VERSION)),
        clock,
        // What is parked is parked anew, and told anew, by every start.
        memory: () => (this.parked.length === 0 ? alerts.memory() : undefined),
        recall: (snapshot) => {
          alerts.recall(snapshot);
        },
      },
    });
    this.caughtUp = this.follower.caughtUp;
  }

  /** Why the read model stands still just now. */
  get failure(): Error | undefined {
    return this.follower.failure;
  }

  /** The log may hold more than the read model. */
  get isStale(): boolean {
    return this.follower.isStale;
  }

  /** From now on {@link reached} waits for this as well. */
  waitFor(upstream: Upstream): void {
    this.upstreams.push(upstream);
  }

  async onModuleInit(): Promise<void> {
    await this.follower.start();
  }

  /** Time has moved on: a log that could not be followed is followed again. */
  tick(): void {
    this.follower.tick();
  }

  async onModuleDestroy(): Promise<void> {
    await this.follower.stop();
  }

  /**
   * Resolves once the read model holds what was in the log at the start: a quiet list must never look like a broken one.
   * @throws StoreUnavailable when the log could not be read that far, or not before the signal
   */
  async readable(signal: AbortSignal): Promise<void> {
    if (await this.follower.untilCaughtUp(signal)) return;
    throw new StoreUnavailable('The safety alerts have not been read from the log yet. See /health.');
  }

  /**
   * Read-your-writes: resolves once the read model shows what was written up to this position and what was decided
   * on it. @throws NotCaughtUp when the signal comes first or the log is shorter, InvalidQuery when it is no position
   */
  async reached(position: Position, signal: AbortSignal): Promise<void> {
    if (!(await isInLog(this.store, position, 'atLeast'))) throw new NotCaughtUp(position);
    for (const upstream of this.upstreams) await upstream.reached(position, signal);
    await this.alerts.read.reached(await this.store.end(), signal);
  }

  /** What cannot be taken in is set aside, told at once, and holds up nothing else. */
  private takeIn(event: RecordedEvent): void {
    try {
      this.alerts.apply(event);
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      this.parked.push({ stream: event.stream, position: event.position, error: reason });
      this.alerts.read.rise(event.position);
      this.logger.error(`Set aside ${event.stream} at position ${event.position}: ${reason.message}`);
    }
  }
}
