import { Inject, Injectable } from '@nestjs/common';
import { toIso, type Instant } from '../../prison/instant.js';
import {
  EVENT_STORE,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  START,
} from '../../store/event-store.js';
import { unlessUnreadable } from '../../store/unreadable-event.js';
import { transact } from '../../store/transact.js';
import type { CustodyEvent } from '../custody-event.js';
import { resultIfThere } from '../duplicate.js';
import { type EventResult, NOT_YET_HERE } from '../recording-result.js';
import { Sealing } from '../sealing.js';
import type { Sender } from '../sender.js';
import { toLog } from '../stored-custody-event.js';
import { SCHEMA } from '../upcast.js';
import { noteIdOf, PendingPerson, TAKEN_IN } from './pending-person.js';
import { pendingStream, personStream } from '../streams.js';

/** Who told something, when, and as part of which telling. */
interface PendingEntry {
  /** Milliseconds since 1970-01-01T00:00:00Z, asked right before the append. */
  readonly knownAt: () => Instant;
  readonly sender: Sender;
  readonly telling?: string | undefined;
}

/** What is pending about a person, and where the stream of it ends. */
interface PendingStream {
  readonly there: PendingPerson;
  readonly expected: ExpectedRevision;
}

/**
 * What was told of people by prisons that did not hold them, in streams of its own: outside their histories, sealed with
 * their keys.
 */
@Injectable()
export class PendingLog {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly sealing: Sealing,
  ) {}

  /** What is pending about a person, without what this version cannot read. @throws StoreUnavailable */
  async of(prisonNumber: string): Promise<PendingPerson> {
    return (await this.read(this.streamOf(prisonNumber))).there;
  }

  /**
   * Keeps events about one person, which fit into one append, until they count. Safe to repeat: the same id with the same
   * content is a `duplicate`, with other content it is refused. @throws StoreUnavailable, StoreUnreadable, BrokenSeal
   */
  setAside(
    events: readonly CustodyEvent[],
    { knownAt, sender, telling }: PendingEntry,
  ): Promise<{ readonly results: readonly EventResult[]; readonly position: Position }> {
    const prisonNumber = events[0]?.prisonNumber ?? '';
    const stream = this.streamOf(prisonNumber);
    return transact(this.store, stream, async () => {
      const { there, expected } = await this.read(stream);
      const results = await Promise.all(events.map((event) => this.resultOf(event, there)));
      const fresh = events.filter((_, index) => results[index]?.status === 'accepted');
      if (fresh.length === 0) return { done: { results, position: START } };
      const sealed = await Promise.all(fresh.map((event) => toLog(event, this.sealing, stream)));
      const knownAtMs = knownAt();
      return {
        expected,
        events: sealed.map((event) => event({ knownAtMs, sender, telling })),
        answer: (position) => ({ results, position }),
      };
    });
  }

  /** What becomes of an event whose id is among what is pending, or was; nothing where it is not. */
  async resultIfThere(event: CustodyEvent, there: PendingPerson): Promise<EventResult | undefined> {
    const before = there.find(event.id);
    if (!before) return undefined;
    return resultIfThere(event, before.recorded, this.sealing);
  }

  /**
   * Notes that these count now, also where they have been withdrawn meanwhile: then the withdrawal has to follow them into
   * the history. Safe to repeat. @throws StoreUnavailable
   */
  takenIn(prisonNumber: string, ids: readonly string[], now: Instant): Promise<void> {
    const stream = this.streamOf(prisonNumber);
    return transact(this.store, stream, async () => {
      const { there, expected } = await this.read(stream);
      const fresh = ids.filter((id) => there.find(id) && !there.isTakenIn(id));
      if (fresh.length === 0) return { done: undefined };
      return { expected, events: fresh.map((id) => note(prisonNumber, id, now)), answer: () => undefined };
    });
  }

  /**
   * What was withdrawn while it waited, and is in the person's history all the same: another instance had it on its way
   * there, and could not note it any more. @throws StoreUnavailable
   */
  async cameThrough(prisonNumber: string, { struckOut }: PendingPerson): Promise<string[]> {
    const history = personStream(this.sealing.prefix, prisonNumber);
    const found = await Promise.all(struckOut.map((id) => this.store.findEvent(history, id)));
    return found.flatMap((event) => event?.id ?? []);
  }

  private async resultOf(event: CustodyEvent, there: PendingPerson): Promise<EventResult> {
    const again = await this.resultIfThere(event, there);
    if (!again) return { id: event.id, status: 'accepted', pending: NOT_YET_HERE };
    return again.status === 'duplicate' && there.waits(event.id) ? { ...again, pending: NOT_YET_HERE } : again;
  }

  private async read(stream: string): Promise<PendingStream> {
    const there = new PendingPerson();
    let expected: ExpectedRevision = 'no-stream';
    for await (const recorded of this.store.readStream(stream)) {
      expected = recorded.revision;
      unlessUnreadable(() => {
        there.apply(recorded);
      });
    }
    return { there, expected };
  }

  private streamOf(prisonNumber: string): string {
    return pendingStream(this.sealing.prefix, prisonNumber);
  }
}

const note = (prisonNumber: string, event: string, now: Instant): NewEvent => ({
  id: noteIdOf(event),
  type: TAKEN_IN,
  data: { event },
  metadata: { schema: SCHEMA, prisonNumber, knownAt: toIso(now) },
});
