import type { FileSchema } from '../store/embedded/database-file.js';

/**
 * A row stays when its key is destroyed: `wrapped` is emptied and `erasure` says when and why. `facts` holds the proof that
 * a master key is the right one.
 */
const keys = `
  CREATE TABLE keys (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    wrapped BLOB,
    erasure TEXT,
    CHECK ((wrapped IS NULL) = (erasure IS NOT NULL))
  ) STRICT;

  CREATE INDEX keys_by_subject ON keys (subject);
  CREATE UNIQUE INDEX one_key_at_a_time ON keys (subject) WHERE wrapped IS NOT NULL;
  CREATE INDEX erased_keys ON keys (number) WHERE wrapped IS NULL;

  CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;`;

/** `keys.db`. What is overwritten is overwritten with zeros, and a key is on disk before anything is sealed with it. */
export const KEYS: FileSchema = {
  applicationId: 0x43574b59, // "CWKY"
  migrations: [keys],
  pragmas: 'PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;',
};
