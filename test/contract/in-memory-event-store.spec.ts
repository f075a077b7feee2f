import { InMemoryEventStore } from '../in-memory-event-store.js';
import { eventStoreContract } from './event-store.contract.js';

eventStoreContract('the log of the tests', () => {
  const store = new InMemoryEventStore();
  return Promise.resolve({
    store,
    // It ends with its process: there is nothing to open again.
    reopen: () => Promise.resolve(store),
    dispose: () => store.close(),
  });
});
