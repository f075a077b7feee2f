import { Inject, Injectable } from '@nestjs/common';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { inPieces } from '../store/append-size.js';
import type { FieldError } from '../prison/field-error.js';
import {
  EVENT_STORE,
  type EventStore,
  type NewEvent,
  type Position,
  type RecordedEvent,
  START,
} from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { revisionOf, transact } from '../store/transact.js';
import { type CustodyEvent, peopleOf } from './custody-event.js';
import type { RecordingResult, EventResult } from './recording-result.js';
import { resultIfRepeated, resultIfStored } from './duplicate.js';
import type { Sealing } from './sealing.js';
import type { Sender } from './sender.js';
import { bytesInLog, type SealedCustodyEvent, toLog } from './stored-custody-event.js';
import { streamOf } from './streams.js';
import type { BegunTelling } from './tellings/tellings.js';
import { Turns } from './turns.js';

/** One event, at its place among those given. */
interface IndexedEvent {
  readonly index: number;
  readonly event: CustodyEvent;
}

/** What became of entries, by their index, and the furthest position of any of them in the log. */
interface WriteResults {
  readonly results: ReadonlyMap<number, EventResult>;
  /** The tellings that brought what is a duplicate now. */
  readonly resumed: ReadonlySet<string>;
  readonly position: Position;
}

/** How events go into the log. */
export interface Recording {
  /**
   * Milliseconds since 1970-01-01T00:00:00Z. Asked right before each append: what is on its way for long after that, the
   * watch may have passed by.
   */
  readonly knownAt: () => number;
  readonly sender: Sender;
  /** What brings them. Those of a history are known when they were recorded. */
  readonly telling?: BegunTelling | undefined;
}

/** Custody events on their way into the log. */
@Injectable()
export class CustodyLog {
  private readonly turns = new Turns();
  private readonly sealing: Sealing;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(SEALS) seals: Seals,
  ) {
    this.sealing = { seals, prefix };
  }

  /**
   * Appends each event to its stream, in the order given within one stream. The same id with the same content again is a
   * `duplicate` and changes nothing; with other content it is refused. A different `recordedAt` or `recordedBy` is no
   * other content. An id from before the person's erasure is a `duplicate`, whatever comes with it. Safe to repeat: after
   * an error, send the same events again.
   * @throws StoreUnavailable when the log cannot be written; some of the events may have been stored
   */
  async recordAll(events: readonly CustodyEvent[], recording: Recording): Promise<RecordingResult> {
    const entries = events.map((event, index) => ({ index, event }));
    const byStream = Map.groupBy(entries, ({ event }) => streamOf(this.prefix, event));
    // All streams at once, so that a store which commits in groups can do so; and all to their end, so that nothing is
    // still being written when an error is told.
    const ends = await Promise.allSettled(
      [...byStream].map(([stream, ofStream]) =>
        this.turns.take(stream, () => this.recordInStream(stream, ofStream, recording)),
      ),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    const written = ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
    const became = new Map(written.flatMap(({ results }) => [...results]));
    return {
      results: entries.flatMap(({ index }) => became.get(index) ?? []),
      position: this.furthest(written.map(({ position }) => position)),
      ...(recording.telling && { resumed: [...new Set(written.flatMap(({ resumed }) => [...resumed]))] }),
    };
  }

  private async recordInStream(
    stream: string,
    entries: readonly IndexedEvent[],
    recording: Recording,
  ): Promise<readonly WriteResults[]> {
    const written: WriteResults[] = [];
    for (const piece of inPieces(entries, ({ event }) => bytesInLog(event, recording.sender)))
      written.push(await this.recordTogether(stream, piece, recording));
    return written;
  }

  /** Decides on some entries of one stream and appends what is new, in one piece. */
  private recordTogether(
    stream: string,
    entries: readonly IndexedEvent[],
    recording: Recording,
  ): Promise<WriteResults> {
    return transact(this.store, stream, async () => {
      const expected = await revisionOf(this.store, stream);
      const { fresh, ...written } = await this.decide(stream, entries, recording.telling);
      const sealed = await Promise.all(fresh.map((event) => toLog(event, this.sealing)));
      if (sealed.length === 0) return { done: written };
      return {
        expected,
        events: inTheLogsWords(fresh, sealed, recording),
        answer: (appended) => ({ ...written, position: this.furthest([written.position, appended]) }),
      };
    });
  }

  /** What becomes of each entry; what is not there yet is to be appended. */
  private async decide(
    stream: string,
    entries: readonly IndexedEvent[],
    telling: BegunTelling | undefined,
  ): Promise<WriteResults & { fresh: CustodyEvent[] }> {
    const fresh = new Map<string, CustodyEvent>();
    const results = new Map<number, EventResult>();
    const resumed = new Set<string>();
    let position = START;
    for (const { index, event } of entries) {
      const before = fresh.get(event.id);
      const stored = before ? undefined : await this.stored(stream, event);
      if (stored) {
        position = this.furthest([position, stored.position]);
        results.set(index, await resultIfStored({ ...event, id: stored.id }, stored, this.store, this.sealing));
        const { telling: earlier } = stored.metadata;
        if (telling && typeof earlier === 'string') resumed.add(earlier);
      } else if (before) results.set(index, resultIfRepeated(event, before));
      else if (await this.withdrawsWithdrawal(stream, event, fresh))
        results.set(index, { id: event.id, status: 'refused', errors: [withdrawalStands(event)] });
      else if (isOfSomebodyKnown(event, telling))
        results.set(index, { id: event.id, status: 'refused', errors: [knownAlready(event, telling)] });
      else {
        fresh.set(event.id, event);
        results.set(index, { id: event.id, status: 'accepted' });
      }
    }
    return { fresh: [...fresh.values()], results, resumed, position };
  }

  /** Also where an earlier version derived its id in another way. */
  private async stored(stream: string, { id, formerId }: CustodyEvent): Promise<RecordedEvent | undefined> {
    const found = await this.store.findEvent(stream, id);
    return found ?? (formerId === undefined ? undefined : this.store.findEvent(stream, formerId));
  }

  /** What is withdrawn may become known later; a withdrawal that is known stands. */
  private async withdrawsWithdrawal(
    stream: string,
    { type, data }: CustodyEvent,
    fresh: ReadonlyMap<string, CustodyEvent>,
  ): Promise<boolean> {
    if (type !== 'EventWithdrawn') return false;
    const id = String(data['withdraws']);
    return (fresh.get(id) ?? (await this.store.findEvent(stream, id)))?.type === 'EventWithdrawn';
  }

  private furthest(positions: readonly Position[]): Position {
    return positions.reduce((a, b) => (this.store.compare(a, b) >= 0 ? a : b), START);
  }
}

/** History is of people of whom the log knew nothing when it began to be told. */
const isOfSomebodyKnown = (event: CustodyEvent, telling: BegunTelling | undefined): boolean =>
  telling?.kind === 'history' && peopleOf(event).some((person) => !telling.people.has(person));

const knownAlready = (event: CustodyEvent, telling: BegunTelling | undefined): FieldError => ({
  field: 'prisonNumber',
  value: peopleOf(event).find((person) => !telling?.people.has(person)) ?? null,
  message:
    'is known to the log already, and history is taken only of people of whom it knows nothing. Import this line ' +
    'without --history: then it counts as known now',
});

const withdrawalStands = ({ data }: CustodyEvent): FieldError => ({
  field: 'data.withdraws',
  value: String(data['withdraws']),
  message:
    'is a withdrawal, and a withdrawal cannot be withdrawn. Send what it withdrew again, as an event with an id of its ' +
    'own or a higher source.revision',
});

const inTheLogsWords = (
  fresh: readonly CustodyEvent[],
  sealed: readonly SealedCustodyEvent[],
  { knownAt, sender, telling }: Recording,
): NewEvent[] => {
  const now = knownAt();
  return sealed.map((event, index) =>
    event({
      knownAtMs: telling?.kind === 'history' ? (fresh[index]?.recordedAtMs ?? now) : now,
      sender,
      telling: telling?.id,
    }),
  );
};
