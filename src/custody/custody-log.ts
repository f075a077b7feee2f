import { Inject, Injectable, Optional } from '@nestjs/common';
import { type Seals, SEALS } from '../personal-data/seals.js';
import { inPieces } from '../store/append-size.js';
import { EVENT_STORE, type EventStore, type NewEvent, type Position, START } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import { lastOf, transact } from '../store/transact.js';
import type { CustodyEvent } from './custody-event.js';
import { EventDecider, type EventsDecided, type IndexedEvent } from './event-decider.js';
import { Judges } from './pending/judges.js';
import { PendingLog } from './pending/pending-log.js';
import { People } from './people/people.js';
import { PersonStreams } from './person-streams.js';
import type { RecordingResult } from './recording-result.js';
import type { Sealing } from './sealing.js';
import type { Sender } from './sender.js';
import { bytesInLog, type SealedCustodyEvent, toLog } from './stored-custody-event.js';
import { streamOf } from './streams.js';
import { isTellingComplete } from './tellings/telling.js';
import type { BegunTelling } from './tellings/tellings.js';
import { Queues } from '../store/queues.js';

/** What became of events, by their index, and the furthest position of any of them in the log. */
type WriteResults = Pick<EventsDecided, 'results' | 'position'>;

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
  private readonly queues = new Queues();
  private readonly sealing: Sealing;
  private readonly pending: PendingLog;
  private readonly judges: Judges;
  /** A telling that is complete stays so. */
  private readonly complete = new Set<string>();

  /** @param people without them the history of everybody of whom something is told has to be read */
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(SEALS) seals: Seals,
    @Optional() people?: People,
  ) {
    this.sealing = { seals, prefix };
    this.pending = new PendingLog(store, this.sealing);
    this.judges = new Judges(store, new PersonStreams(store, prefix), this.pending, people);
  }

  /**
   * Appends each event to its stream, in the order given within one stream. The same id with the same content again is a
   * `duplicate` and changes nothing; with other content it is refused. A different `recordedAt` or `recordedBy` is no
   * other content. An id from before the person's erasure is a `duplicate`, whatever comes with it. Safe to repeat: after
   * an error, send the same events again.
   *
   * What a sender of some prisons tells of somebody whom another prison holds is set aside (decision 0034).
   * @throws StoreUnavailable when the log cannot be written; some of the events may have been stored
   */
  async recordAll(events: readonly CustodyEvent[], recording: Recording): Promise<RecordingResult> {
    const entries = events.map((event, index) => ({ index, event }));
    const byStream = Map.groupBy(entries, ({ event }) => streamOf(this.prefix, event));
    // All streams at once, so that a store which commits in groups can do so; and all to their end, so that nothing is
    // still being written when an error is told.
    const ends = await Promise.allSettled(
      [...byStream].map(([stream, ofStream]) =>
        this.queues.run(stream, () => this.recordInStream(stream, ofStream, recording)),
      ),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    const written = ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
    const became = new Map(written.flatMap(({ results }) => [...results]));
    return {
      results: entries.flatMap(({ index }) => became.get(index) ?? []),
      position: this.furthest(written.map(({ position }) => position)),
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

  /** Decides on some entries of one stream, appends what is new in one piece, and sets aside what has to wait. */
  private async recordTogether(
    stream: string,
    entries: readonly IndexedEvent[],
    recording: Recording,
  ): Promise<WriteResults> {
    const { waiting, ...written } = await this.append(stream, entries, recording);
    if (waiting.length === 0) return written;
    const events = waiting.map(({ event }) => event);
    const { knownAt, sender, telling } = recording;
    const aside = await this.pending.setAside(events, { knownAt, sender, telling: telling?.id });
    const results = new Map(written.results);
    waiting.forEach(({ index }, nth) => {
      const result = aside.results[nth];
      if (result) results.set(index, result);
    });
    return {
      ...written,
      results,
      position: this.furthest([written.position, aside.position]),
    };
  }

  private append(
    stream: string,
    entries: readonly IndexedEvent[],
    recording: Recording,
  ): Promise<Omit<EventsDecided, 'fresh'>> {
    const { sender, telling } = recording;
    const events = entries.map(({ event }) => event);
    return transact(this.store, stream, async () => {
      const last = await lastOf(this.store, stream);
      const judge = await this.judges.over(sender, events, last);
      const isOpen = (id: string) => this.isOpen(id);
      const decider = new EventDecider(this.store, this.sealing, this.pending, { stream, telling, judge, isOpen });
      const { fresh, ...written } = await decider.decide(entries);
      const sealed = await Promise.all(fresh.map((event) => toLog(event, this.sealing)));
      if (sealed.length === 0) return { done: written };
      return {
        expected: last?.revision ?? 'no-stream',
        events: inTheLogsWords(fresh, sealed, recording),
        answer: (appended) => ({ ...written, position: this.furthest([written.position, appended]) }),
      };
    });
  }

  private async isOpen(telling: string): Promise<boolean> {
    if (this.complete.has(telling)) return false;
    const isComplete = await isTellingComplete({ store: this.store, prefix: this.prefix }, telling);
    if (isComplete) this.complete.add(telling);
    return isComplete === false;
  }

  private furthest(positions: readonly Position[]): Position {
    return positions.reduce((a, b) => (this.store.compare(a, b) >= 0 ? a : b), START);
  }
}

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
