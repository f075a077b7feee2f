import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { EventIdTaken, StoreUnavailable } from '../errors.js';
import { number, openForWriting } from './database-file.js';
import { LOG } from './log-schema.js';
import { LogWriter, type Append } from './log-writer.js';

describe('the writer of the log', () => {
  let folder: string;
  let db: DatabaseSync;
  let writer: LogWriter;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
    db = openForWriting(join(folder, 'log.db'), LOG);
    writer = new LogWriter(db, 'log.db');
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const append = (stream: string, text = 'x', id: string = randomUUID()): Append => ({
    stream,
    expected: 'no-stream',
    rows: [{ id, type: 'T', data: JSON.stringify({ text }), metadata: '{}' }],
  });
  const count = (table: 'events' | 'streams'): number => number(db, `SELECT count(*) FROM ${table}`);
  const fillTheDisk = (): number => number(db, `PRAGMA max_page_count = ${number(db, 'PRAGMA page_count')}`);
  const makeSpace = (): number => number(db, 'PRAGMA max_page_count = 1000000');

  it('on a full disk refuses the whole group, stores none of it, and writes again when there is space', () => {
    writer.write([append('before')]);
    fillTheDisk();
    const group = [append('small'), append('large', 'x'.repeat(100_000)), append('small-too')];
    expect(() => writer.write(group)).toThrow(StoreUnavailable);
    expect(() => writer.write(group)).toThrow(/the disk is full.*Nothing was stored/);
    expect([count('events'), count('streams')]).toEqual([1, 1]);

    makeSpace();
    expect(writer.write(group)).toMatchObject([
      { outcome: 'appended' },
      { outcome: 'appended' },
      { outcome: 'appended' },
    ]);
    expect(count('events')).toBe(4);
  });

  it('stores nothing of a group that fails half-way for any other reason, and writes the next', () => {
    db.exec(`CREATE TEMP TRIGGER failing BEFORE INSERT ON events WHEN NEW.event_id = 'fails'
      BEGIN SELECT RAISE(ABORT, 'for the test'); END`);
    expect(() => writer.write([append('a'), append('b', 'x', 'fails')])).toThrow(StoreUnavailable);
    expect(count('events')).toBe(0);
    expect(writer.write([append('a')])).toMatchObject([{ outcome: 'appended', revision: 0, position: '1' }]);
  });

  it('lets an append see those before it in the same group', () => {
    const first = append('a');
    const outcomes = writer.write([first, { ...append('a'), expected: 0 }, first]);
    expect(outcomes).toMatchObject([
      { outcome: 'appended', revision: 0 },
      { outcome: 'appended', revision: 1 },
      { outcome: 'duplicate', revision: 0, position: '1' },
    ]);
  });

  it('refuses an id that the stream already holds elsewhere, and says where', () => {
    writer.write([append('a', 'x', 'the-id')]);
    const [outcome, other] = writer.write([{ ...append('a', 'y', 'the-id'), expected: 0 }, append('b')]);
    expect(outcome).toBeInstanceOf(EventIdTaken);
    expect(outcome).toMatchObject({ code: 'EVENT_ID_TAKEN', stream: 'a', id: 'the-id', revision: 0 });
    expect(other).toMatchObject({ outcome: 'appended' });
    expect(count('events')).toBe(2);
  });

  it('leaves no way to change or delete an event', () => {
    writer.write([append('a')]);
    expect(() => {
      db.exec(`UPDATE events SET data = '{}'`);
    }).toThrow('events are never changed');
    expect(() => {
      db.exec('DELETE FROM events');
    }).toThrow('events are never deleted');
  });

  it('says that the log is closed', () => {
    const closed = openForWriting(join(folder, 'other.db'), LOG);
    const late = new LogWriter(closed, 'other.db');
    closed.close();
    expect(() => late.write([append('a')])).toThrow(StoreUnavailable);
  });
});
