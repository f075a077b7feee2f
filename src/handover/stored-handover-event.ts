import { v5 as uuidv5 } from 'uuid';
import { unopened } from '../personal-data/seals.js';
import type { NewEvent, RecordedEvent } from '../store/event-store.js';
import type { HandoverEvent } from './handover-events.js';

/** Never change it: the ids of all events of hand-overs hang on it. */
const NAMESPACE = '0f1a4d0b-5c5e-4a83-9d60-6f0d7ce4b1a2';
const SCHEMA = 1;

/** The streams of all prisons' hand-overs begin with this, after the prefix of the service. */
export const HANDOVER_STREAMS = 'handover-';

/** The hand-overs of one prison, without the prefix of the service. */
export const handoverStreamOf = (prisonId: string): string => HANDOVER_STREAMS + prisonId;

/** As it goes into the log. Sent again, by the same form or the same hand, it is the same event. */
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

/** As it comes out of the log, its note unread: only {@link toStored} writes these streams, so type and data belong together. */
export const fromStored = ({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): HandoverEvent =>
  ({ type, data: unopened(data) }) as unknown as HandoverEvent;
