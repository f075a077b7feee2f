import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Clock } from '../../store/clock.js';
import { StoreUnavailable } from '../../store/errors.js';
import type { EventStore, Position, Subscription, SubscriptionMessage } from '../../store/event-store.js';
import { custodyStreamPrefixes } from '../streams.js';
import type { People } from './people.js';

/** So many events are taken in before what came sealed is opened, while there are more: keys come cheaper together. */
const TOGETHER = 500;

/** From the log to {@link People}: one ordered subscription, from the start of the log. The one timer ticks it. */
export class PeopleFeed implements OnModuleInit, OnModuleDestroy {
  /** Whether the model holds all that is in the log, as far as is known just now. */
  caughtUp = false;
  /** Why the log cannot be followed just now. */
  failure: Error | undefined;

  private readonly logger = new Logger(PeopleFeed.name);
  private readonly filter;
  private readonly firstRead: PromiseWithResolvers<void> = Promise.withResolvers();
  private subscription: Subscription | undefined;
  private unsettled = 0;

  constructor(
    private readonly store: EventStore,
    private readonly people: People,
    private readonly clock: Clock,
    prefix: string,
  ) {
    this.filter = { streamPrefixes: custodyStreamPrefixes(prefix) };
  }

  onModuleInit(): void {
    this.follow();
  }

  async onModuleDestroy(): Promise<void> {
    await this.subscription?.stop();
  }

  /** Time has moved on to `now`. A log that could not be followed is followed again. */
  tick(now: number): void {
    if (!this.subscription) this.follow();
    else if (this.caughtUp) this.people.isAsOf(now);
  }

  /**
   * Resolves once the model has held what was in the log at the start: nobody there must never look like nobody found.
   * @throws StoreUnavailable when that was not before the signal
   */
  async readable(signal: AbortSignal): Promise<void> {
    const tooLate = new Promise<'late'>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve('late');
      });
    });
    if ((await Promise.race([this.firstRead.promise, tooLate])) === 'late')
      throw new StoreUnavailable('The people have not been read from the log yet. See /health.');
  }

  private follow(): void {
    const { filter } = this;
    const after = this.people.read.position;
    this.subscription = this.store.subscribeToAll({ after, filter }, (message) => this.hear(message));
    this.subscription.ended.catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.subscription = undefined;
      this.caughtUp = false;
      this.logger.error(`The log of people cannot be followed, and is tried again: ${this.failure.name}`);
    });
  }

  private async hear(message: SubscriptionMessage): Promise<void> {
    this.caughtUp = false;
    if (message.kind === 'event') {
      this.people.apply(message.event);
      this.unsettled++;
      if (this.unsettled >= TOGETHER) await this.settle(message.event.position);
    } else if (message.kind === 'caught-up') {
      await this.settle(message.position);
      this.people.isAsOf(this.clock.now());
      this.caughtUp = true;
      this.firstRead.resolve();
    }
    this.failure = undefined;
  }

  private async settle(position: Position): Promise<void> {
    await this.people.settle(position);
    this.unsettled = 0;
  }
}
