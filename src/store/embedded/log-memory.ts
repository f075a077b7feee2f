import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { DigestMark } from '../chain/log-digest.js';
import { number, openedToRead, openForWriting } from './database-file.js';
import { LOCAL } from './local-schema.js';
import { attempt } from './sqlite-errors.js';

/** How a log was left. */
export interface LogState extends DigestMark {
  /** The log's id. */
  readonly log: string;
  /** How much was made and destroyed in the ring of keys; 0 where it is not in the folder. */
  readonly keys: number;
}

const WITH_STATES = 2;
const SELECT = 'SELECT prefix, log_id AS log, up_to AS upTo, events, digest, keys FROM log_states';

/** How the log was left, in `local.db` beside it: so that a log that is missing, shorter or another one is noticed. */
export class LogMemory {
  private constructor(
    private readonly folder: string,
    private readonly db: DatabaseSync,
    private readonly prefix: string,
  ) {}

  /** @throws StoreUnavailable, StoreUnreadable */
  static open(folder: string, prefix: string): LogMemory {
    return new LogMemory(folder, openForWriting(localIn(folder), LOCAL), prefix);
  }

  /** How logs were left in a folder, by the prefix of their streams. Touches nothing. @throws StoreUnavailable, StoreUnreadable */
  static statesIn(folder: string): ReadonlyMap<string, LogState> {
    const path = localIn(folder);
    if (!existsSync(path)) return new Map();
    return attempt(path, () => {
      const db = openedToRead(path);
      try {
        const rows = number(db, 'PRAGMA user_version') < WITH_STATES ? [] : db.prepare(SELECT).all();
        return new Map(rows.map(({ prefix, ...state }) => [String(prefix), state as unknown as LogState]));
      } finally {
        db.close();
      }
    });
  }

  /** How the log was left; nothing where none ever was. */
  recall(): LogState | undefined {
    return LogMemory.statesIn(this.folder).get(this.prefix);
  }

  remember({ log, upTo, events, digest, keys }: LogState): void {
    const replace = 'INSERT OR REPLACE INTO log_states VALUES (?, ?, ?, ?, ?, ?)';
    attempt(localIn(this.folder), () => this.db.prepare(replace).run(this.prefix, log, upTo, events, digest, keys));
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }
}

const localIn = (folder: string): string => join(folder, 'local.db');
