import { v5 } from 'uuid';
import type { CustodyEvent } from '../custody-event.js';
import type { CustodyLog } from '../custody-log.js';
import type { RecordingResult } from '../recording-result.js';
import type { Sender } from '../sender.js';
import { type Clock, instantToKeep } from '../../store/clock.js';
import type { Telling, TellingKind } from './telling.js';
import { TellingIsComplete } from '../errors.js';
import type { Tellings } from './tellings.js';

/** How a telling gets into the log: straight, or through the service that holds it. */
export interface TellingPort {
  /** @throws TellingIsComplete */
  readonly begin: (telling: Telling, people: readonly string[]) => Promise<void>;
  readonly record: (events: readonly CustodyEvent[], telling: Telling) => Promise<RecordingResult>;
  readonly complete: (id: string) => Promise<void>;
}

/** Straight into the log. @param sender who tells it */
export const intoTheLog = (log: CustodyLog, tellings: Tellings, clock: Clock, sender: Sender): TellingPort => ({
  begin: (telling, people) => tellings.begin(telling, people),
  record: async (events, { id }) =>
    log.recordAll(events, { knownAt: () => instantToKeep(clock), sender, telling: await tellings.find(id) }),
  complete: (id) => tellings.complete(id),
});

/** Fixed for ever: what is told again has the id that it had. */
const NAMESPACE = '0d0c6d0e-41d5-4b0b-9a53-7f2c0c8f7a34';

/**
 * One telling, from its beginning until all of it has come. Told again, the same goes on where it was stopped; where it
 * was complete, it is told once more.
 */
export class OneTelling {
  private telling: Telling;

  /** @param name of what is told, which nothing else has: what it brings is known by it when it is told again */
  constructor(
    private readonly port: TellingPort,
    private readonly kind: TellingKind,
    private readonly name: string,
  ) {
    this.telling = this.told(0);
  }

  /** @param people everybody a history is about */
  async begin(people: readonly string[] = []): Promise<void> {
    for (let before = 0; !(await this.hasBegun(people)); before++) this.telling = this.told(before + 1);
  }

  record(events: readonly CustodyEvent[]): Promise<RecordingResult> {
    return this.port.record(events, this.telling);
  }

  /** All has come. */
  complete(): Promise<void> {
    return this.port.complete(this.telling.id);
  }

  private told(before: number): Telling {
    return { id: v5(`${this.kind} ${this.name} ${before}`, NAMESPACE), kind: this.kind };
  }

  private async hasBegun(people: readonly string[]): Promise<boolean> {
    try {
      await this.port.begin(this.telling, people);
      return true;
    } catch (error) {
      if (error instanceof TellingIsComplete) return false;
      throw error;
    }
  }
}
