import type { Instant } from '../../prison/instant.js';
import { logStreamIn } from '../log-stream.js';
import { transact } from '../transact.js';
import { type ChainRecords, chainBegun, type LogAcceptance, NO_RECORDS, readChainRecords } from './chain-records.js';
import { ChainedEventStore } from './chained-event-store.js';
import type { ChainedLog } from './chained-log.js';
import { checkLog } from './log-check.js';

/** A log whose chain may not have begun yet. */
export type UnchainedLog = Omit<ChainedLog, 'records'> & { readonly prefix: string };

/**
 * What the log says of its chain. Where that has not begun, it begins here, with the digest of all that is there; the first
 * of several instances wins.
 * @param key the id of the key of its hashes
 * @param accepted somebody goes on with the log as it is: then the chain begins anew
 * @throws StoreUnavailable, StoreUnreadable
 */
export const beginChain = async (
  log: UnchainedLog,
  key: string,
  now: () => Instant,
  accepted?: LogAcceptance,
): Promise<ChainRecords> => {
  const { store, prefix } = log;
  const unchained = { ...log, records: NO_RECORDS };
  await transact(new ChainedEventStore(unchained), logStreamIn(prefix), async () => {
    const { begun, revision, cuts } = await readChainRecords(store, prefix);
    if (begun && !accepted) return { done: undefined };
    // What was cut off and is still shown goes soon.
    const { mark } = await checkLog({ ...log, records: { ...NO_RECORDS, cuts } });
    const event = chainBegun({ ...mark, key, ...(accepted && { accepted }) }, now());
    return { expected: revision, events: [event], answer: () => undefined };
  });
  return readChainRecords(store, prefix);
};
