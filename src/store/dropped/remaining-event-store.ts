import type { EventStore, ReadOptions, RecordedEvent } from '../event-store.js';
import { EventStoreView } from '../event-store-view.js';
import type { DroppedEvents } from './dropped-events.js';

/** The type of what is handed over in place of an event that was dropped: nobody knows it. */
const GAP = 'Dropped';

/** Whether it stands in a stream in place of an event that was dropped. Whoever reads a stream to write to it counts it. */
export const isGap = ({ type }: Pick<RecordedEvent, 'type'>): boolean => type === GAP;

/**
 * A log as everybody reads it: what was dropped is not there. In its own stream a gap stands in its place, so that revisions
 * go on without one missing. A single event is found as it is, so that one that is sent again is known.
 */
class RemainingEventStore extends EventStoreView {
  constructor(
    store: EventStore,
    private readonly dropped: DroppedEvents,
  ) {
    super(store);
  }

  override async *readStream(stream: string, options?: ReadOptions): AsyncGenerator<RecordedEvent> {
    for await (const event of this.store.readStream(stream, options))
      yield this.dropped.has(event) ? { ...event, type: GAP, data: {}, metadata: {} } : event;
  }

  override findEvent(stream: string, id: string): Promise<RecordedEvent | undefined> {
    return this.store.findEvent(stream, id);
  }

  protected shown(event: RecordedEvent): RecordedEvent | undefined {
    return this.dropped.has(event) ? undefined : event;
  }
}

/** The log as it is read; one of which nothing was dropped is read as it stands. */
export const withoutDropped = (store: EventStore, dropped: DroppedEvents): EventStore =>
  dropped.all.length === 0 ? store : new RemainingEventStore(store, dropped);
