import { type DataKey, type KeyRing, LOG_SUBJECT } from '../personal-data/key-ring.js';
import { KEY_STREAMS } from '../personal-data/key-streams.js';
import { beginChain, type UnchainedLog } from '../store/chain/begin-chain.js';
import { ChainHashes } from '../store/chain/chain-link.js';
import { type ChainRecords, readChainRecords } from '../store/chain/chain-records.js';
import { ChainedEventStore } from '../store/chain/chained-event-store.js';
import type { ChainedLog } from '../store/chain/chained-log.js';
import type { Clock } from '../store/clock.js';
import { StoreUnreadable } from '../store/errors.js';
import type { EventStore } from '../store/event-store.js';

/** A log whose chain has this key. All its streams hang in it but those of keys: keys are destroyed. */
export const chainOn = (store: EventStore, prefix: string, { key }: DataKey): UnchainedLog => ({
  store,
  prefix,
  isChained: (stream) => stream.startsWith(prefix) && !stream.startsWith(prefix + KEY_STREAMS),
  hashes: new ChainHashes(key),
});

/** The key of a chain that has begun; nothing where it is lost. @throws StoreUnavailable, StoreUnreadable */
export const keyOfChain = async ({ begun }: ChainRecords, keys: KeyRing): Promise<DataKey | undefined> => {
  const found = begun && (await keys.find(LOG_SUBJECT, begun.key));
  return typeof found === 'object' ? found : undefined;
};

/**
 * The log with its chain, to be read; nothing where that has not begun: the service has not been started since it knows
 * of one. @throws StoreUnreadable where its key is lost, StoreUnavailable
 */
export const chainToRead = async (
  store: EventStore,
  prefix: string,
  keys: KeyRing,
): Promise<ChainedLog | undefined> => {
  const records = await readChainRecords(store, prefix);
  if (!records.begun) return undefined;
  const key = await keyOfChain(records, keys);
  if (!key)
    throw new StoreUnreadable('The key of the log’s chain is not among its keys: they are of another log, or lost.');
  return { ...chainOn(store, prefix, key), records };
};

/** An empty log that is restored, or one of which a part was, with a chain of its own: appended to in the order of calls. */
export const chainToRestore = async (
  store: EventStore,
  prefix: string,
  keys: KeyRing,
  clock: Clock,
): Promise<ChainedEventStore> => {
  const key = (await keyOfChain(await readChainRecords(store, prefix), keys)) ?? (await keys.current(LOG_SUBJECT));
  const log = chainOn(store, prefix, key);
  const records = await beginChain(log, key.id, () => clock.now());
  return new ChainedEventStore({ ...log, records }, 'one');
};
