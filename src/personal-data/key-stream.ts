import type { ExpectedRevision, Json, NewEvent, RecordedEvent } from '../store/event-store.js';
import type { Erasure } from './key-ring.js';

const MADE = 'KeyMade';
const DESTROYED = 'KeyDestroyed';

/** A key that has been destroyed. */
export interface DestroyedKey extends Erasure {
  readonly id: string;
  /** The key itself lies in the files of the event server until they are scavenged. */
  readonly toScavenge: boolean;
}

/** What the stream of a subject comes to. */
export interface SubjectKeys {
  readonly revision: ExpectedRevision;
  /** Base64 of the key as it is locked with the master key. */
  readonly live?: { readonly id: string; readonly wrapped: string } | undefined;
  /** Every key that there ever was before, in the order in which they were destroyed. */
  readonly destroyed: readonly DestroyedKey[];
  /** What the stream must be truncated before, and is not: a process died on the way. */
  readonly exposedBefore?: number | undefined;
}

export const NO_KEYS: SubjectKeys = { revision: 'no-stream', destroyed: [] };

/** The keys after one more event of their stream. */
export const withEvent = (keys: SubjectKeys, { type, revision, data }: RecordedEvent): SubjectKeys => {
  if (type === MADE) return { ...keys, revision, live: data as unknown as SubjectKeys['live'] };
  if (type !== DESTROYED) return { ...keys, revision };
  const { erasures } = data as { readonly erasures: readonly DestroyedKey[] };
  const isFirst = keys.revision === 'no-stream';
  return { revision, destroyed: erasures, exposedBefore: isFirst ? undefined : revision };
};

/** The key, locked. The event has the key's own id. */
export const keyMade = (id: string, wrapped: string): NewEvent => event(id, MADE, { id, wrapped });

/** Holds all that were destroyed, since whatever comes before it in its stream goes. */
export const keyDestroyed = (id: string, erasures: readonly DestroyedKey[]): NewEvent =>
  event(id, DESTROYED, { erasures });

const event = (id: string, type: string, data: Json): NewEvent => ({ id, type, data, metadata: {} });
