import { randomUUID } from 'node:crypto';
import type { Caller } from '../access/caller.js';
import type { NewEvent, RecordedEvent } from '../store/event-store.js';
import type { Access } from './disclosure.js';

/**
 * Who saw or changed what is held about whom (Data Protection Act 2018, s.62). Holds ids and codes only, so that it can
 * stay when the person's data are erased.
 */
export interface AccessRecord {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly kind: Caller['kind'];
  /** User name, or client id of a service. */
  readonly user: string;
  readonly client?: string;
  /** The address that the request came from, as this machine sees it. */
  readonly address: string;
  readonly access: Access;
  /** The operationId of the route. */
  readonly operation: string;
  /** As the caller gave it: a code or a reference. */
  readonly reason?: string;
  readonly prisonNumbers: readonly string[];
}

const TYPE = 'AccessRecorded';
const SCHEMA = 1;

/** With what the names of the streams begin, without the prefix of the service. */
export const ACCESS_STREAMS = 'access-';

/** Streams are named by day, so that a question about some days reads no others. UTC. */
export const dayOf = (at: string): string => at.slice(0, 10);

/** As it goes into the log, under an id of its own. */
export const toStored = (record: AccessRecord): NewEvent => ({
  id: randomUUID(),
  type: TYPE,
  data: { ...record },
  metadata: { schema: SCHEMA, occurredAt: record.at, recordedAt: record.at, knownAt: record.at },
});

/** Whether this version knows events of this type; what a later one wrote there is no record. */
export const isAccessRecord = ({ type }: Pick<RecordedEvent, 'type'>): boolean => type === TYPE;

/** As it comes out of the log. Only {@link toStored} writes these streams. */
export const fromStored = ({ data }: Pick<RecordedEvent, 'data'>): AccessRecord => data as unknown as AccessRecord;
