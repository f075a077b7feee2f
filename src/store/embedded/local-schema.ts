import type { FileSchema } from './database-file.js';

const checkpoints = `
  CREATE TABLE checkpoints (
    log_id TEXT NOT NULL,
    consumer TEXT NOT NULL,
    checkpoint TEXT NOT NULL,
    PRIMARY KEY (log_id, consumer)
  ) STRICT, WITHOUT ROWID;`;

/** How the log was left whose streams begin with a prefix. */
const logStates = `
  CREATE TABLE log_states (
    prefix TEXT PRIMARY KEY,
    log_id TEXT NOT NULL,
    up_to TEXT NOT NULL,
    events INTEGER NOT NULL,
    digest TEXT NOT NULL,
    keys INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`;

/** `local.db`: an older state of it repeats work and finds less, so it need not survive a power cut. */
export const LOCAL: FileSchema = {
  applicationId: 0x43574c43, // "CWLC"
  migrations: [checkpoints, logStates],
  pragmas: 'PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL;',
};
