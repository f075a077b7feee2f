import { isDeepStrictEqual } from 'node:util';
import type { Occurrence } from '../kernel/occurrence.js';
import { ageFactOf } from '../prison/age.js';
import type { Instant } from '../prison/instant.js';
import type { Json } from '../store/event-store.js';
import type { CustodyEventType } from './catalogue/catalogue.js';

/** Something that happened to a person in prison, as it is kept: checked, and in its normal form (docs/events.md). */
export interface CustodyEvent {
  readonly id: string;
  /** The id under which an earlier version may have stored it, where ids were derived in another way then. */
  readonly formerId?: string | undefined;
  readonly type: CustodyEventType;
  /** Left out where the event concerns a member of staff or a feed. */
  readonly prisonNumber?: string;
  /** The prison responsible at that moment. */
  readonly prisonId: string;
  /** When it happened: ISO 8601, as the source wrote it. */
  readonly occurredAt: string;
  /** When it happened: milliseconds since 1970-01-01T00:00:00Z. */
  readonly occurredAtMs: number;
  /** When the source recorded it: ISO 8601. */
  readonly recordedAt: string;
  /** When the source recorded it: milliseconds since 1970-01-01T00:00:00Z. */
  readonly recordedAtMs: number;
  readonly source?: Json;
  readonly recordedBy?: string;
  readonly data: Json;
}

/** The prison numbers that an event is about. */
export const peopleOf = ({ type, prisonNumber, data }: CustodyEvent): string[] => [
  ...(prisonNumber === undefined ? [] : [prisonNumber]),
  ...(type === 'PrisonerRecordsMerged' ? [String(data['removedPrisonNumber'])] : []),
];

/** The event as rules see it. */
export const occurrenceOf = (event: CustodyEvent): Occurrence => ({
  id: event.id,
  type: event.type,
  at: event.occurredAtMs,
  recordedAt: event.recordedAtMs,
  prisonId: event.prisonId,
  prisonNumber: event.prisonNumber,
  source: sourceOf(event),
  data: withAge(event.data, Math.max(event.occurredAtMs, event.recordedAtMs)),
});

/** What is told as rules see it: beside a date of birth, what they may know of it. */
const withAge = (data: Json, toldAt: Instant): Json =>
  data['dateOfBirth'] === undefined ? data : { ...data, ...ageFactOf(data['dateOfBirth'], toldAt) };

/** Withdrawals and merges have no revisions: each stands for itself. */
const WITHOUT_REVISIONS: readonly CustodyEventType[] = ['EventWithdrawn', 'PrisonerRecordsMerged'];

function sourceOf({ type, source }: CustodyEvent): Occurrence['source'] {
  if (source?.id === undefined || WITHOUT_REVISIONS.includes(type)) return undefined;
  return { record: JSON.stringify([type, source.system, source.id]), revision: Number(source.revision ?? 0) };
}

/**
 * Whether two events with the same id say the same. When and by whom it was recorded does not matter: a source that
 * sends an event again often stamps it anew. Nor does the prison of a source's record: it may have been looked up after
 * a move.
 */
export const sameContent = (a: CustodyEvent, b: CustodyEvent): boolean =>
  a.type === b.type &&
  a.prisonNumber === b.prisonNumber &&
  (a.prisonId === b.prisonId || a.source?.id !== undefined) &&
  a.occurredAtMs === b.occurredAtMs &&
  isDeepStrictEqual(a.data, b.data) &&
  isDeepStrictEqual(a.source, b.source);

/** The event as it is sent. */
export function asSent({ id, type, prisonNumber, prisonId, data, ...event }: CustodyEvent): Json {
  const { occurredAt, recordedAt, source, recordedBy } = event;
  return { id, type, prisonNumber, prisonId, occurredAt, recordedAt, source, recordedBy, data };
}
