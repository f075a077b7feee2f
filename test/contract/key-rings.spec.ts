import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedKeyRing } from '../../src/personal-data/embedded-key-ring.js';
import { InMemoryKeyRing } from '../in-memory-key-ring.js';
import type { KeyRing } from '../../src/personal-data/key-ring.js';
import { SharedKeyRing } from '../../src/personal-data/shared-key-ring.js';
import { EventStoreDbEventStore } from '../../src/store/eventstoredb/eventstoredb-event-store.js';
import { serverAddress } from '../../src/store/eventstoredb/server-address.js';
import { connect } from '../eventstoredb/client-under-test.js';
import { ProtocolServer } from '../eventstoredb/protocol-server.js';
import { newMasterKey } from '../personal-data/keys.js';
import { VirtualClock } from '../virtual-clock.js';
import { keyRingContract, type KeysUnderTest } from './key-ring.contract.js';
import { freshPrefix } from './store-under-test.js';

const nothing = (): void => undefined;

keyRingContract('the ring in memory', () => {
  const ring = new InMemoryKeyRing();
  return Promise.resolve({
    open: () => Promise.resolve(ring),
    aMomentPasses: nothing,
    dispose: () => ring.close(),
  });
});

keyRingContract('the embedded ring', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const master = newMasterKey();
  const rings: KeyRing[] = [];
  return Promise.resolve({
    open: () => {
      const ring = EmbeddedKeyRing.open(folder, master);
      rings.push(ring);
      return Promise.resolve(ring);
    },
    aMomentPasses: nothing,
    dispose: async () => {
      for (const ring of rings) await ring.close();
      rmSync(folder, { recursive: true });
    },
  });
});

const onServer = (url: string, stop: () => void): KeysUnderTest => {
  const [prefix, master, clock] = [freshPrefix(), newMasterKey(), new VirtualClock(0)];
  const stores: EventStoreDbEventStore[] = [];
  return {
    open: () => {
      const store = new EventStoreDbEventStore(serverAddress(url), connect, prefix);
      stores.push(store);
      return SharedKeyRing.open(store, prefix, master, clock);
    },
    aMomentPasses: () => {
      clock.pass(1_000);
    },
    dispose: async () => {
      for (const store of stores) await store.close();
      stop();
    },
  };
};

keyRingContract('the ring on an event server that is played', async () => {
  const server = await ProtocolServer.start();
  return onServer(server.url, () => {
    server.kill();
  });
});

const url = process.env['EVENTSTORE_URL'];
if (url !== undefined) keyRingContract('the ring at EVENTSTORE_URL', () => Promise.resolve(onServer(url, nothing)));
