import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { NotCaughtUp, StoreUnavailable } from '../store/errors.js';
import type { EventFilter, EventStore, Position, RecordedEvent, Subscription } from '../store/event-store.js';
import { ALERT_STREAMS } from './alert-ids.js';
import { isInLog } from './at-least.js';
import type { OpenAlerts } from './open-alerts.js';

/** Something that must have come as far before an alert decided on a position is to be seen: the watch. */
export interface Upstream {
  /** Resolves once every event up to this position has been decided on and the decisions are in the log. */
  reached(position: Position, signal: AbortSignal): Promise<void>;
}

/** An event of the log that this version could not take in (architecture, decision 11). */
export interface ParkedEvent {
  readonly stream: string;
  readonly position: Position;
  readonly error: Error;
}

/** From the log to the read model: one ordered subscription, from the start of the log. */
export class AlertFeed implements OnModuleInit, OnModuleDestroy {
  /** Resolves once the read model holds all that was in the log when it started. */
  readonly caughtUp: Promise<void>;
  /** What could not be taken in; health shows that there is something. */
  readonly parked: ParkedEvent[] = [];
  /** Why the subscription ended by itself: the read model stands still until the service is started again. */
  failure: Error | undefined;

  private readonly logger = new Logger(AlertFeed.name);
  private readonly filter: EventFilter;
  private readonly upstreams: Upstream[] = [];
  private subscription: Subscription | undefined;
  private tellCaughtUp!: () => void;
  private tellFailed!: () => void;
  private readonly failed = new Promise<false>((resolve) => {
    this.tellFailed = () => {
      resolve(false);
    };
  });

  constructor(
    private readonly store: EventStore,
    private readonly alerts: OpenAlerts,
    prefix: string,
  ) {
    this.filter = { streamPrefixes: [prefix + ALERT_STREAMS] };
    this.caughtUp = new Promise((resolve) => (this.tellCaughtUp = resolve));
  }

  /** From now on {@link reached} waits for this as well. */
  waitFor(upstream: Upstream): void {
    this.upstreams.push(upstream);
  }

  onModuleInit(): void {
    this.subscription = this.store.subscribeToAll({ filter: this.filter }, (message) => {
      if (message.kind === 'event') this.takeIn(message.event);
      else if (message.kind === 'caught-up') this.isAtTheEnd(message.position);
    });
    this.subscription.ended.catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.tellFailed();
      this.logger.error(`The read model of safety alerts stands still: ${this.failure.message}`);
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.stop();
  }

  /**
   * Resolves once the read model holds what was in the log at the start: a quiet list must never look like a broken one.
   * @throws StoreUnavailable when the log could not be read that far, or not before the signal
   */
  async readable(signal: AbortSignal): Promise<void> {
    const tooLate = new Promise<false>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve(false);
      });
    });
    const read = await Promise.race([this.caughtUp.then(() => true), this.failed, tooLate]);
    if (!read) throw new StoreUnavailable('The safety alerts have not been read from the log yet. See /health.');
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

  private isAtTheEnd(position: Position): void {
    this.alerts.read.rise(position);
    this.tellCaughtUp();
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
