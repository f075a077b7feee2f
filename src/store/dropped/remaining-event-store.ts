import type { AppendResult, EventFilter, EventStore, ExpectedRevision, NewEvent } from '../event-store.js';
import type { Position, ReadOptions, RecordedEvent, Subscription, SubscriptionMessage } from '../event-store.js';
import type { DroppedEvents } from './dropped-events.js';

/** The type of what is handed over in place of an event that was dropped: nobody knows it. */
const GAP = 'Dropped';

/** Whether it stands in a stream in place of an event that was dropped. Whoever reads a stream to write to it counts it. */
export const isGap = ({ type }: Pick<RecordedEvent, 'type'>): boolean => type === GAP;

/**
 * A log as everybody reads it: what was dropped is not there. In its own stream a gap stands in its place, so that revisions
 * go on without one missing. A single event is found as it is, so that one that is sent again is known.
 */
class RemainingEventStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly dropped: DroppedEvents,
  ) {}

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    return this.store.append(stream, expected, events);
  }

  async *readStream(stream: string, options?: ReadOptions): AsyncGenerator<RecordedEvent> {
    for await (const event of this.store.readStream(stream, options))
      yield this.dropped.has(event) ? { ...event, type: GAP, data: {}, metadata: {} } : event;
  }

  readStreams(from: string, until: string): AsyncIterable<RecordedEvent> {
    return this.remaining(this.store.readStreams(from, until));
  }

  findEvent(stream: string, id: string): Promise<RecordedEvent | undefined> {
    return this.store.findEvent(stream, id);
  }

  readAll(options?: { readonly after?: Position; readonly filter?: EventFilter }): AsyncIterable<RecordedEvent> {
    return this.remaining(this.store.readAll(options));
  }

  subscribeToAll(
    options: { readonly after?: Position; readonly filter?: EventFilter },
    handle: (message: SubscriptionMessage) => Promise<void> | void,
  ): Subscription {
    return this.store.subscribeToAll(options, (message) =>
      message.kind === 'event' && this.dropped.has(message.event) ? undefined : handle(message),
    );
  }

  end(): Promise<Position> {
    return this.store.end();
  }

  compare(a: Position, b: Position): number {
    return this.store.compare(a, b);
  }

  missingBetween(a: Position, b: Position): string | undefined {
    return this.store.missingBetween(a, b);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private async *remaining(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent> {
    for await (const event of events) if (!this.dropped.has(event)) yield event;
  }
}

/** The log as it is read; one of which nothing was dropped is read as it stands. */
export const withoutDropped = (store: EventStore, dropped: DroppedEvents): EventStore =>
  dropped.all.length === 0 ? store : new RemainingEventStore(store, dropped);
