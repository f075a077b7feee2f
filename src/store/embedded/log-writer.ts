import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { EventIdTaken, WrongExpectedRevision, type StoreError } from '../errors.js';
import type { AppendResult, ExpectedRevision } from '../event-store.js';
import type { EventText } from '../event-texts.js';
import { attempt } from './sqlite-errors.js';

/** An append with its events already in the form that they are kept in. */
export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly rows: readonly EventText[];
}

/** What became of one append of a group: done, or refused alone. */
export type AppendOutcome = AppendResult | StoreError;

interface Stream {
  readonly stream_key: number;
  readonly revision: number;
}

/** Writes groups of appends: one transaction and one disk flush a group. Each append is checked before it writes. */
export class LogWriter {
  private readonly begin: StatementSync;
  private readonly commit: StatementSync;
  private readonly streamNamed: StatementSync;
  private readonly addStream: StatementSync;
  private readonly moveStream: StatementSync;
  private readonly addEvent: StatementSync;
  private readonly eventAt: StatementSync;
  private readonly revisionOfId: StatementSync;

  constructor(
    private readonly db: DatabaseSync,
    private readonly path: string,
  ) {
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.streamNamed = db.prepare('SELECT stream_key, revision FROM streams WHERE name = ?');
    this.addStream = db.prepare('INSERT INTO streams (name, revision) VALUES (?, ?)');
    this.moveStream = db.prepare('UPDATE streams SET revision = ? WHERE stream_key = ?');
    this.addEvent = db.prepare(
      'INSERT INTO events (stream_key, revision, event_id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.eventAt = db.prepare('SELECT position, event_id FROM events WHERE stream_key = ? AND revision = ?');
    this.revisionOfId = db.prepare('SELECT revision FROM events WHERE stream_key = ? AND event_id = ?');
  }

  /**
   * Durable when it returns, in the order given; an append sees those before it. One refused append leaves the others.
   * @throws StoreUnavailable or StoreUnreadable for the group as a whole: then nothing of it was stored
   */
  write(group: readonly Append[]): AppendOutcome[] {
    return attempt(this.path, () => {
      this.begin.run();
      try {
        const outcomes = group.map((append) => this.append(append));
        this.commit.run();
        return outcomes;
      } catch (error) {
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw error;
      }
    });
  }

  private append({ stream, expected, rows }: Append): AppendOutcome {
    const found = this.streamNamed.get(stream) as Stream | undefined;
    const actual = found?.revision ?? -1;
    const believed = expected === 'no-stream' ? -1 : expected;
    if (found && believed < actual) {
      const repeated = this.repeated(found, believed, rows);
      if (repeated) return repeated;
    }
    if (believed !== actual) return new WrongExpectedRevision(stream, expected, found ? actual : 'no-stream');
    return (found && this.taken(stream, found, rows)) ?? this.insert(stream, found, actual, rows);
  }

  /** The same ids, in the same order, right after the expected revision. */
  private repeated(stream: Stream, believed: number, rows: readonly EventText[]): AppendResult | undefined {
    let position = 0;
    for (const [index, { id }] of rows.entries()) {
      const existing = this.eventAt.get(stream.stream_key, believed + 1 + index) as
        { position: number; event_id: string } | undefined;
      if (existing?.event_id !== id) return undefined;
      position = existing.position;
    }
    return { outcome: 'duplicate', revision: believed + rows.length, position: String(position) };
  }

  private taken(name: string, stream: Stream, rows: readonly EventText[]): EventIdTaken | undefined {
    for (const { id } of rows) {
      const existing = this.revisionOfId.get(stream.stream_key, id) as { revision: number } | undefined;
      if (existing) return new EventIdTaken(name, id, existing.revision);
    }
    return undefined;
  }

  private insert(name: string, stream: Stream | undefined, actual: number, rows: readonly EventText[]): AppendResult {
    const revision = actual + rows.length;
    const key = stream?.stream_key ?? this.addStream.run(name, revision).lastInsertRowid;
    if (stream) this.moveStream.run(revision, key);
    let position: number | bigint = 0;
    for (const [index, { id, type, data, metadata }] of rows.entries())
      position = this.addEvent.run(key, actual + 1 + index, id, type, data, metadata).lastInsertRowid;
    return { outcome: 'appended', revision, position: String(position) };
  }
}
