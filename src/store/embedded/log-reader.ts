import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { InTurns, nextTurn } from '../../prison/next-turn.js';
import { UnknownPosition } from '../errors.js';
import { START, type EventFilter, type Json, type Position } from '../event-store.js';
import type { ReadOptions, RecordedEvent } from '../event-store.js';
import { objectOrEmpty } from '../event-texts.js';
import { countOf, positionOf } from './positions.js';
import { attempt } from './sqlite-errors.js';

interface LogRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** Rows read in one go: the event loop is free between pages, and no read holds up the writer. */
const PAGE = 1000;
/** Streams found in one go. */
const STREAMS = 100;

const SELECT = `SELECT position, name AS stream, events.revision, event_id AS id, type, data, metadata
  FROM events JOIN streams USING (stream_key)`;

/** Reads the log in pages. Everything it returns is committed. All throw StoreUnreadable or StoreUnavailable. */
export class LogReader {
  private readonly lastPosition: StatementSync;
  private readonly byPosition: StatementSync;
  private readonly lastRevision: StatementSync;
  private readonly forward: StatementSync;
  private readonly backward: StatementSync;
  private readonly byId: StatementSync;
  private readonly named: StatementSync;

  constructor(
    db: DatabaseSync,
    private readonly path: string,
  ) {
    this.lastPosition = db.prepare('SELECT max(position) AS count FROM events');
    this.byPosition = db.prepare(`${SELECT} WHERE position > ? AND position <= ? ORDER BY position`);
    this.lastRevision = db.prepare('SELECT revision FROM streams WHERE name = ?');
    const ofStream = `${SELECT} WHERE name = ? AND events.revision BETWEEN ? AND ? ORDER BY events.revision`;
    this.forward = db.prepare(ofStream);
    this.backward = db.prepare(`${ofStream} DESC`);
    this.named = db.prepare(`SELECT name FROM streams WHERE name >= ? AND name < ? ORDER BY name LIMIT ${STREAMS}`);
    this.byId = db.prepare(`${SELECT} WHERE name = ? AND event_id = ?`);
  }

  /** How many events the log holds: the count of the last one. */
  end(): number {
    return attempt(this.path, () => (this.lastPosition.get() as { count: number | null }).count ?? 0);
  }

  /** Where to go on after a position. @throws UnknownPosition beyond the end: what came there would be skipped */
  after(position: Position = START): number {
    const count = countOf(position);
    if (count > this.end()) throw new UnknownPosition(position);
    return count;
  }

  /** The events of the page after a count that pass the filter, and the count that the page ends at. */
  page(after: number, end: number, filter?: EventFilter): { readonly events: RecordedEvent[]; readonly upTo: number } {
    const upTo = Math.min(after + PAGE, end);
    const rows = this.rows(this.byPosition, after, upTo);
    const matching = filter ? rows.filter(({ stream }) => passes(stream, filter)) : rows;
    return { events: matching.map((row) => this.recorded(row)), upTo };
  }

  async *all(from: Position | undefined, filter?: EventFilter): AsyncGenerator<RecordedEvent> {
    const end = this.end();
    for (let after = this.after(from); after < end;) {
      const { events, upTo } = this.page(after, end, filter);
      yield* events;
      after = upTo;
      await nextTurn();
    }
  }

  async *stream(name: string, options: ReadOptions = {}): AsyncGenerator<RecordedEvent> {
    const { direction = 'forward', limit = Infinity } = options;
    const last =
      attempt(this.path, () => this.lastRevision.get(name) as { revision: number } | undefined)?.revision ?? -1;
    const backward = direction === 'backward';
    const from = backward ? Math.min(options.from ?? last, last) : (options.from ?? 0);
    const to = backward ? Math.max(0, from - limit + 1) : Math.min(last, from + limit - 1);
    yield* backward ? this.down(name, from, to) : this.up(name, from, to);
  }

  async *streams(from: string, until: string): AsyncGenerator<RecordedEvent> {
    const turns = new InTurns(PAGE);
    for (let first = from; ;) {
      const names = attempt(this.path, () => this.named.all(first, until) as { name: string }[]);
      for (const { name } of names)
        for await (const event of this.stream(name)) {
          yield event;
          await turns.did();
        }
      const last = names.at(-1);
      if (!last) return;
      first = `${last.name}\0`;
      await nextTurn();
    }
  }

  find(stream: string, id: string): RecordedEvent | undefined {
    return this.rows(this.byId, stream, id).map((row) => this.recorded(row))[0];
  }

  private async *up(name: string, from: number, to: number): AsyncGenerator<RecordedEvent> {
    for (let first = from; first <= to; first += PAGE) {
      if (first > from) await nextTurn();
      const rows = this.rows(this.forward, name, first, Math.min(to, first + PAGE - 1));
      for (const row of rows) yield this.recorded(row);
    }
  }

  private async *down(name: string, from: number, to: number): AsyncGenerator<RecordedEvent> {
    for (let first = from; first >= to; first -= PAGE) {
      if (first < from) await nextTurn();
      const rows = this.rows(this.backward, name, Math.max(to, first - PAGE + 1), first);
      for (const row of rows) yield this.recorded(row);
    }
  }

  private rows(statement: StatementSync, ...parameters: (string | number)[]): LogRow[] {
    return attempt(this.path, () => statement.all(...parameters) as unknown as LogRow[]);
  }

  private recorded({ position, data, metadata, ...row }: LogRow): RecordedEvent {
    return { ...row, position: positionOf(position), data: objectIn(data), metadata: objectIn(metadata) };
  }
}

const objectIn = (text: string): Json => {
  try {
    return objectOrEmpty(JSON.parse(text));
  } catch {
    return {}; // it is no JSON any more
  }
};

const passes = (stream: string, { streamPrefixes }: EventFilter): boolean =>
  streamPrefixes.some((prefix) => stream.startsWith(prefix));
