import type { Seals } from '../personal-data/seals.js';
import { inPieces } from '../store/append-size.js';
import { StoreUnavailable, WrongExpectedRevision } from '../store/errors.js';
import { type EventStore, type ExpectedRevision, type NewEvent, type Position, START } from '../store/event-store.js';
import type { CustodyEvent } from './custody-event.js';
import type { Recorded, Result } from './recorded.js';
import { asSentBefore, asStoredBefore } from './second-time.js';
import { bytesInLog, type SealedCustodyEvent, type Sealing, toLog } from './stored-custody-event.js';
import { streamOf } from './streams.js';
import { Turns } from './turns.js';

/** One event, at its place among those given. */
interface Entry {
  readonly index: number;
  readonly event: CustodyEvent;
}

/** How often a stream that other processes move on is read and decided again. */
const ATTEMPTS = 20;

/** Custody events on their way into the log. */
export class CustodyLog {
  private readonly turns = new Turns();
  private readonly sealing: Sealing;

  constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
    seals: Seals,
  ) {
    this.sealing = { seals, prefix };
  }

  /**
   * Appends each event to its stream, in the order given within one stream. The same id with the same content again is a
   * `duplicate` and changes nothing; with other content it is refused. A different `recordedAt` or `recordedBy` is no
   * other content. An id from before the person's erasure is a `duplicate`, whatever comes with it. Safe to repeat: after
   * an error, send the same events again.
   * @param knownAt milliseconds since 1970-01-01T00:00:00Z. Asked right before each append: what is on its way for long
   *   after that, the watch may have passed by
   * @throws StoreUnavailable when the log cannot be written; some of the events may have been stored
   */
  async recordAll(events: readonly CustodyEvent[], { knownAt }: { readonly knownAt: () => number }): Promise<Recorded> {
    const results: Result[] = [];
    const byStream = new Map<string, Entry[]>();
    events.forEach((event, index) => {
      const stream = streamOf(this.prefix, event);
      const entries = byStream.get(stream);
      if (entries) entries.push({ index, event });
      else byStream.set(stream, [{ index, event }]);
    });
    // All streams at once, so that a store which commits in groups can do so; and all to their end, so that nothing is
    // still being written when an error is told.
    const ends = await Promise.allSettled(
      [...byStream].map(([stream, entries]) =>
        this.turns.take(stream, () => this.recordInStream(stream, entries, knownAt, results)),
      ),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    return { results, position: this.furthest(ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []))) };
  }

  /** The position of the last of the entries. */
  private async recordInStream(
    stream: string,
    entries: readonly Entry[],
    knownAt: () => number,
    results: Result[],
  ): Promise<Position> {
    let last = START;
    for (const piece of inPieces(entries, ({ event }) => bytesInLog(event)))
      last = this.furthest([last, await this.recordTogether(stream, piece, knownAt, results)]);
    return last;
  }

  /** Decides on some entries of one stream and appends what is new, in one piece. */
  private async recordTogether(
    stream: string,
    entries: readonly Entry[],
    knownAt: () => number,
    results: Result[],
  ): Promise<Position> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const revision = await this.revisionOf(stream);
      const { fresh, position } = await this.decide(stream, entries, results);
      if (fresh.length === 0) return position;
      const now = knownAt();
      const known = fresh.map((sealed) => sealed(now));
      const appended = await this.appendUnlessMoved(stream, revision, known);
      if (appended !== undefined) return this.furthest([position, appended]);
    }
    throw new StoreUnavailable(
      `A stream was changed by others ${ATTEMPTS} times while it was being written. Send the same events again.`,
    );
  }

  /** What is not there yet, to be appended; what is there already gets its result. */
  private async decide(
    stream: string,
    entries: readonly Entry[],
    results: Result[],
  ): Promise<{ fresh: SealedCustodyEvent[]; position: Position }> {
    const fresh = new Map<string, CustodyEvent>();
    let position = START;
    for (const { index, event } of entries) {
      const stored = fresh.has(event.id) ? undefined : await this.store.findEvent(stream, event.id);
      const before = fresh.get(event.id);
      if (stored) position = this.furthest([position, stored.position]);
      if (!before && !stored) fresh.set(event.id, event);
      if (stored) results[index] = await asStoredBefore(event, stored, this.store, this.sealing);
      else results[index] = before ? asSentBefore(event, before) : { id: event.id, status: 'accepted' };
    }
    const sealed = await Promise.all([...fresh.values()].map((event) => toLog(event, this.sealing)));
    return { fresh: sealed, position };
  }

  /** Nothing where the stream has moved on: then read it and decide again. */
  private async appendUnlessMoved(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Position | undefined> {
    try {
      const { outcome, position } = await this.store.append(stream, expected, events);
      // The store knew these ids at this revision: another wrote them just now, and their content is not compared yet.
      return outcome === 'appended' ? position : undefined;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return undefined;
      throw error;
    }
  }

  private async revisionOf(stream: string): Promise<ExpectedRevision> {
    for await (const { revision } of this.store.readStream(stream, { direction: 'backward', limit: 1 }))
      return revision;
    return 'no-stream';
  }

  private furthest(positions: readonly Position[]): Position {
    return positions.reduce((a, b) => (this.store.compare(a, b) >= 0 ? a : b), START);
  }
}
