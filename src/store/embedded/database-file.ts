import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StoreUnavailable, StoreUnreadable } from '../errors.js';
import { makePrivateFile } from './private-files.js';
import { attempt } from './sqlite-errors.js';

/** What tells one of our files from any other, and how it came to be: the n-th migration leads to version n. */
export interface FileSchema {
  readonly applicationId: number;
  readonly migrations: readonly string[];
  /** Settings of the connection. */
  readonly pragmas: string;
}

/**
 * Opens a file for writing; makes it, and its folder, when missing, for nobody else to read; brings an older version up to
 * date.
 * Looks at the header and the schema only, so that a big file opens as fast as a small one.
 * @throws StoreUnreadable, StoreUnavailable
 */
export const openForWriting = (path: string, schema: FileSchema): DatabaseSync => {
  if (path !== MEMORY)
    attempt(path, () => {
      makePrivateFile(path);
    });
  return opened(path, {}, (db) => {
    const version = versionOf(db, path, schema);
    db.exec(`PRAGMA journal_mode = WAL; ${schema.pragmas}`);
    migrate(db, version, schema);
    tryToWrite(db, schema);
  });
};

/** What SQLite calls a database that is in no file. */
const MEMORY = ':memory:';

/** Opens a file that another process may be writing. @throws StoreUnreadable, StoreUnavailable when there is none yet */
export const openForReading = (path: string, schema: FileSchema): DatabaseSync => {
  if (!existsSync(path)) throw nothingThere(path);
  return openedToRead(path, (db) => {
    const version = versionOf(db, path, schema);
    if (version === 0) throw nothingThere(path);
    if (version < schema.migrations.length)
      throw new StoreUnreadable(
        `${path} is of version ${version}. Start the service once: it brings it up to version ${schema.migrations.length}.`,
      );
  });
};

/** Opens a file of whatever version, which another process may be writing. @throws StoreUnreadable, StoreUnavailable */
export const openedToRead = (path: string, prepare: (db: DatabaseSync) => void = () => undefined): DatabaseSync =>
  opened(path, { readOnly: true, timeout: 5000 }, prepare);

/**
 * Where SQLite finds a database. With a write-ahead log it makes files beside it, also to read it; where it may not, and
 * nobody has it open for writing, it is told that nobody writes.
 * @throws StoreUnavailable where something waits in the write-ahead log
 */
const placeOf = (path: string, readOnly: boolean): string | URL => {
  if (!readOnly || mayWriteIn(dirname(path))) return path;
  // A writer makes it when it opens the file, and takes it away when it closes: until then it may write at any time.
  if (existsSync(`${path}-shm`)) return path;
  const wal = `${path}-wal`;
  if (existsSync(wal) && statSync(wal).size > 0)
    throw new StoreUnavailable(
      `${wal} holds the newest part of it, and nothing can be written there. Copy the folder.`,
    );
  const place = pathToFileURL(path);
  place.searchParams.set('immutable', '1');
  return place;
};

const mayWriteIn = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false; // whatever keeps us from it
  }
};

/**
 * Copies a database, as it is at one instant, while another process may be writing it. What was deleted there is not in the
 * copy, which only its owner may read. @param to a file that is not there yet @throws StoreUnreadable, StoreUnavailable
 */
export const copyDatabase = (path: string, to: string): void => {
  attempt(path, () => {
    makePrivateFile(to);
    const db = openedToRead(path);
    try {
      db.prepare('VACUUM INTO ?').run(to);
    } finally {
      db.close();
    }
  });
};

const nothingThere = (path: string): StoreUnavailable =>
  new StoreUnavailable(`There is no log at ${path}. Start the service or import into it first, or check DATA_DIR.`);

const opened = (
  path: string,
  options: { readOnly?: boolean; timeout?: number },
  prepare: (db: DatabaseSync) => void,
): DatabaseSync =>
  attempt(path, () => {
    const db = new DatabaseSync(placeOf(path, options.readOnly ?? false), options);
    try {
      prepare(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });

/** The version of the schema, 0 for a file without one. @throws StoreUnreadable when it is not ours to touch */
const versionOf = (db: DatabaseSync, path: string, { applicationId, migrations }: FileSchema): number => {
  const version = number(db, 'PRAGMA user_version');
  const ours = number(db, 'PRAGMA application_id') === applicationId;
  const empty = number(db, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (!ours && !empty)
    throw new StoreUnreadable(
      `${path} is a database of another application. Move it away, or choose another DATA_DIR.`,
    );
  if (version > migrations.length)
    throw new StoreUnreadable(
      `${path} is of version ${version}, and this program knows versions up to ${migrations.length}. Use a newer one.`,
    );
  return ours ? version : 0;
};

/** In one transaction: a crash in the middle leaves the older version. */
const migrate = (db: DatabaseSync, version: number, { applicationId, migrations }: FileSchema): void => {
  if (version === migrations.length) return;
  const stamp = `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length};`;
  db.exec(`BEGIN EXCLUSIVE; ${migrations.slice(version).join('\n')} ${stamp} COMMIT`);
};

/** SQLite opens what it may not write for reading, in silence: better found now than at the first append. */
const tryToWrite = (db: DatabaseSync, { migrations }: FileSchema): void => {
  db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${migrations.length}; ROLLBACK`);
};

/** The single number that a query answers with. */
export const number = (db: DatabaseSync, sql: string): number => {
  const row: Record<string, unknown> = db.prepare(sql).get() ?? {};
  return Number(Object.values(row)[0] ?? 0);
};
