import { WriterLock } from '../store/embedded/writer-lock.js';
import { EventStoreDbEventStore } from '../store/eventstoredb/eventstoredb-event-store.js';
import { clientOf } from '../store/eventstoredb/client.js';
import type { ServerAddress } from '../store/eventstoredb/server-address.js';
import type { Connect } from '../store/eventstoredb/server-client.js';

/** The log on an event server, with a DATA_DIR that no other process uses meanwhile: what is in it is of one instance. */
export class HeldServerStore extends EventStoreDbEventStore {
  private constructor(
    private readonly lock: WriterLock,
    address: ServerAddress,
    connect: Connect,
    prefix: string,
  ) {
    super(address, connect, prefix);
  }

  /** Does not reach for the server yet. @throws StoreInUse, StoreUnavailable: of the folder; ClientNotInstalled */
  static async open(dataDir: string, address: ServerAddress, prefix: string): Promise<HeldServerStore> {
    const connect = await clientOf(address.client);
    return new HeldServerStore(WriterLock.take(dataDir), address, connect, prefix);
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
