import { WriterLock } from '../store/embedded/writer-lock.js';
import { EventStoreDbEventStore } from '../store/eventstoredb/eventstoredb-event-store.js';
import type { ServerAddress } from '../store/eventstoredb/server-address.js';

/** The log on an event server, with a DATA_DIR that no other process uses meanwhile: what is in it is of one instance. */
export class HeldServerStore extends EventStoreDbEventStore {
  private constructor(
    private readonly lock: WriterLock,
    address: ServerAddress,
    prefix: string,
  ) {
    super(address, prefix);
  }

  /** Does not reach for the server yet. @throws StoreInUse, StoreUnavailable: of the folder */
  static open(dataDir: string, address: ServerAddress, prefix: string): HeldServerStore {
    return new HeldServerStore(WriterLock.take(dataDir), address, prefix);
  }

  /** Lets other processes find the service that holds the folder. @throws StoreUnavailable */
  announce(url: string): void {
    this.lock.announce(url);
  }

  override async close(): Promise<void> {
    await super.close();
    this.lock.release();
  }
}
