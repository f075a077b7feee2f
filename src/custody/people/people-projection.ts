import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Clock } from '../../store/clock.js';
import { StoreUnavailable } from '../../store/errors.js';
import type { EventStore, Position, RecordedEvent } from '../../store/event-store.js';
import { LogFollower } from '../../store/log-follower.js';
import { custodyStreamPrefixes } from '../streams.js';
import type { People } from './people.js';

/** So many events are taken in before what came sealed is opened, while there are more: keys come cheaper together. */
const TOGETHER = 500;

/** From the log to {@link People}: one ordered subscription, from the start of the log. The service ticks it. */
export class PeopleFeed implements OnModuleInit, OnModuleDestroy {
  private readonly follower: LogFollower;
  private unsettled = 0;

  constructor(
    store: EventStore,
    private readonly people: People,
    private readonly clock: Clock,
    prefix: string,
  ) {
    this.follower = new LogFollower(store, {
      name: 'Names and cells',
      filter: { streamPrefixes: custodyStreamPrefixes(prefix) },
      read: people.read,
      takeIn: (event) => this.takeIn(event),
      settle: async (end) => {
        await this.settle(end);
        people.isAsOf(this.clock.now());
      },
    });
  }

  /** Whether the model holds all that is in the log, as far as is known just now. */
  get caughtUp(): boolean {
    return this.follower.isAtTheEnd;
  }

  /** Whether it has once held all that was in the log. */
  get hasCaughtUp(): boolean {
    return this.follower.hasCaughtUp;
  }

  /** Why the log cannot be followed just now. */
  get failure(): Error | undefined {
    return this.follower.failure;
  }

  onModuleInit(): void {
    this.follower.follow();
  }

  async onModuleDestroy(): Promise<void> {
    await this.follower.stop();
  }

  /** Time has moved on to `now`. A log that could not be followed is followed again. */
  tick(now: number): void {
    this.follower.tick();
    if (this.caughtUp) this.people.isAsOf(now);
  }

  /**
   * Resolves once the model has held what was in the log at the start: nobody there must never look like nobody found.
   * @throws StoreUnavailable when the log could not be read that far, or not before the signal
   */
  async readable(signal: AbortSignal): Promise<void> {
    if (await this.follower.untilCaughtUp(signal)) return;
    throw new StoreUnavailable('The people have not been read from the log yet. See /health.');
  }

  private async takeIn(event: RecordedEvent): Promise<void> {
    this.people.apply(event);
    this.unsettled++;
    if (this.unsettled >= TOGETHER) await this.settle(event.position);
  }

  private async settle(position: Position): Promise<void> {
    await this.people.settle(position);
    this.unsettled = 0;
  }
}
