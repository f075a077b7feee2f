import { v5 as uuidv5 } from 'uuid';
import { unopened } from '../personal-data/seals.js';
import type { NewEvent, RecordedEvent } from '../store/event-store.js';
import type { LogMark } from '../store/snapshot-store.js';
import { UnknownHandoverEvent } from './errors.js';
import type { HandoverEvent } from './handover.js';

/** Never change it: the ids of all hand-over events are made with it. */
const NAMESPACE = '0f1a4d0b-5c5e-4a83-9d60-6f0d7ce4b1a2';
const SCHEMA = 1;
const TYPES = new Set<string>(['HandoverWritten', 'HandoverSigned'] satisfies HandoverEvent['type'][]);

/** The streams of all prisons' hand-overs begin with this, after the prefix of the service. */
export const HANDOVER_STREAMS = 'handover-';

/** The hand-overs of one prison, without the prefix of the service. */
export const handoverStreamOf = (prisonId: string): string => HANDOVER_STREAMS + prisonId;

/** As it goes into the log. Sent again, by the same form or signed by the same person, it is the same event. */
export const toStored = (event: HandoverEvent): NewEvent => {
  const { prisonId, number, at, by } = event.data;
  const once = event.type === 'HandoverWritten' ? event.data.requestId : `${number}|${by}`;
  return {
    id: uuidv5(`${handoverStreamOf(prisonId)}|${event.type}|${once}`, NAMESPACE),
    type: event.type,
    data: event.data,
    metadata: { schema: SCHEMA, occurredAt: at, recordedAt: at, knownAt: at },
  };
};

/**
 * As it comes out of the log, its note still sealed: only {@link toStored} writes these streams, so type and data belong
 * together.
 * @throws UnknownHandoverEvent for a type that is not of this room, a later schema, or an event that names no hand-over
 */
export const fromStored = (recorded: LogMark & Pick<RecordedEvent, 'type' | 'data' | 'metadata'>): HandoverEvent => {
  const { type, data, metadata } = recorded;
  const isOurs = !(Number(metadata['schema']) > SCHEMA) && typeof data['number'] === 'number';
  if (!TYPES.has(type) || !isOurs) throw new UnknownHandoverEvent(recorded);
  return { type, data: unopened(data) } as unknown as HandoverEvent;
};
