import { WrongExpectedRevision } from '../store/errors.js';
import type { EventStore, ExpectedRevision, Position } from '../store/event-store.js';
import { decide, evolve, type Handover, type Sign, type Write } from './handover.js';
import type { Notes } from './notes.js';
import { fromStored, handoverStreamOf, toStored } from './stored-handover-event.js';

/** With each conflict another writer has got somewhere; this many in a row mean that something else is wrong. */
const MOST_CONFLICTS = 100;

/** The hand-overs of a prison as people write and sign them: load, decide, append; on a conflict all over again. */
export class HandoverLog {
  constructor(
    private readonly store: EventStore,
    private readonly notes: Notes,
    private readonly prefix: string,
  ) {}

  /**
   * May be called again with the same command. Answers with the position to be reached to see it.
   * @throws NoSuchHandover, OwnHandover, StoreUnavailable
   */
  async carryOut(command: Write | Sign): Promise<Position> {
    const stream = this.prefix + handoverStreamOf(command.prisonId);
    for (let conflicts = 0; ; conflicts++) {
      const { handovers, revision } = await this.load(stream);
      const [event] = decide(command, handovers);
      if (!event) return this.store.end();
      const stored = toStored(event);
      const sealed = event.type === 'HandoverWritten' ? await this.notes.sealed(stored, event.data) : stored;
      try {
        return (await this.store.append(stream, revision, [sealed])).position;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || conflicts >= MOST_CONFLICTS) throw error;
      }
    }
  }

  private async load(stream: string): Promise<{ handovers: Map<number, Handover>; revision: ExpectedRevision }> {
    const handovers = new Map<number, Handover>();
    let revision: ExpectedRevision = 'no-stream';
    for await (const recorded of this.store.readStream(stream)) {
      const event = fromStored(recorded);
      const handover = evolve(handovers.get(event.data.number), event);
      if (handover) handovers.set(handover.number, handover);
      revision = recorded.revision;
    }
    return { handovers, revision };
  }
}
