import { EmbeddedKeyRing } from '../personal-data/embedded-key-ring.js';
import { type MasterKey, masterKeyFrom } from '../personal-data/master-key.js';
import { SharedKeyRing } from '../personal-data/shared-key-ring.js';
import type { Clock } from '../store/clock.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import type { ReadableStore } from './open-store.js';
import type { Settings } from './settings.js';

/** The keys to personal data. */
export interface OpenKeys {
  readonly keys: EmbeddedKeyRing | SharedKeyRing;
  readonly masterKey: MasterKey;
}

/** Whether there are keys with a log already. @throws StoreUnavailable, StoreAccessDenied */
export const areKeysWith = async (store: ReadableStore, { dataDir, streamPrefix }: Settings): Promise<boolean> =>
  store instanceof EmbeddedEventStore ? EmbeddedKeyRing.isIn(dataDir) : SharedKeyRing.isIn(store, streamPrefix);

/**
 * The keys that go with a log: in the data folder, or on the event server, where every instance shares them.
 * @throws UnusableMasterKey, WrongMasterKey, StoreUnreadable, StoreUnavailable, StoreAccessDenied
 */
export const openKeys = (settings: Settings, store: ReadableStore, clock: Clock): Promise<OpenKeys> =>
  keysOf(settings, store, clock, (folder, master) => EmbeddedKeyRing.open(folder, master));

/** The same, to be read only. */
export const openKeysToRead = (settings: Settings, store: ReadableStore, clock: Clock): Promise<OpenKeys> =>
  keysOf(settings, store, clock, (folder, master) => EmbeddedKeyRing.openReadOnly(folder, master));

const keysOf = async (
  settings: Settings,
  store: ReadableStore,
  clock: Clock,
  openIn: (folder: string, master: MasterKey['key']) => EmbeddedKeyRing,
): Promise<OpenKeys> => {
  const { dataDir, streamPrefix, masterKey: source = {}, issuer } = settings;
  const isLocked = await areKeysWith(store, settings);
  const masterKey = masterKeyFrom(source, { dataDir, isLocked, mustBeApart: issuer !== undefined });
  const keys =
    store instanceof EmbeddedEventStore
      ? openIn(dataDir, masterKey.key)
      : await SharedKeyRing.open(store, streamPrefix, masterKey.key, clock);
  return { keys, masterKey };
};
