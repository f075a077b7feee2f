import { randomUUID } from 'node:crypto';
import type { CustodyEvent } from '../custody-event.js';
import type { CustodyLog } from '../custody-log.js';
import type { RecordingResult } from '../recording-result.js';
import type { Sender } from '../sender.js';
import { type Clock, instantToKeep } from '../../store/clock.js';
import type { Telling, TellingKind } from './telling.js';
import type { Beginning, Tellings } from './tellings.js';

/** How a telling gets into the log: straight, or through the service that holds it. */
export interface TellingPort {
  readonly begin: (telling: Telling, people: readonly string[]) => Promise<Beginning>;
  readonly record: (events: readonly CustodyEvent[], telling: Telling) => Promise<RecordingResult>;
  readonly complete: (id: string, resumed: readonly string[]) => Promise<void>;
}

/** Straight into the log. @param sender who tells it */
export const intoTheLog = (log: CustodyLog, tellings: Tellings, clock: Clock, sender: Sender): TellingPort => ({
  begin: (telling, people) => tellings.begin(telling, people),
  record: async (events, { id }) =>
    log.recordAll(events, { knownAt: () => instantToKeep(clock), sender, telling: await tellings.find(id) }),
  complete: (id, resumed) => tellings.complete(id, resumed),
});

/** One telling, from its beginning until all of it has come. */
export class OneTelling {
  private readonly telling: Telling;
  private readonly resumed = new Set<string>();

  constructor(
    private readonly port: TellingPort,
    kind: TellingKind,
  ) {
    this.telling = { id: randomUUID(), kind };
  }

  /** @param people everybody a history is about */
  async begin(people: readonly string[] = []): Promise<void> {
    const { resumed } = await this.port.begin(this.telling, people);
    for (const telling of resumed) this.resumed.add(telling);
  }

  async record(events: readonly CustodyEvent[]): Promise<RecordingResult> {
    const recorded = await this.port.record(events, this.telling);
    for (const telling of recorded.resumed ?? []) this.resumed.add(telling);
    return recorded;
  }

  /** All has come, and with it all of the tellings that had been stopped half-way and are told again here. */
  async complete(): Promise<void> {
    await this.port.complete(this.telling.id, [...this.resumed]);
  }
}
