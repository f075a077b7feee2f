import type { Clock } from '../../store/clock.js';
import { NotCaughtUp } from '../../store/errors.js';
import type { EventStore, Position, RecordedEvent } from '../../store/event-store.js';
import { Projection } from '../../store/projection.js';
import type { SnapshotStore } from '../../store/snapshot-store.js';
import { Snapshots } from '../../store/snapshots.js';
import { ALERT_STREAMS } from '../alert/alert-ids.js';
import { isInLog } from './at-least.js';
import { AlertIndex } from './alert-index.js';

/** Something that has to reach a position before the alerts decided on it can show: the watch. */
export interface Upstream {
  /** Resolves once every event up to this position has been decided on and the decisions are in the log. */
  reached(position: Position, signal: AbortSignal): Promise<void>;
}

interface AlertProjectionOptions {
  readonly store: EventStore;
  readonly alerts: AlertIndex;
  /** How the names of the service's streams begin. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly snapshots: SnapshotStore | undefined;
}

/** Keeps the {@link AlertIndex} up with the log. */
export class AlertProjection extends Projection {
  private readonly store: EventStore;
  private readonly alerts: AlertIndex;
  private readonly prefix: string;
  private readonly upstreams: Upstream[] = [];

  constructor({ store, alerts, prefix, clock, snapshots }: AlertProjectionOptions) {
    super({
      name: 'The lists of safety alerts',
      store,
      streamPrefixes: [prefix + ALERT_STREAMS],
      read: alerts.read,
      writing: {
        snapshots: new Snapshots(snapshots, AlertIndex.PROJECTION, alerts.version),
        clock,
        model: alerts,
      },
    });
    this.store = store;
    this.alerts = alerts;
    this.prefix = prefix;
  }

  /**
   * Whether an event of one of this person's alerts was set aside. Waits until the log has been read to its end once.
   * @throws StoreUnavailable when it cannot be
   */
  async hasParked(prisonNumber: string): Promise<boolean> {
    await this.readable();
    const streams = Array.from(this.parked.values(), ({ stream }) => stream.slice(this.prefix.length));
    return streams.some((stream) => this.alerts.aboutOf(stream) === prisonNumber);
  }

  /** From now on {@link reached} also waits for this. */
  waitFor(upstream: Upstream): void {
    this.upstreams.push(upstream);
  }

  /**
   * Read-your-writes: resolves once the read model shows what was written up to this position and what was decided on
   * it.
   * @throws NotCaughtUp when the signal comes first or the log is shorter, InvalidQuery when it is not a position
   */
  override async reached(position: Position, signal: AbortSignal): Promise<void> {
    if (!(await isInLog(this.store, position, 'atLeast'))) throw new NotCaughtUp(position);
    for (const upstream of this.upstreams) await upstream.reached(position, signal);
    await super.reached(await this.store.end(), signal);
  }

  protected takeIn(event: RecordedEvent): void {
    this.alerts.apply(event);
  }
}
