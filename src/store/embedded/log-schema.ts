import type { FileSchema } from './database-file.js';

const streamsAndEvents = `
  CREATE TABLE streams (
    stream_key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream_key INTEGER NOT NULL REFERENCES streams,
    revision INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;

  CREATE UNIQUE INDEX events_by_revision ON events (stream_key, revision);
  CREATE UNIQUE INDEX events_by_id ON events (stream_key, event_id);

  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;`;

/** What is true of the log as a whole: which log it is, and of which kind. */
const facts = `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO facts VALUES ('id', lower(hex(randomblob(16))));`;

/** Keeps programs from the log that know of no chain: what they wrote would hang in none. */
const chained = '/* Nothing but the version changes. */';

/** `log.db`. A migration is never edited once released: add one. An acknowledged append survives a power cut. */
export const LOG: FileSchema = {
  applicationId: 0x43574c47, // "CWLG"
  migrations: [streamsAndEvents, facts, chained],
  pragmas: 'PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;',
};
