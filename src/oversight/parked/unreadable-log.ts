import { PendingPerson } from '../../custody/pending/pending-person.js';
import { isCustodyEvent } from '../../custody/person-erased.js';
import { fromLog } from '../../custody/stored-custody-event.js';
import { tellingEventOf } from '../../custody/tellings/telling.js';
import { fromStored as handoverEventOf } from '../../handover/stored-handover-event.js';
import { fromStored as alertEventOf } from '../../safety-alerts/alert/stored-safety-alert-event.js';
import type { EventStore, RecordedEvent } from '../../store/event-store.js';
import { UnreadableEvent } from '../../store/unreadable-event.js';
import { type EventKind, kindOf, type UnreadLogEvent } from './parked-event.js';

/**
 * What this version cannot read of a log: for whoever has no service beside them that has read it. Reads the whole log.
 * @throws StoreUnavailable, StoreUnreadable
 */
export async function* unreadableIn(store: EventStore, prefix: string): AsyncGenerator<UnreadLogEvent> {
  const people = new Map<string, string>();
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [prefix] } })) {
    const stream = recorded.stream.slice(prefix.length);
    const kind = kindOf(stream);
    if (!kind) continue;
    if (kind === 'safety-alert' && typeof recorded.data['prisonNumber'] === 'string')
      people.set(stream, recorded.data['prisonNumber']);
    const reason = reasonAgainst(() => {
      READERS[kind](recorded, prefix);
    });
    if (reason !== undefined) yield { recorded, stream, reason, prisonNumber: people.get(stream) };
  }
}

const READERS: Readonly<Record<EventKind, (recorded: RecordedEvent, prefix: string) => unknown>> = {
  'custody-event': (recorded) => isCustodyEvent(recorded) && fromLog(recorded),
  'pending-event': (recorded) => {
    new PendingPerson().apply(recorded);
  },
  import: (recorded, prefix) => tellingEventOf(prefix, recorded),
  'safety-alert': alertEventOf,
  handover: handoverEventOf,
};

/** The code of the reason for which something cannot be read; nothing where it can. */
const reasonAgainst = (read: () => void): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableEvent) return error.code;
    throw error;
  }
};
