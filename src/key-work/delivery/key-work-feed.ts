import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { UnreadableCustodyEvent } from '../../custody/stored-custody-event.js';
import { custodyStreamPrefixes } from '../../custody/streams.js';
import type { AlertFeed } from '../../safety-alerts/alert-feed.js';
import { StoreUnavailable } from '../../store/errors.js';
import {
  START,
  type EventStore,
  type Position,
  type RecordedEvent,
  type Subscription,
} from '../../store/event-store.js';
import type { KeyWorkFigures } from './key-work-figures.js';

/** From the log to the figures: one ordered subscription, from the start of the log. The application's one timer ticks it. */
export class KeyWorkFeed implements OnModuleInit, OnModuleDestroy {
  /** Whether the figures have once held all that was in the log. */
  caughtUp = false;
  /** Why the subscription ended by itself: the figures stand still, until the next tick where it can be followed again. */
  failure: Error | undefined;

  private readonly logger = new Logger(KeyWorkFeed.name);
  private subscription: Subscription | undefined;
  private tellSettled!: () => void;
  private readonly settled = new Promise<void>((resolve) => (this.tellSettled = resolve));

  constructor(
    private readonly store: EventStore,
    private readonly figures: KeyWorkFigures,
    private readonly alerts: AlertFeed,
    private readonly prefix: string,
  ) {}

  onModuleInit(): void {
    this.follow(START);
  }

  /** A log that went away while somebody's history was read from it is followed again: that event has not been counted. */
  tick(): void {
    if (this.failure instanceof StoreUnavailable) this.follow(this.figures.read.position);
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.stop();
  }

  private follow(after: Position): void {
    this.failure = undefined;
    const filter = { streamPrefixes: custodyStreamPrefixes(this.prefix) };
    this.subscription = this.store.subscribeToAll({ after, filter }, async (message) => {
      if (message.kind === 'event') await this.takeIn(message.event);
      else if (message.kind === 'caught-up') this.isAtTheEnd(message.position);
    });
    this.subscription.ended.catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.tellSettled();
      this.logger.error(`The figures of key work stand still: ${this.failure.name}`);
    });
  }

  /**
   * Resolves once the figures and the alerts hold what was in the log at the start: figures that were not counted yet must
   * never look like zeros. With a position they hold, too, what was written up to it.
   * @throws StoreUnavailable when the log could not be read that far, or not before the signal; NotCaughtUp when the
   *   position was not reached by then, InvalidQuery when it is none
   */
  async readable(signal: AbortSignal, atLeast?: Position): Promise<void> {
    await this.alerts.readable(signal);
    await Promise.race([this.settled, aborted(signal)]);
    if (!this.caughtUp) throw new StoreUnavailable('Key work has not been read from the log yet. See /health.');
    if (atLeast === undefined) return;
    await this.alerts.reached(atLeast, signal);
    await this.figures.read.reached(atLeast, signal);
  }

  private isAtTheEnd(position: Position): void {
    this.figures.read.rise(position);
    this.caughtUp = true;
    this.tellSettled();
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

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
