import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { UnreadableCustodyEvent } from '../../custody/stored-custody-event.js';
import { custodyStreamPrefixes } from '../../custody/streams.js';
import { isInLog } from '../../safety-alerts/at-least.js';
import { NotCaughtUp } from '../../store/errors.js';
import type { EventStore, Position, RecordedEvent, Subscription } from '../../store/event-store.js';
import type { KeyWorkFigures } from './key-work-figures.js';

/** From the log to the figures: one ordered subscription, from the start of the log. */
export class KeyWorkFeed implements OnModuleInit, OnModuleDestroy {
  /** Whether the figures have once held all that was in the log. */
  caughtUp = false;
  /** Why the subscription ended by itself: the figures stand still until the service is started again. */
  failure: Error | undefined;

  private readonly logger = new Logger(KeyWorkFeed.name);
  private subscription: Subscription | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly figures: KeyWorkFigures,
    private readonly prefix: string,
  ) {}

  onModuleInit(): void {
    const filter = { streamPrefixes: custodyStreamPrefixes(this.prefix) };
    this.subscription = this.store.subscribeToAll({ filter }, async (message) => {
      if (message.kind === 'event') await this.takeIn(message.event);
      else this.isAtTheEnd(message.position);
    });
    this.subscription.ended.catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.logger.error(`The figures of key work stand still: ${this.failure.name}`);
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.stop();
  }

  /**
   * Read-your-writes: resolves once the figures hold what was written up to this position.
   * @throws NotCaughtUp when the signal comes first or the log is shorter, InvalidQuery when it is no position
   */
  async reached(position: Position, signal: AbortSignal): Promise<void> {
    if (!(await isInLog(this.store, position, 'atLeast'))) throw new NotCaughtUp(position);
    await this.figures.read.reached(position, signal);
  }

  private isAtTheEnd(position: Position): void {
    this.figures.read.rise(position);
    this.caughtUp = true;
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
