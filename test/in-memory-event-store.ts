import type { DatabaseSync } from 'node:sqlite';
import { openForWriting } from '../src/store/embedded/database-file.js';
import { EmbeddedEventStore } from '../src/store/embedded/embedded-event-store.js';
import { LOG } from '../src/store/embedded/log-schema.js';

/** The log that is shipped, in memory: whatever holds for it here holds for it on a disk, but for durability. */
export class InMemoryEventStore extends EmbeddedEventStore {
  private readonly database: DatabaseSync;

  constructor() {
    const nobodyElse = { announce: () => undefined, release: () => undefined };
    const database = openForWriting(':memory:', LOG);
    super(':memory:', database, nobodyElse);
    this.database = database;
  }

  /** What somebody does who has the file of the log: nothing keeps them from it. */
  tamper(sql: string): void {
    this.database.exec(
      'DROP TRIGGER IF EXISTS events_are_never_changed; DROP TRIGGER IF EXISTS events_are_never_deleted',
    );
    this.database.exec(sql);
  }
}
