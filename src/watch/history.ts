import { occurrenceOf } from '../custody/custody-event.js';
import { personStream } from '../custody/streams.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { EventStore, Position } from '../store/event-store.js';
import type { ParkedEvents } from './parked-events.js';

/** What the log knows of a person, in the order it learned it, up to and including a position. */
export const historyOf = async (
  store: EventStore,
  prefix: string,
  prisonNumber: string,
  upTo: Position,
  parked: ParkedEvents,
): Promise<Occurrence[]> => {
  const history: Occurrence[] = [];
  for await (const recorded of store.readStream(personStream(prefix, prisonNumber))) {
    if (store.compare(recorded.position, upTo) > 0) break;
    const stored = parked.unlessUnreadable(recorded);
    if (stored) history.push(occurrenceOf(stored.event));
  }
  return history;
};
