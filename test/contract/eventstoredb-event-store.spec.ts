import { EventStoreDbEventStore } from '../../src/store/eventstoredb/eventstoredb-event-store.js';
import { serverAddress } from '../../src/store/eventstoredb/server-address.js';
import { connect } from '../eventstoredb/client-under-test.js';
import { ProtocolServer } from '../eventstoredb/protocol-server.js';
import { eventStoreContract } from './event-store.contract.js';
import { inChain, type StoreUnderTest } from './store-under-test.js';

const onServer = (url: string, stop: () => void): StoreUnderTest => {
  const open = (): EventStoreDbEventStore => new EventStoreDbEventStore(serverAddress(url), connect, 'contract-');
  let store = open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = open();
      return store;
    },
    dispose: async () => {
      await store.close();
      stop();
    },
  };
};

const played = async (): Promise<StoreUnderTest> => {
  const server = await ProtocolServer.start();
  return onServer(server.url, () => {
    server.kill();
  });
};

eventStoreContract('EventStoreDB, played by a server that speaks its protocol', played);
eventStoreContract('EventStoreDB, played, with its chain', inChain(played));

const url = process.env['EVENTSTORE_URL'];
if (url !== undefined) {
  const there = () => Promise.resolve(onServer(url, () => undefined));
  eventStoreContract('the event server at EVENTSTORE_URL', there);
  eventStoreContract('the event server at EVENTSTORE_URL, with its chain', inChain(there));
}
