import { asSent } from '../custody/custody-event.js';
import { fromLog } from '../custody/stored-custody-event.js';
import { personStream } from '../custody/streams.js';
import type { EvidenceSource } from '../safety-alerts/ports.js';
import type { EventStore, Json } from '../store/event-store.js';

/** Looks up the custody events that a safety alert cites, as they were sent. */
export class CustodyEvidence implements EvidenceSource {
  constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
  ) {}

  async eventsOf(prisonNumber: string, ids: readonly string[]): Promise<readonly Json[]> {
    const stream = personStream(this.prefix, prisonNumber);
    const found = await Promise.all(ids.map((id) => this.store.findEvent(stream, id)));
    return found.flatMap((recorded) => (recorded ? [asSent(fromLog(recorded).event)] : []));
  }
}
