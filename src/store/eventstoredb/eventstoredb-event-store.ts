import type { Instant } from '../../prison/instant.js';
import { ServerUnavailable, StoreUnreadable, WrongExpectedRevision, type StoreError } from '../errors.js';
import type { AppendResult, EventFilter, ExpectedRevision, NewEvent, TruncatingEventStore } from '../event-store.js';
import { START, type Position, type ReadOptions, type RecordedEvent } from '../event-store.js';
import type { Subscription, SubscriptionMessage } from '../event-store.js';
import { actualRevisionIn } from './client-errors.js';
import { Connection } from './connection.js';
import { pause } from './deadline.js';
import { Following } from './following.js';
import { PACING, pauseAfter, type Pacing } from './pacing.js';
import { compare, positionOf } from './positions.js';
import type { ServerAddress } from './server-address.js';
import type { Connect } from './server-client.js';
import { ServerLog } from './server-log.js';
import { shortcomingOf } from './server-version.js';
import { proposals } from './stored-event.js';

/** The log on an EventStoreDB or KurrentDB server or cluster, shared by any number of instances. */
export class EventStoreDbEventStore implements TruncatingEventStore {
  private readonly connection: Connection;
  private readonly log: ServerLog;
  private readonly everything: EventFilter;
  private readonly subscriptions = new Set<Following>();

  /**
   * Connects with the first call, and again whenever it must.
   * @param connect makes the client that the address asks for: `client.ts` loads it
   * @param prefix of the streams that this log is made of; the server may hold others
   */
  constructor(
    address: ServerAddress,
    connect: Connect,
    prefix: string,
    private readonly pacing: Pacing = PACING,
  ) {
    this.connection = new Connection(address, connect, pacing.patience);
    this.log = new ServerLog(this.connection);
    this.everything = { streamPrefixes: [prefix] };
  }

  /** Why the server could not be reached last; nothing once it has answered. */
  get trouble(): StoreError | undefined {
    return this.connection.trouble;
  }

  /** What is to be said of the server's version, if anything. @throws StoreUnavailable */
  async shortcoming(): Promise<string | undefined> {
    return shortcomingOf(await this.connection.version());
  }

  /**
   * When the server wrote the last event of all, by its own clock: milliseconds since 1970-01-01T00:00:00Z. Nothing where
   * there is none. @throws StoreUnavailable, StoreAccessDenied
   */
  lastWritten(): Promise<Instant | undefined> {
    return this.log.lastWritten();
  }

  /** @throws StoreAccessDenied, StoreNotTrusted, and as {@link EventStore.append} does; InvalidAppend also beyond 512 KiB */
  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const proposed = proposals(stream, events);
    const before = expected === 'no-stream' ? 'no_stream' : BigInt(expected);
    try {
      const { revision, position } = await this.connection.write((client, options) =>
        client.append(stream, before, proposed, options),
      );
      if (!position)
        throw new StoreUnreadable('This event server tells no positions. Use EventStoreDB 23.10 or later.');
      return { outcome: 'appended', revision: Number(revision), position: positionOf(position) };
    } catch (error) {
      const actual = actualRevisionIn(error);
      if (actual === undefined) throw error;
      return await this.repeated(stream, expected, events, actual);
    }
  }

  async truncateBefore(stream: string, revision: number): Promise<void> {
    await this.connection.write(async (client, options) => {
      const metadata = await client.metadataOf(stream, options);
      if (revision <= Number(metadata.truncateBefore ?? -1)) return;
      await client.setMetadata(stream, { ...metadata, truncateBefore: revision }, options);
    });
  }

  readStream(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.log.stream(stream, options);
  }

  /** A server finds no streams by name: what all of them begin with is what it is asked for. */
  async *readStreams(from: string, until: string): AsyncIterable<RecordedEvent> {
    const shared = Array.from(from).findIndex((letter, place) => letter !== until[place]);
    const streamPrefixes = [shared < 0 ? from : from.slice(0, shared)];
    const byStream = new Map<string, RecordedEvent[]>();
    for await (const event of this.readAll({ filter: { streamPrefixes } })) {
      if (event.stream < from || event.stream >= until) continue;
      const ofStream = byStream.get(event.stream);
      if (ofStream) ofStream.push(event);
      else byStream.set(event.stream, [event]);
    }
    for (const stream of [...byStream.keys()].sort()) yield* byStream.get(stream) ?? [];
  }

  findEvent(stream: string, id: string): Promise<RecordedEvent | undefined> {
    return this.log.find(stream, id);
  }

  readAll(options: { readonly after?: Position; readonly filter?: EventFilter } = {}): AsyncIterable<RecordedEvent> {
    return this.log.all(options.after ?? START, options.filter ?? this.everything);
  }

  /** Goes on through outages, from the event that was handled last; an unknown position ends it, as its handler does. */
  subscribeToAll(
    options: { readonly after?: Position; readonly filter?: EventFilter },
    handle: (message: SubscriptionMessage) => Promise<void> | void,
  ): Subscription {
    const { everything, pacing } = this;
    const { after = START, filter = everything } = options;
    const following = new Following(this.log, { after, filter, everything, pacing }, handle, () =>
      this.subscriptions.delete(following),
    );
    this.subscriptions.add(following);
    return following;
  }

  /** Other applications write to the same server, so this may be the position of an event of theirs. */
  async end(): Promise<Position> {
    const end = await this.log.end();
    for (const subscription of this.subscriptions) subscription.lookUpTo(end);
    return end;
  }

  compare(a: Position, b: Position): number {
    return compare(a, b);
  }

  /** Others write to the same server. */
  missingBetween(): undefined {
    return undefined;
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.connection.close();
  }

  /** The stream has moved on: with these very ids, right after the expected revision, or not. */
  private async repeated(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
    actual: number,
  ): Promise<AppendResult> {
    const from = expected === 'no-stream' ? 0 : expected + 1;
    const existing = await this.agreed(stream, { from, limit: events.length }, actual);
    const last = existing.at(-1);
    if (last && existing.length === events.length && existing.every(({ id }, index) => id === events[index]?.id))
      return { outcome: 'duplicate', revision: last.revision, position: last.position };
    throw new WrongExpectedRevision(stream, expected, actual === -1 ? 'no-stream' : actual);
  }

  /**
   * What stands in a stream that a node has said to be at a revision. A cluster refuses an append for what its leader has
   * only just taken in, and shows that once the nodes have agreed on it: before, nobody could decide again.
   * @throws StoreUnavailable where they do not agree in time
   */
  private async agreed(
    stream: string,
    { from, limit }: { readonly from: number; readonly limit: number },
    actual: number,
  ): Promise<RecordedEvent[]> {
    for (let tried = 1, waited = 0; ; tried += 1) {
      const found: RecordedEvent[] = [];
      for await (const event of this.log.stream(stream, { from, limit })) found.push(event);
      if (found.length >= Math.min(limit, actual - from + 1)) return found;
      if (waited >= this.pacing.patience)
        throw new ServerUnavailable(
          'The event servers do not agree on an append that came before. What was sent may have been stored: send the same again.',
        );
      const milliseconds = pauseAfter(tried, this.pacing);
      await pause(milliseconds);
      waited += milliseconds;
    }
  }
}
