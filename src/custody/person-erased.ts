import { v5 } from 'uuid';
import type { KeyErasure } from '../personal-data/key-ring.js';
import type { EventStore, NewEvent, RecordedEvent } from '../store/event-store.js';
import type { Sealing } from './sealing.js';
import { subjectOf } from './streams.js';
import { SCHEMA } from './upcast.js';

/** Why a person's data were destroyed. Codes only: the record of an erasure must not itself need erasing. */
export const ERASURE_REASONS = ['RETENTION_EXPIRED', 'ERASURE_REQUESTED', 'COURT_ORDER', 'RECORDED_IN_ERROR'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/** Never change it: with it the record of an erasure is the same event, however often it is written. */
const NAMESPACE = '7c0d3a52-1f1e-4f43-8f0a-6f0c3b1f6f11';
const PERSON_ERASED = 'PersonErased';

/** False for notes of the service itself in a person's stream: nothing happened to the person. */
export const isCustodyEvent = ({ type }: Pick<RecordedEvent, 'type'>): boolean => type !== PERSON_ERASED;

/** The record of an erasure, in the clear, for the person's stream. It names the person by the prison number only. */
export const personErased = ({ id, reason, by, at, confirmed }: KeyErasure, prisonNumber: string): NewEvent => ({
  id: recordIdOf(id),
  type: PERSON_ERASED,
  data: { reason, by, at, ...(confirmed && { confirmed }) },
  metadata: { schema: SCHEMA, prisonNumber, occurredAt: at, recordedAt: at, knownAt: at },
});

/** Whether the person of a stored event was erased after it was stored. @throws StoreUnavailable, StoreUnreadable */
export async function wasErasedSince(
  { stream, revision }: RecordedEvent,
  store: EventStore,
  { seals, prefix }: Sealing,
): Promise<boolean> {
  const erased = await seals.lastErasure(subjectOf(prefix, stream));
  if (!erased) return false;
  // The key is destroyed before the record is written: until then everything counts as written before.
  const record = await store.findEvent(stream, recordIdOf(erased.id));
  return record === undefined || revision < record.revision;
}

const recordIdOf = (erasureId: string): string => v5(erasureId, NAMESPACE);
