import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable, StoreUnreadable } from '../errors.js';
import { number, openForReading, openForWriting, type FileSchema } from './database-file.js';

const VERSION_1: FileSchema = {
  applicationId: 4711,
  migrations: ['CREATE TABLE notes (note TEXT) STRICT;'],
  pragmas: 'PRAGMA synchronous = FULL;',
};
const VERSION_2: FileSchema = {
  ...VERSION_1,
  migrations: [...VERSION_1.migrations, `ALTER TABLE notes ADD COLUMN author TEXT DEFAULT 'nobody';`],
};
const BROKEN_VERSION_2: FileSchema = {
  ...VERSION_1,
  migrations: [...VERSION_1.migrations, `DELETE FROM notes; INSERT INTO no_such_table VALUES (1);`],
};

describe('a database file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
    path = join(folder, 'deeper', 'file.db');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const written = (schema: FileSchema, sql = ''): void => {
    const db = openForWriting(path, schema);
    db.exec(sql);
    db.close();
  };
  const foreign = (bytes: string): void => {
    mkdirSync(join(folder, 'deeper'));
    writeFileSync(path, bytes);
  };

  it('is made with its folder when missing, and then opened as it is', () => {
    written(VERSION_1, `INSERT INTO notes VALUES ('kept')`);
    const db = openForWriting(path, VERSION_1);
    expect(db.prepare('SELECT note FROM notes').get()).toEqual({ note: 'kept' });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();
  });

  it('of an older version is brought up to date, with what it holds', () => {
    written(VERSION_1, `INSERT INTO notes VALUES ('kept')`);
    const db = openForWriting(path, VERSION_2);
    expect(db.prepare('SELECT * FROM notes').get()).toEqual({ note: 'kept', author: 'nobody' });
    expect(number(db, 'PRAGMA user_version')).toBe(2);
    db.close();
  });

  it('stays as it was when a migration fails', () => {
    written(VERSION_1, `INSERT INTO notes VALUES ('kept')`);
    expect(() => openForWriting(path, BROKEN_VERSION_2)).toThrow(StoreUnavailable);
    const db = openForWriting(path, VERSION_1);
    expect(number(db, 'SELECT count(*) FROM notes')).toBe(1);
    db.close();
  });

  it.each([
    [
      'of a newer version',
      () => {
        written(VERSION_2);
      },
      /version 2.*versions up to 1.*newer/,
    ],
    [
      'of another application',
      () => {
        written({ ...VERSION_1, applicationId: 1 });
      },
      /another application/,
    ],
    [
      'that is no database',
      () => {
        foreign('{"not": "a database"}'.repeat(100));
      },
      /not a database/,
    ],
    [
      'that is too short to be a database',
      () => {
        foreign('SQLite');
      },
      /not a database/,
    ],
  ])('%s is left alone and refused by name', (_, prepare, message) => {
    prepare();
    for (const open of [openForWriting, openForReading]) {
      expect(() => open(path, VERSION_1)).toThrow(StoreUnreadable);
      expect(() => open(path, VERSION_1)).toThrow(path);
      expect(() => open(path, VERSION_1)).toThrow(message);
    }
  });

  it('of another application is not even put into another journal mode', () => {
    mkdirSync(join(folder, 'deeper'));
    const theirs = new DatabaseSync(path);
    theirs.exec('CREATE TABLE theirs (x)');
    expect(() => openForWriting(path, VERSION_1)).toThrow(StoreUnreadable);
    expect(theirs.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
    theirs.close();
  });

  it('is not made by a reader, who is told that there is none', () => {
    expect(() => openForReading(path, VERSION_1)).toThrow(StoreUnavailable);
    foreign('');
    expect(() => openForReading(path, VERSION_1)).toThrow(/There is no log/);
  });

  it('of an older version is refused to a reader, who may not change it', () => {
    written(VERSION_1);
    expect(() => openForReading(path, VERSION_2)).toThrow(StoreUnreadable);
    expect(() => openForReading(path, VERSION_2)).toThrow(/Start the service once/);
  });

  it('cannot be where a folder is', () => {
    mkdirSync(path, { recursive: true });
    expect(() => openForWriting(path, VERSION_1)).toThrow(StoreUnavailable);
  });

  // Root may write whatever the folder says.
  (process.getuid?.() === 0 ? it.skip : it)('is read as it goes on by those who may not write beside it', () => {
    const writer = openForWriting(path, VERSION_1);
    chmodSync(join(folder, 'deeper'), 0o555);
    const reader = openForReading(path, VERSION_1);
    writer.exec(`INSERT INTO notes VALUES ('new')`);
    expect(number(reader, 'SELECT count(*) FROM notes')).toBe(1);
    reader.close();
    chmodSync(join(folder, 'deeper'), 0o755);
    writer.close();
  });

  // Root may write whatever the file says.
  (process.getuid?.() === 0 ? it.skip : it)('is refused when it may not be written', () => {
    written(VERSION_1);
    chmodSync(path, 0o444);
    expect(() => openForWriting(path, VERSION_1)).toThrow(StoreUnavailable);
    expect(() => openForWriting(path, VERSION_1)).toThrow(/no right/);
    chmodSync(join(folder, 'deeper'), 0o555);
    expect(() => openForWriting(join(folder, 'deeper', 'new.db'), VERSION_1)).toThrow(/no right/);
    expect(() => openForWriting(join(folder, 'deeper', 'new', 'new.db'), VERSION_1)).toThrow(/no right/);
    chmodSync(join(folder, 'deeper'), 0o755);
  });
});
