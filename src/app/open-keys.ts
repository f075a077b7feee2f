import { EmbeddedKeyRing } from '../personal-data/embedded-key-ring.js';
import { masterKeyFrom } from '../personal-data/master-key.js';
import { SharedKeyRing } from '../personal-data/shared-key-ring.js';
import type { Clock } from '../store/clock.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import type { ReadableStore } from './open-store.js';
import type { Settings } from './settings.js';

/** The keys to personal data. */
export interface OpenKeys {
  readonly keys: EmbeddedKeyRing | SharedKeyRing;
  /** Where the master key lies beside what it locks up. */
  readonly masterKeyBeside?: string | undefined;
}

/**
 * The keys that go with a log: in the data folder, or on the event server, where every instance shares them.
 * @throws UnusableMasterKey, WrongMasterKey, StoreUnreadable, StoreUnavailable, StoreAccessDenied
 */
export const openKeys = async (
  { dataDir, streamPrefix, masterKey = {} }: Settings,
  store: ReadableStore,
  clock: Clock,
): Promise<OpenKeys> => {
  if (store instanceof EmbeddedEventStore) {
    const { key, beside } = masterKeyFrom(masterKey, dataDir, EmbeddedKeyRing.isIn(dataDir));
    return { keys: EmbeddedKeyRing.open(dataDir, key), masterKeyBeside: beside };
  }
  const { key, beside } = masterKeyFrom(masterKey, dataDir, await SharedKeyRing.isIn(store, streamPrefix));
  return { keys: await SharedKeyRing.open(store, streamPrefix, key, clock), masterKeyBeside: beside };
};
