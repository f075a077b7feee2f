import { toldStreamPrefixes } from '../../custody/streams.js';
import type { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import type { Clock } from '../../store/clock.js';
import type { EventStore, Position, RecordedEvent } from '../../store/event-store.js';
import { Projection } from '../../store/projection.js';
import type { SnapshotStore } from '../../store/snapshot-store.js';
import { Snapshots } from '../../store/snapshots.js';
import { KeyWorkFigures } from './key-work-figures.js';

interface KeyWorkProjectionOptions {
  readonly store: EventStore;
  readonly figures: KeyWorkFigures;
  /** The alerts that are told with the figures. */
  readonly alerts: AlertProjection;
  /** With what the names of the service's streams begin. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly snapshots: SnapshotStore | undefined;
}

/** This many events are taken in before those are counted of whom something came late, as long as more are coming. */
const TOGETHER = 500;

/** From the log to the figures of key work. */
export class KeyWorkProjection extends Projection {
  private readonly figures: KeyWorkFigures;
  private readonly alerts: AlertProjection;
  private unsettled = 0;

  constructor({ store, figures, alerts, prefix, clock, snapshots }: KeyWorkProjectionOptions) {
    super({
      name: 'The figures of key work',
      store,
      streamPrefixes: toldStreamPrefixes(prefix),
      read: figures.taken,
      writing: {
        snapshots: new Snapshots(snapshots, KeyWorkFigures.PROJECTION, figures.version),
        clock,
        model: figures,
      },
    });
    this.figures = figures;
    this.alerts = alerts;
  }

  /** The log may hold more than the figures, or than the alerts that are told with them. */
  override get isStale(): boolean {
    return super.isStale || this.alerts.isStale;
  }

  /**
   * Also waits for the alerts. With a position, both hold what was written up to it.
   * @throws StoreUnavailable when the log could not be read that far, or not before the signal; NotCaughtUp when the
   *   position was not reached by then, InvalidQuery when it is none
   */
  override async readable(signal: AbortSignal, atLeast?: Position): Promise<void> {
    await this.alerts.readable(signal);
    await super.readable(signal);
    if (atLeast === undefined) return;
    await this.alerts.reached(atLeast, signal);
    await this.reached(atLeast, signal);
  }

  /** Read-your-writes: all of it is counted. @throws NotCaughtUp when the signal comes first */
  override async reached(position: Position, signal: AbortSignal): Promise<void> {
    await this.figures.read.reached(position, signal);
  }

  protected async takeIn(event: RecordedEvent): Promise<void> {
    await this.figures.apply(event);
    this.unsettled++;
    // Nobody is told anything before the log has been read once: then each history is read once.
    if (this.caughtUp && this.unsettled >= TOGETHER) await this.settle(event.position);
  }

  protected override async settle(end: Position): Promise<void> {
    await this.figures.settle(end);
    this.unsettled = 0;
  }
}
