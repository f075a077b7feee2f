import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../store/clock.js';
import { EVENT_STORE, type EventStore, type Position, type RecordedEvent } from '../../store/event-store.js';
import { Projection } from '../../store/projection.js';
import { STREAM_PREFIX } from '../../store/stream-prefix.js';
import { custodyStreamPrefixes } from '../streams.js';
import { People } from './people.js';

/** So many events are taken in before what came sealed is opened, while there are more: keys come cheaper together. */
const TOGETHER = 500;

/** From the log to {@link People}. */
@Injectable()
export class PeopleProjection extends Projection {
  private unsettled = 0;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    private readonly people: People,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STREAM_PREFIX) prefix: string,
  ) {
    super({ name: 'Names and cells', store, streamPrefixes: custodyStreamPrefixes(prefix), read: people.read });
  }

  /** While all has been read, people are as of `now`. */
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
