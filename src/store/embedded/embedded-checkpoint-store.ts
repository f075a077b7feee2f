import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CheckpointStore } from '../checkpoint-store.js';
import type { Json } from '../event-store.js';
import { openForReading, openForWriting } from './database-file.js';
import { LOCAL } from './local-schema.js';
import { attempt } from './sqlite-errors.js';

/** Checkpoints in `local.db`, in the folder of the log. They count for the log that they were saved for, and no other. */
export class EmbeddedCheckpointStore implements CheckpointStore {
  private readonly loadOne: StatementSync;
  private readonly saveOne: StatementSync;

  private constructor(
    private readonly path: string,
    private readonly db: DatabaseSync,
    private readonly logId: string,
  ) {
    this.loadOne = db.prepare('SELECT checkpoint FROM checkpoints WHERE log_id = ? AND consumer = ?');
    this.saveOne = db.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?)');
  }

  /** Beside the process that saves them. @throws StoreUnavailable when there are none yet, StoreUnreadable */
  static openReadOnly(folder: string, log: { readonly id: string }): EmbeddedCheckpointStore {
    const path = join(folder, 'local.db');
    return new EmbeddedCheckpointStore(path, openForReading(path, LOCAL), log.id);
  }

  /** `log`: the one whose consumers these are. @throws StoreUnavailable, StoreUnreadable (the file may be deleted) */
  static open(folder: string, log: { readonly id: string }): EmbeddedCheckpointStore {
    const path = join(folder, 'local.db');
    return new EmbeddedCheckpointStore(path, openForWriting(path, LOCAL), log.id);
  }

  async load(consumer: string): Promise<Json | undefined> {
    const row = attempt(this.path, () => this.loadOne.get(this.logId, consumer)) as { checkpoint: string } | undefined;
    return Promise.resolve(row && (JSON.parse(row.checkpoint) as Json));
  }

  async save(consumer: string, checkpoint: Json): Promise<void> {
    attempt(this.path, () => this.saveOne.run(this.logId, consumer, JSON.stringify(checkpoint)));
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.db.isOpen) this.db.close();
    return Promise.resolve();
  }
}
