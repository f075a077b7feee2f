import { Inject, Injectable } from '@nestjs/common';
import { isPerson, KEY_RING, type KeyRing, personSubject, prisonNumberOf } from '../personal-data/key-ring.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore, type NewEvent, type Position } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { revisionOf, transact } from '../store/transact.js';
import { NoSuchPerson } from '../answers/errors.js';
import { type ErasureReason, personErased } from './person-erased.js';
import { isInClear } from './stored-custody-event.js';
import { personStream } from './streams.js';

/** What an erasure did. */
export interface ErasureDone {
  readonly prisonNumber: string;
  readonly erasedAt: string;
  /** Events from before personal data were sealed: their text is hidden, but stands in the log's file. */
  readonly inClear: number;
  /** Other numbers whose records were merged into this one: their data have keys of their own. */
  readonly mergedFrom: readonly string[];
  /** The key lies in the files of the event server until every node is scavenged: docs/personal-data.md. */
  readonly pending: boolean;
  /** Of the record of the erasure, for read-your-writes. */
  readonly position: Position;
}

/** Destroys what is personal about a person, for good, and keeps a record that it was done. */
@Injectable()
export class Erasures {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KEY_RING) private readonly keys: KeyRing,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
  ) {}

  /**
   * Destroys the person's key, then records it. May be called again: what was erased is not erased or recorded twice;
   * what was recorded of the person since is erased anew.
   * @throws NoSuchPerson, StoreUnavailable (call again: the erasure is completed), StoreUnreadable
   */
  async erase(prisonNumber: string, reason: ErasureReason, by: string): Promise<ErasureDone> {
    const stream = personStream(this.prefix, prisonNumber);
    const found = await this.lookInto(stream);
    if (!found.known) throw new NoSuchPerson();
    const at = new Date(this.clock.now()).toISOString();
    const erased = await this.keys.erase(personSubject(prisonNumber), { reason, by, at });
    const position = await this.record(stream, personErased(erased, prisonNumber));
    const { at: erasedAt, pending = false } = erased;
    return { prisonNumber, erasedAt, inClear: found.inClear, mergedFrom: found.mergedFrom, pending, position };
  }

  /** Records what a process destroyed that died before it could say so. @throws StoreUnavailable, StoreUnreadable */
  async complete(): Promise<void> {
    for (const erased of await this.keys.erasures()) {
      if (!isPerson(erased.subject)) continue;
      const prisonNumber = prisonNumberOf(erased.subject);
      await this.record(this.prefix + erased.subject, personErased(erased, prisonNumber));
    }
  }

  /** Appends the record wherever the stream ends, once. */
  private record(stream: string, record: NewEvent): Promise<Position> {
    return transact(this.store, stream, async () => {
      const expected = await revisionOf(this.store, stream);
      const there = await this.store.findEvent(stream, record.id);
      if (there) return { done: there.position };
      return { expected, events: [record], answer: (position) => position };
    });
  }

  private async lookInto(stream: string): Promise<Pick<ErasureDone, 'inClear' | 'mergedFrom'> & { known: boolean }> {
    const mergedFrom = new Set<string>();
    let [known, inClear] = [false, 0];
    for await (const recorded of this.store.readStream(stream)) {
      known = true;
      if (isInClear(recorded)) inClear++;
      if (recorded.type === 'PrisonerRecordsMerged') mergedFrom.add(String(recorded.data['removedPrisonNumber']));
    }
    return { known, inClear, mergedFrom: [...mergedFrom] };
  }
}
