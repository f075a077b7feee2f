import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { UnreadableCustodyEvent } from '../../custody/stored-custody-event.js';
import { custodyStreamPrefixes } from '../../custody/streams.js';
import type { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { type Clock, systemClock } from '../../store/clock.js';
import { StoreUnavailable } from '../../store/errors.js';
import type { EventStore, Position, RecordedEvent } from '../../store/event-store.js';
import { LogFollower } from '../../store/log-follower.js';
import type { SnapshotStore } from '../../store/snapshot-store.js';
import { Snapshots } from '../../store/snapshots.js';
import { KeyWorkFigures } from './key-work-figures.js';

/** From the log to the figures: one ordered subscription, from their snapshot or the start of the log. */
export class KeyWorkFeed implements OnModuleInit, OnModuleDestroy {
  private readonly follower: LogFollower;

  constructor(
    store: EventStore,
    private readonly figures: KeyWorkFigures,
    private readonly alerts: AlertProjection,
    prefix: string,
    clock: Clock = systemClock,
    snapshots?: SnapshotStore,
  ) {
    this.follower = new LogFollower(store, {
      name: 'The figures of key work',
      filter: { streamPrefixes: custodyStreamPrefixes(prefix) },
      read: figures.read,
      takeIn: (event) => this.takeIn(event),
      writing: {
        snapshots: new Snapshots(snapshots, KeyWorkFigures.PROJECTION, figures.version),
        clock,
        memory: () => figures.memory(),
        recall: (snapshot) => {
          figures.recall(snapshot);
        },
      },
    });
  }

  /** Whether the figures have once held all that was in the log. */
  get caughtUp(): boolean {
    return this.follower.hasCaughtUp;
  }

  /** Why the figures stand still just now. */
  get failure(): Error | undefined {
    return this.follower.failure;
  }

  /** The log may hold more than the figures, or than the alerts that are told with them. */
  get isStale(): boolean {
    return this.follower.isStale || this.alerts.isStale;
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
   * Resolves once the figures and the alerts hold what was in the log at the start: figures that were not counted yet must
   * never look like zeros. With a position they hold, too, what was written up to it.
   * @throws StoreUnavailable when the log could not be read that far, or not before the signal; NotCaughtUp when the
   *   position was not reached by then, InvalidQuery when it is none
   */
  async readable(signal: AbortSignal, atLeast?: Position): Promise<void> {
    await this.alerts.readable(signal);
    if (!(await this.follower.untilCaughtUp(signal)))
      throw new StoreUnavailable('Key work has not been read from the log yet. See /health.');
    if (atLeast === undefined) return;
    await this.alerts.reached(atLeast, signal);
    await this.figures.read.reached(atLeast, signal);
  }

  /** What cannot be read is told by the watch, which parks it; here it counts for nothing. */
  private async takeIn(event: RecordedEvent): Promise<void> {
    try {
      await this.figures.apply(event);
    } catch (error) {
      if (!(error instanceof UnreadableCustodyEvent)) throw error;
      this.figures.read.rise(event.position);
    }
  }
}
