import { Inject, Injectable } from '@nestjs/common';
import { isGap } from '../store/dropped/remaining-event-store.js';
import { EVENT_STORE, type EventStore, type ExpectedRevision, type Position } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { transact } from '../store/transact.js';
import { decide, evolve, type Handover, type SignCommand, type WriteCommand } from './handover.js';
import { Notes } from './notes.js';
import { fromStored, handoverStreamOf, toStored } from './stored-handover-event.js';

/** The hand-overs of a prison as people write and sign them: load, decide, append; after a conflict, all over again. */
@Injectable()
export class HandoverLog {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly notes: Notes,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
  ) {}

  /**
   * May be called again with the same command. Answers with the position at which the result shows.
   * @throws NoSuchHandover, OwnHandover, UnknownHandoverEvent, StoreUnavailable
   */
  carryOut(command: WriteCommand | SignCommand): Promise<Position> {
    const stream = this.prefix + handoverStreamOf(command.prisonId);
    return transact(this.store, stream, async () => {
      const { handovers, revision } = await this.load(stream);
      const [event] = decide(command, handovers);
      if (!event) return { done: await this.store.end() };
      const stored = toStored(event);
      const sealed = event.type === 'HandoverWritten' ? await this.notes.sealed(stored, event.data) : stored;
      return { expected: revision, events: [sealed], answer: (position) => position };
    });
  }

  private async load(stream: string): Promise<{ handovers: Map<number, Handover>; revision: ExpectedRevision }> {
    const handovers = new Map<number, Handover>();
    let revision: ExpectedRevision = 'no-stream';
    for await (const recorded of this.store.readStream(stream)) {
      revision = recorded.revision;
      if (isGap(recorded)) continue;
      const event = fromStored(recorded);
      const handover = evolve(handovers.get(event.data.number), event);
      if (handover) handovers.set(handover.number, handover);
    }
    return { handovers, revision };
  }
}
