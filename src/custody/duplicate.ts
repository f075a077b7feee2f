import type { EventStore, RecordedEvent } from '../store/event-store.js';
import { UnreadableEvent } from '../store/unreadable-event.js';
import { type CustodyEvent, sameContent } from './custody-event.js';
import { wasErasedSince } from './person-erased.js';
import { idReused, type EventResult } from './recording-result.js';
import type { Sealing } from './sealing.js';
import { isPartly, openedFromLog } from './stored-custody-event.js';

/**
 * What becomes of an event whose id is in the log. Where the stored event can no longer be read, the id alone decides.
 * @throws StoreUnavailable, StoreUnreadable, BrokenSeal
 */
export async function resultIfStored(
  event: CustodyEvent,
  stored: RecordedEvent,
  store: EventStore,
  sealing: Sealing,
): Promise<EventResult> {
  if (await wasErasedSince(stored, store, sealing)) return duplicate(event);
  return resultIfThere(event, stored, sealing);
}

/**
 * The same, where nobody has been erased.
 * @throws StoreUnavailable, StoreUnreadable, BrokenSeal
 */
export async function resultIfThere(
  event: CustodyEvent,
  stored: RecordedEvent,
  sealing: Sealing,
): Promise<EventResult> {
  try {
    const { event: there } = await openedFromLog(stored, sealing);
    return isPartly(there) ? duplicate(event) : resultIfRepeated(event, there);
  } catch (error) {
    // It is set aside wherever the log is read. A feed that sends it again must not stop there for good.
    if (error instanceof UnreadableEvent) return duplicate(event);
    throw error;
  }
}

/** What becomes of an event whose id has just come with another. */
export const resultIfRepeated = (event: CustodyEvent, there: CustodyEvent): EventResult =>
  sameContent(event, there) ? duplicate(event) : { id: event.id, status: 'refused', errors: [idReused(event.id)] };

const duplicate = ({ id }: CustodyEvent): EventResult => ({ id, status: 'duplicate' });
