import type { Clock } from '../../store/clock.js';
import type { EventStore, Position, RecordedEvent } from '../../store/event-store.js';
import { Projection } from '../../store/projection.js';
import { custodyStreamPrefixes } from '../streams.js';
import type { People } from './people.js';

/** So many events are taken in before what came sealed is opened, while there are more: keys come cheaper together. */
const TOGETHER = 500;

/** From the log to {@link People}. */
export class PeopleProjection extends Projection {
  private unsettled = 0;

  constructor(
    store: EventStore,
    private readonly people: People,
    private readonly clock: Clock,
    prefix: string,
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
