import { toIso } from '../kernel/instant.js';
import type { Json, NewEvent, RecordedEvent } from '../store/event-store.js';
import { CATALOGUE } from './catalogue/catalogue.js';
import type { CustodyEvent } from './custody-event.js';
import { instantOf } from './instants.js';
import { SCHEMA, upcast } from './upcast.js';

/** A custody event as the log holds it, and when this log learned of it. */
export interface StoredCustodyEvent {
  readonly event: CustodyEvent;
  /** Milliseconds since 1970-01-01T00:00:00Z. Readers use the running maximum along the log. Contract §1. */
  readonly knownAtMs: number;
}

/** An event of the log that this program cannot read as a custody event. It must be parked, never skipped. */
export class UnreadableCustodyEvent extends Error {
  readonly code = 'UNREADABLE_CUSTODY_EVENT';
  constructor({ stream, revision, type }: RecordedEvent, why: string) {
    super(
      `${stream}@${revision} (${type}) cannot be read as a custody event: ${why}. Was it written by a newer version?`,
    );
  }
}

/** The event as it is written to the log. Instants in metadata are ISO 8601; `occurredAt` keeps its offset. */
export function toLog(event: CustodyEvent, knownAtMs: number): NewEvent {
  const { id, type, data, prisonNumber, prisonId, occurredAt, recordedAt, source, recordedBy } = event;
  return {
    id,
    type,
    data,
    metadata: {
      schema: SCHEMA,
      ...(prisonNumber !== undefined && { prisonNumber }),
      prisonId,
      occurredAt,
      recordedAt,
      knownAt: toIso(knownAtMs),
      ...(source && { source }),
      ...(recordedBy !== undefined && { recordedBy }),
    },
  };
}

/**
 * The event as it was written, brought to today's shape.
 * @throws UnreadableCustodyEvent for a type that is not in the catalogue, a newer schema or metadata that are not ours
 */
export function fromLog(recorded: RecordedEvent): StoredCustodyEvent {
  const entry = CATALOGUE.get(recorded.type);
  if (!entry) throw new UnreadableCustodyEvent(recorded, 'its type is not in the catalogue');
  const { schema, prisonNumber, prisonId, source, recordedBy, ...times } = recorded.metadata as Partial<Metadata>;
  if (!schema || schema > SCHEMA) throw new UnreadableCustodyEvent(recorded, `its schema is ${String(schema)}`);
  if (prisonId === undefined) throw new UnreadableCustodyEvent(recorded, 'it has no prisonId');
  const [occurredAt, occurredAtMs] = instantIn(recorded, 'occurredAt', times.occurredAt);
  const [recordedAt, recordedAtMs] = instantIn(recorded, 'recordedAt', times.recordedAt);
  const [, knownAtMs] = instantIn(recorded, 'knownAt', times.knownAt);
  const data = upcast(recorded.type, recorded.data, schema);
  const when = { occurredAt, occurredAtMs, recordedAt, recordedAtMs };
  const event = { id: recorded.id, type: entry.type, prisonNumber, prisonId, ...when, source, recordedBy, data };
  return { event, knownAtMs };
}

interface Metadata {
  readonly schema: number;
  readonly prisonNumber: string;
  readonly prisonId: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly knownAt: string;
  readonly source: Json;
  readonly recordedBy: string;
}

function instantIn(recorded: RecordedEvent, name: string, text: string | undefined): [string, number] {
  const instant = text === undefined ? undefined : instantOf(text);
  if (text === undefined || instant === undefined)
    throw new UnreadableCustodyEvent(recorded, `its ${name} is missing or is no instant`);
  return [text, instant];
}
