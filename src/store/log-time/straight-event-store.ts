import type { AppendResult, EventFilter, EventStore, ExpectedRevision, NewEvent } from '../event-store.js';
import type { Position, ReadOptions, RecordedEvent, Subscription, SubscriptionMessage } from '../event-store.js';
import type { LogTimeSettings } from './log-time-settings.js';

/** A log as it is read by everybody who goes by instants: those that a wrong clock wrote are set straight. */
export class StraightEventStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly settings: LogTimeSettings,
  ) {}

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    return this.store.append(stream, expected, events);
  }

  readStream(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.straight(this.store.readStream(stream, options));
  }

  readStreams(from: string, until: string): AsyncIterable<RecordedEvent> {
    return this.straight(this.store.readStreams(from, until));
  }

  async findEvent(stream: string, id: string): Promise<RecordedEvent | undefined> {
    const found = await this.store.findEvent(stream, id);
    return found && this.settings.straight(found);
  }

  readAll(options?: { readonly after?: Position; readonly filter?: EventFilter }): AsyncIterable<RecordedEvent> {
    return this.straight(this.store.readAll(options));
  }

  subscribeToAll(
    options: { readonly after?: Position; readonly filter?: EventFilter },
    handle: (message: SubscriptionMessage) => Promise<void> | void,
  ): Subscription {
    const { settings } = this;
    return this.store.subscribeToAll(options, (message) =>
      handle(message.kind === 'event' ? { kind: 'event', event: settings.straight(message.event) } : message),
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

  private async *straight(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent> {
    for await (const event of events) yield this.settings.straight(event);
  }
}

/** The log as it is read; one of which nobody ever had to say what time it was is read as it stands. */
export const straightened = (store: EventStore, settings: LogTimeSettings): EventStore =>
  settings.count === 0 ? store : new StraightEventStore(store, settings);
