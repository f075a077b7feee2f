import type { Instant } from '../../prison/instant.js';
import { ServerUnavailable, UnknownPosition } from '../errors.js';
import { START, type EventFilter, type Position, type ReadOptions, type RecordedEvent } from '../event-store.js';
import { CAUGHT_UP, type Arrivals } from './arrivals.js';
import { isTooSlow } from './client-errors.js';
import type { Connection } from './connection.js';
import { KnownIds } from './known-ids.js';
import { compare, placeOf } from './positions.js';
import type { ServerEvent, ServerMessage } from './server-client.js';
import { recorded } from './stored-event.js';

/** How many events of others the server passes by before it shows a sign of life. */
const SEARCH_WINDOW = 500;

/** Reads the log on the server. All throw StoreUnavailable, StoreAccessDenied or StoreUnreadable. */
export class ServerLog {
  private readonly ids = new KnownIds();

  constructor(private readonly connection: Connection) {}

  /** The position of the last event on the server, of whatever application. */
  async end(): Promise<Position> {
    const last = await this.last();
    return last ? recorded(last).position : START;
  }

  /** When the server wrote the last event of all, by its own clock; nothing where there is none. */
  async lastWritten(): Promise<Instant | undefined> {
    return (await this.last())?.created.getTime();
  }

  private async last(): Promise<ServerEvent | undefined> {
    const last = this.connection.read<ServerMessage>((client, options) => client.readLast(options));
    let found: ServerEvent | undefined;
    for await (const { event } of last) found ??= event;
    return found;
  }

  async *stream(name: string, { direction = 'forward', from, limit }: ReadOptions = {}): AsyncGenerator<RecordedEvent> {
    if (limit === 0) return;
    const part = { backward: direction === 'backward', from: from === undefined ? from : BigInt(from), limit };
    const read = this.connection.read<ServerMessage>((client, options) => client.readStream(name, part, options));
    for await (const { event } of read) if (event) yield recorded(event);
  }

  /** Reads what came to the stream since it was looked through last. */
  async find(stream: string, id: string): Promise<RecordedEvent | undefined> {
    const { next, revisions } = this.ids.of(stream);
    for await (const event of this.stream(stream, { from: next })) this.ids.learn(stream, event);
    const revision = revisions.get(id);
    if (revision === undefined) return undefined;
    let found: RecordedEvent | undefined;
    for await (const event of this.stream(stream, { from: revision, limit: 1 })) found = event;
    if (found?.id === id) return found;
    this.ids.forget(stream); // it has been deleted, and perhaps begun again
    return undefined;
  }

  /** What passes the filter, after a position, up to the end as it is now. @throws UnknownPosition */
  async *all(after: Position, filter: EventFilter): AsyncGenerator<RecordedEvent> {
    const end = await this.endAfter(after);
    for (let at = after; compare(at, end) < 0;) {
      try {
        for await (const event of this.upTo(end, at, filter)) {
          at = event.position;
          yield event;
        }
        return;
      } catch (error) {
        if (!isTooSlow(error)) throw error;
      }
    }
  }

  private async *upTo(end: Position, after: Position, filter: EventFilter): AsyncGenerator<RecordedEvent> {
    for await (const message of this.follow(after, filter, this.connection.patience)) {
      if (message === CAUGHT_UP) return;
      const event = eventIn(message);
      if (event && compare(event.position, end) > 0) return;
      if (event) yield event;
    }
    throw new ServerUnavailable('The event server broke off while the log was read. Try again.');
  }

  /** The end of the log, which a position does not lie beyond. @throws UnknownPosition: what came there would be skipped */
  async endAfter(position: Position): Promise<Position> {
    placeOf(position);
    const end = await this.end();
    if (compare(position, end) > 0) throw new UnknownPosition(position);
    return end;
  }

  /** Everything after a position that passes the filter, and on, as it comes. Reading `$all` knows no filter. */
  follow(
    after: Position,
    { streamPrefixes }: EventFilter,
    patience: number,
    inSilence?: () => Promise<void>,
  ): Arrivals<ServerMessage> {
    // What the server says of how far it has come may be wrong, and is never relied upon.
    const signOfLife = (): void => {
      arrivals.signOfLife();
    };
    const place = after === START ? undefined : placeOf(after);
    const part = { after: place, prefixes: streamPrefixes, searchWindow: SEARCH_WINDOW, signOfLife };
    const arrivals = this.connection.open<ServerMessage>(
      (client, options) => client.follow(part, options),
      patience,
      inSilence,
    );
    return arrivals;
  }
}

export const eventIn = ({ event }: ServerMessage): RecordedEvent | undefined => event && recorded(event);
