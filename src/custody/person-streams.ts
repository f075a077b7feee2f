import { Inject, Injectable } from '@nestjs/common';
import { ofFeed } from '../kernel/feed.js';
import { ofKeyWorker } from '../kernel/key-worker.js';
import { Merges } from '../kernel/merges.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { Instant } from '../prison/instant.js';
import { EVENT_STORE, type EventStore, type Position, type RecordedEvent } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';
import type { CustodyEvent } from './custody-event.js';
import { isCustodyEvent } from './person-erased.js';
import { fromLog, knownOccurrence, UnreadableCustodyEvent } from './stored-custody-event.js';
import { personStream, subjectStream } from './streams.js';
import type { PersonGroup } from './whereabouts/person-numbers.js';
import type { KnownHistory } from './whereabouts/trail.js';

/** A custody event as it is in somebody's stream, its personal members still sealed. */
export interface EventInStream {
  readonly kind: 'event';
  readonly recorded: RecordedEvent;
  readonly event: CustodyEvent;
  readonly occurrence: Occurrence;
  /** When this log learned of it, as written with it. */
  readonly knownAt: Instant;
  /** The telling that brought it. Until that is complete, the event does not count. */
  readonly telling: string | undefined;
}

/** Its personal members can no longer be read if the person was erased after it was told. */
export interface ErasableEvent extends EventInStream {
  readonly erased: boolean;
}

/** What is in somebody's stream: an event, the record of an erasure, or something that this version cannot read. */
export type StreamEntry =
  | EventInStream
  | { readonly kind: 'erasure'; readonly recorded: RecordedEvent }
  | { readonly kind: 'unreadable'; readonly recorded: RecordedEvent; readonly error: UnreadableCustodyEvent };

/** What an event of the log is for readers of custody events. */
export const entryOf = (recorded: RecordedEvent): StreamEntry => {
  if (!isCustodyEvent(recorded)) return { kind: 'erasure', recorded };
  try {
    const stored = fromLog(recorded);
    const { event, knownAtMs: knownAt, telling } = stored;
    return { kind: 'event', recorded, event, occurrence: knownOccurrence(stored), knownAt, telling };
  } catch (error) {
    if (!(error instanceof UnreadableCustodyEvent)) throw error;
    return { kind: 'unreadable', recorded, error };
  }
};

const occurrencesOf = (events: readonly EventInStream[]): Occurrence[] => events.map(({ occurrence }) => occurrence);

/** Reads the streams of people. */
@Injectable()
export class PersonStreams {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
  ) {}

  /**
   * What is in somebody's stream, in the order in which the log learned it.
   * @param upTo up to and including this position
   * @throws StoreUnavailable, StoreUnreadable
   */
  async *entriesOf(prisonNumber: string, upTo?: Position): AsyncIterable<StreamEntry> {
    for await (const recorded of this.store.readStream(personStream(this.prefix, prisonNumber))) {
      if (upTo !== undefined && this.store.compare(recorded.position, upTo) > 0) return;
      yield entryOf(recorded);
    }
  }

  /**
   * What happened to somebody, as told under this number up to and including a position. Leaves out what cannot be read.
   * @throws StoreUnavailable, StoreUnreadable
   */
  async eventsOf(prisonNumber: string, upTo: Position): Promise<ErasableEvent[]> {
    let events: ErasableEvent[] = [];
    for await (const entry of this.entriesOf(prisonNumber, upTo)) {
      if (entry.kind === 'event') events.push({ ...entry, erased: false });
      if (entry.kind === 'erasure') events = events.map((event) => ({ ...event, erased: true }));
    }
    return events;
  }

  /**
   * What is told of a key worker, as rules see it, up to and including a position.
   * @param keyWorker the text that names them
   * @throws StoreUnavailable, StoreUnreadable
   */
  async eventsOfKeyWorker(keyWorker: string, upTo: Position): Promise<EventInStream[]> {
    const events: EventInStream[] = [];
    for await (const recorded of this.store.readStream(subjectStream(this.prefix, keyWorker))) {
      if (this.store.compare(recorded.position, upTo) > 0) break;
      const entry = entryOf(recorded);
      const occurrence = entry.kind === 'event' ? ofKeyWorker(entry.occurrence) : undefined;
      if (entry.kind === 'event' && occurrence?.prisonNumber === keyWorker) events.push({ ...entry, occurrence });
    }
    return events;
  }

  /**
   * The last that a feed said of itself, as rules see it, up to and including a position; of what it said before nothing
   * counts any more.
   * @param feed the text that names it
   * @throws StoreUnavailable, StoreUnreadable
   */
  async lastReportOf(feed: string, upTo: Position): Promise<EventInStream | undefined> {
    for await (const recorded of this.store.readStream(subjectStream(this.prefix, feed), { direction: 'backward' })) {
      const entry = this.store.compare(recorded.position, upTo) > 0 ? undefined : entryOf(recorded);
      const occurrence = entry?.kind === 'event' ? ofFeed(entry.occurrence, entry.knownAt) : undefined;
      if (entry?.kind === 'event' && occurrence) return { ...entry, occurrence };
    }
    return undefined;
  }

  /** The same under several numbers, in the order of the log. @throws StoreUnavailable, StoreUnreadable */
  async eventsUnder(prisonNumbers: readonly string[], upTo: Position): Promise<ErasableEvent[]> {
    const streams = await Promise.all(prisonNumbers.map((prisonNumber) => this.eventsOf(prisonNumber, upTo)));
    const [only = [], ...others] = streams;
    if (others.length === 0) return only;
    return streams.flat().sort((a, b) => this.store.compare(a.recorded.position, b.recorded.position));
  }

  /**
   * The same of a person, as rules see it.
   * @param counts leaves out what it is false for
   * @throws StoreUnavailable, StoreUnreadable
   */
  async knownOf(
    { own, elsewhere }: Omit<PersonGroup, 'kept'>,
    upTo: Position,
    counts: (event: EventInStream) => boolean = () => true,
  ): Promise<Required<KnownHistory>> {
    const [told = [], toldOfOthers = []] = await Promise.all(
      [own, elsewhere].map(async (numbers) => (await this.eventsUnder(numbers, upTo)).filter(counts)),
    );
    return { own: occurrencesOf(told), elsewhere: occurrencesOf(toldOfOthers) };
  }

  /** What is in the streams of these numbers, in the order of the log. @throws StoreUnavailable, StoreUnreadable */
  async entriesUnder(prisonNumbers: readonly string[]): Promise<StreamEntry[]> {
    const entries: StreamEntry[] = [];
    for (const number of prisonNumbers) for await (const entry of this.entriesOf(number)) entries.push(entry);
    if (prisonNumbers.length === 1) return entries;
    return entries.sort((a, b) => this.store.compare(a.recorded.position, b.recorded.position));
  }

  /**
   * Which numbers are one person's, read from the whole log: for those who keep no model of it. Reads every stream of
   * people.
   * @throws StoreUnavailable, StoreUnreadable
   */
  async merges(): Promise<Merges> {
    const merges = new Merges();
    for await (const recorded of this.store.readAll({ filter: { streamPrefixes: [personStream(this.prefix, '')] } })) {
      const entry = Merges.concerns(recorded) ? entryOf(recorded) : undefined;
      if (entry?.kind === 'event') merges.learn(this.numberOf(recorded), entry.occurrence);
    }
    merges.advance();
    return merges;
  }

  /** The number under which something is in the log. */
  numberOf({ stream }: Pick<RecordedEvent, 'stream'>): string {
    return stream.slice(personStream(this.prefix, '').length);
  }

  /** What was told under this number, as rules see it. @throws StoreUnavailable, StoreUnreadable */
  async historyOf(prisonNumber: string, upTo: Position): Promise<Occurrence[]> {
    return (await this.eventsOf(prisonNumber, upTo)).map(({ occurrence }) => occurrence);
  }
}
