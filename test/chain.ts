import { createSecretKey } from 'node:crypto';
import { beginChain } from '../src/store/chain/begin-chain.js';
import { ChainHashes } from '../src/store/chain/chain-link.js';
import { ChainedEventStore } from '../src/store/chain/chained-event-store.js';
import type { ChainedLog } from '../src/store/chain/chained-log.js';
import type { EventStore } from '../src/store/event-store.js';

export const NOW = Date.parse('2026-11-22T09:00:00Z');
const HASHES = new ChainHashes(createSecretKey(Buffer.alloc(32, 3)));
const KEY = 'the key of the chain';

/** A log whose chain has begun; streams of this prefix hang in it. */
export const chainOn = async (store: EventStore, prefix: string): Promise<ChainedLog> => {
  const isChained = (stream: string): boolean => stream.startsWith(prefix);
  const log = { store, prefix, hashes: HASHES, isChained };
  return { ...log, records: await beginChain(log, KEY, () => NOW) };
};

/** The same, as everybody reads and writes it. */
export const chained = async (store: EventStore, prefix: string): Promise<ChainedEventStore> =>
  new ChainedEventStore(await chainOn(store, prefix));
