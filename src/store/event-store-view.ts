import type { AppendResult, EventFilter, EventStore, ExpectedRevision, NewEvent } from './event-store.js';
import type { Position, ReadOptions, RecordedEvent, Subscription, SubscriptionMessage } from './event-store.js';

/**
 * A log as others are to read it: each event is handed over as it is {@link shown}, or not at all. What is appended goes
 * into the log as it is. All else is as in the log below.
 */
export abstract class EventStoreView implements EventStore {
  constructor(protected readonly store: EventStore) {}

  /** The event as it is handed over; nothing where nobody is to see it. */
  protected abstract shown(event: RecordedEvent): RecordedEvent | undefined;

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    return this.store.append(stream, expected, events);
  }

  readStream(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.view(this.store.readStream(stream, options));
  }

  readStreams(from: string, until: string): AsyncIterable<RecordedEvent> {
    return this.view(this.store.readStreams(from, until));
  }

  async findEvent(stream: string, id: string): Promise<RecordedEvent | undefined> {
    const found = await this.store.findEvent(stream, id);
    return found && this.shown(found);
  }

  readAll(options?: { readonly after?: Position; readonly filter?: EventFilter }): AsyncIterable<RecordedEvent> {
    return this.view(this.store.readAll(options));
  }

  subscribeToAll(
    options: { readonly after?: Position; readonly filter?: EventFilter },
    handle: (message: SubscriptionMessage) => Promise<void> | void,
  ): Subscription {
    return this.store.subscribeToAll(options, (message) => {
      if (message.kind !== 'event') return handle(message);
      const event = this.shown(message.event);
      return event && handle({ kind: 'event', event });
    });
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

  private async *view(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent> {
    for await (const event of events) {
      const shown = this.shown(event);
      if (shown) yield shown;
    }
  }
}
