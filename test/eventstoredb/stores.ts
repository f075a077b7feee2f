import { afterEach } from '@jest/globals';
import { StoreUnavailable } from '../../src/store/errors.js';
import { EventStoreDbEventStore } from '../../src/store/eventstoredb/eventstoredb-event-store.js';
import type { Pacing } from '../../src/store/eventstoredb/pacing.js';
import { serverAddress } from '../../src/store/eventstoredb/server-address.js';
import { connect } from './client-under-test.js';
import { ProtocolServer, type Security } from './protocol-server.js';
import type { ServerSideLog } from './server-side-log.js';

/** Patient with a busy machine, and soon back after a failure. */
const PACING: Pacing = { patience: 5_000, silence: 60_000, firstPause: 5, longestPause: 50 };

/** Does it until it succeeds, as senders do who are told that the log is away. */
export const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
};

/** Servers, and stores on them, that are gone after each test. */
export const onServers = (prefix = 'contract-') => {
  const running: { close(): Promise<void> | void }[] = [];
  afterEach(async () => {
    for (const one of running.splice(0).reverse()) await one.close();
  });

  const server = async (log?: ServerSideLog, security?: Security): Promise<ProtocolServer> => {
    const started = await ProtocolServer.start(log, security);
    running.push({
      close: () => {
        started.kill();
      },
    });
    return started;
  };
  const store = (url: string, pacing: Partial<Pacing> = {}): EventStoreDbEventStore => {
    const opened = new EventStoreDbEventStore(serverAddress(url), connect, prefix, { ...PACING, ...pacing });
    running.push(opened);
    return opened;
  };
  return { server, store };
};
