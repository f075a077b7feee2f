import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/store/embedded/embedded-event-store.js';
import { eventStoreContract } from './event-store.contract.js';
import { inChain, type StoreUnderTest } from './store-under-test.js';

const openStore = (): Promise<StoreUnderTest> => {
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  let store = EmbeddedEventStore.open(folder);
  return Promise.resolve({
    store,
    reopen: async () => {
      await store.close();
      store = EmbeddedEventStore.open(folder);
      return store;
    },
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  });
};

eventStoreContract('the embedded store', openStore);
eventStoreContract('the embedded store with its chain', inChain(openStore));
