import { randomUUID } from 'node:crypto';
import type { Caller } from '../access/caller.js';
import type { PrisonList } from '../access/prisons.js';
import type { NewEvent, RecordedEvent } from '../store/event-store.js';

/** What is told of, besides who saw whom. */
export const SECURITY_EVENT_KINDS = [
  'signed-in',
  'signed-out',
  'sign-in-refused',
  'token-refused',
  'role-refused',
  /** Somebody was looked for, by prison number or alert, whom the caller may not see or who is not there. */
  'look-refused',
  'form-refused',
  'host-refused',
  'rate-limited',
  'rights-changed',
  'sessions-ended',
] as const;
export type SecurityEventKind = (typeof SECURITY_EVENT_KINDS)[number];

/** Somebody was refused, came or went, or may do something else than before. Holds ids and codes only. */
export interface SecurityEvent {
  /** ISO 8601, UTC: of the first, where several are told of at once. */
  readonly at: string;
  readonly kind: SecurityEventKind;
  readonly by: Caller['kind'] | 'stranger';
  /** User name, or client id of a service. */
  readonly user?: string;
  readonly client?: string;
  /** Of the first, as this machine sees it; `several` where there were too many to tell apart. */
  readonly address: string;
  /** The code of what the caller was told. */
  readonly code?: string;
  /** The user whose sessions were ended. */
  readonly sessionsOf?: string;
  /** Whom they looked for, of those of whom there are not too many. */
  readonly prisonNumbers: readonly string[];
  /** Where the caller works, for who may read this. */
  readonly prisons: PrisonList;
  /** How many are told of at once. */
  readonly count: number;
}

const TYPE = 'SecurityEventRecorded';
const SCHEMA = 1;

/** As it goes into the log, under an id of its own. */
export const securityEventToStored = (event: SecurityEvent): NewEvent => ({
  id: randomUUID(),
  type: TYPE,
  data: { ...event },
  metadata: { schema: SCHEMA, occurredAt: event.at, recordedAt: event.at, knownAt: event.at },
});

export const isSecurityEvent = ({ type }: Pick<RecordedEvent, 'type'>): boolean => type === TYPE;

/** As it comes out of the log. Only {@link securityEventToStored} writes these. */
export const securityEventFromStored = ({ data }: Pick<RecordedEvent, 'data'>): SecurityEvent =>
  data as unknown as SecurityEvent;
