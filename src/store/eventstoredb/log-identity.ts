import { randomUUID } from 'node:crypto';
import { WrongExpectedRevision } from '../errors.js';
import type { EventStore } from '../event-store.js';

const streamIn = (prefix: string): string => `${prefix}log`;

/**
 * Tells this log from every other, also from one that took its place on the same server: the id of the one event in its
 * stream `log`. Nothing while nobody has begun it. @throws StoreUnavailable, StoreAccessDenied
 */
export const logIdentity = async (store: EventStore, prefix: string): Promise<string | undefined> => {
  for await (const { id } of store.readStream(streamIn(prefix), { limit: 1 })) return id;
  return undefined;
};

/** The same, and begins the log where nobody has. The first of several instances wins. */
export const beginLog = async (store: EventStore, prefix: string): Promise<string> => {
  const known = await logIdentity(store, prefix);
  if (known !== undefined) return known;
  const id = randomUUID();
  try {
    await store.append(streamIn(prefix), 'no-stream', [{ id, type: 'LogBegun', data: {}, metadata: {} }]);
    return id;
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return beginLog(store, prefix);
    throw error;
  }
};
