import { asSent } from '../custody/custody-event.js';
import { openedFromLog } from '../custody/stored-custody-event.js';
import { personStream } from '../custody/streams.js';
import type { Seals } from '../personal-data/seals.js';
import type { EvidenceSource } from '../safety-alerts/ports.js';
import type { EventStore, Json } from '../store/event-store.js';

/** Looks up the custody events that a safety alert cites, as they were sent. */
export class CustodyEvidence implements EvidenceSource {
  constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
    private readonly seals: Seals,
  ) {}

  async eventsOf(prisonNumber: string, ids: readonly string[]): Promise<readonly Json[]> {
    const stream = personStream(this.prefix, prisonNumber);
    const found = await Promise.all(ids.map((id) => this.eventOf(stream, id)));
    return found.filter((event) => event !== undefined);
  }

  private async eventOf(stream: string, id: string): Promise<Json | undefined> {
    const recorded = await this.store.findEvent(stream, id);
    return recorded && asSent((await openedFromLog(recorded, { seals: this.seals, prefix: this.prefix })).event);
  }
}
