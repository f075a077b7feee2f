import { openForWriting } from '../src/store/embedded/database-file.js';
import { EmbeddedEventStore } from '../src/store/embedded/embedded-event-store.js';
import { LOG } from '../src/store/embedded/log-schema.js';

/** The log that is shipped, in memory: whatever holds for it here holds for it on a disk, but for durability. */
export class InMemoryEventStore extends EmbeddedEventStore {
  constructor() {
    const nobodyElse = { announce: () => undefined, release: () => undefined };
    super(':memory:', openForWriting(':memory:', LOG), nobodyElse);
  }
}
