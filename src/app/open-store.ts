import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import type { StoreKind } from '../store/embedded/log-facts.js';
import { clientOf } from '../store/eventstoredb/client.js';
import { EventStoreDbEventStore } from '../store/eventstoredb/eventstoredb-event-store.js';
import { beginLog, logIdentity, mustBeWhole } from '../store/log-stream.js';
import { removePrints } from '../web/review-pack/chromium.js';
import { HeldServerStore } from './held-server-store.js';
import type { Settings } from './settings.js';

/** The log, and its DATA_DIR, held by this process alone. */
export type OpenStore = EmbeddedEventStore | HeldServerStore;

export type ReadableStore = EmbeddedEventStore | EventStoreDbEventStore;

/**
 * The log that the settings name, for reading and writing. What a print left that was killed is removed.
 * @param kind what it is or comes to be; without it, it is taken as it is
 * @throws StoreInUse, StoreUnreadable (also of a log that was restored in part), StoreUnavailable, StoreKindMismatch
 */
export const openStore = async (settings: Settings, kind?: StoreKind): Promise<OpenStore> => {
  const store = await openStoreToRestore(settings, kind);
  return unlessFails(store, async () => {
    await mustBeWhole(store, settings.streamPrefix);
    removePrints(settings.dataDir);
  });
};

/**
 * The same, whether it is whole or not. On an event server all data count as real.
 */
export const openStoreToRestore = async (settings: Settings, kind?: StoreKind): Promise<OpenStore> => {
  const { server, dataDir, streamPrefix } = settings;
  if (server) {
    return HeldServerStore.open(dataDir, server, streamPrefix);
  }
  const store = EmbeddedEventStore.open(dataDir);
  return unlessFails(store, () => {
    if (kind) store.declareKind(kind);
  });
};

/** The same log for reading only, beside the process that holds it. @throws StoreUnavailable, StoreUnreadable */
export const openStoreToRead = async (settings: Settings): Promise<ReadableStore> => {
  const { server, dataDir, streamPrefix } = settings;
  if (!server) return whole(EmbeddedEventStore.openReadOnly(dataDir), settings);
  return whole(new EventStoreDbEventStore(server, await clientOf(server.client), streamPrefix), settings);
};

const whole = <T extends ReadableStore>(store: T, { streamPrefix }: Settings): Promise<T> =>
  unlessFails(store, () => mustBeWhole(store, streamPrefix));

/** The store, closed where what is to be done with it first fails. */
const unlessFails = async <T extends ReadableStore>(store: T, first: () => Promise<void> | void): Promise<T> => {
  try {
    await first();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};

/**
 * Tells the log from every other.
 * @param begin the log on a server, where nobody has yet; otherwise such a log is told by an empty id
 * @throws StoreUnavailable, StoreAccessDenied
 */
export const identityOf = async (
  store: ReadableStore,
  { streamPrefix }: Settings,
  begin = false,
): Promise<{ readonly id: string }> => {
  if (store instanceof EmbeddedEventStore) return { id: store.id };
  return { id: begin ? await beginLog(store, streamPrefix) : ((await logIdentity(store, streamPrefix)) ?? '') };
};
