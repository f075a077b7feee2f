import type { EventStore, RecordedEvent } from '../event-store.js';
import { EventStoreView } from '../event-store-view.js';
import type { LogTimeSettings } from './log-time-settings.js';

/** A log as it is read by everybody who goes by instants: those that a wrong clock wrote are set straight. */
export class StraightEventStore extends EventStoreView {
  constructor(
    store: EventStore,
    private readonly settings: LogTimeSettings,
  ) {
    super(store);
  }

  protected shown(event: RecordedEvent): RecordedEvent {
    return this.settings.straight(event);
  }
}

/** The log as it is read; one of which nobody ever had to say what time it was is read as it stands. */
export const straightened = (store: EventStore, settings: LogTimeSettings): EventStore =>
  settings.count === 0 ? store : new StraightEventStore(store, settings);
