import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../store/clock.js';
import { EVENT_STORE, type EventStore, type Position, type RecordedEvent } from '../../store/event-store.js';
import { Projection } from '../../store/projection.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { toldStreamPrefixes } from '../streams.js';
import { People } from './people.js';

/**
 * This many events are taken in before sealed ones are opened, as long as more are coming: fetching keys together is
 * cheaper.
 */
const TOGETHER = 500;

/** Keeps {@link People} up with the log. */
@Injectable()
export class PeopleProjection extends Projection {
  private unsettled = 0;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    private readonly people: People,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STREAM_PREFIX) prefix: string,
  ) {
    super({ name: 'Names and cells', store, streamPrefixes: toldStreamPrefixes(prefix), read: people.read });
  }

  /** While everything has been read, people are as of `now`. */
  override async tick(now: number): Promise<void> {
    await super.tick(now);
    if (this.isAtTheEnd) this.people.isAsOf(now);
  }

  protected async takeIn(event: RecordedEvent): Promise<void> {
    this.people.apply(event);
    this.unsettled++;
    if (this.unsettled >= TOGETHER) await this.settleUpTo(event.position);
  }

  protected override async settle(end: Position): Promise<void> {
    await this.settleUpTo(end);
    this.people.isAsOf(this.clock.now());
  }

  private async settleUpTo(position: Position): Promise<void> {
    await this.people.settle(position);
    this.unsettled = 0;
  }
}
