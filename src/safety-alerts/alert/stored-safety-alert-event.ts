import { keySubjectOf } from '../../personal-data/key-ring.js';
import { type SealedPlace, type Seals, unopened } from '../../personal-data/seals.js';
import type { Json, NewEvent, Position, RecordedEvent } from '../../store/event-store.js';
import type { LogMark } from '../../store/snapshot-store.js';
import { ALERT_STREAMS, alertEventIdOf, alertIdOf } from './alert-ids.js';
import { UnknownAlertEvent } from './errors.js';
import { type SafetyAlertEvent, type SafetyAlertEventType, TRANSITIONS } from './safety-alert-events.js';

/**
 * 1: notes in the clear. 2: sealed; what has no seal is read as it is. 3: `useful` is a word; it was true or false.
 * 4: it is about no person. Only such an event says so, so that earlier versions read all others.
 */
const SCHEMA = 4;
const PERSONAL = ['note'];

/**
 * As it goes into the log, at a revision of its stream (named without prefix). `recordedAt` is the writer's instant. The
 * event counts as known from its own instant on, so that it never moves log time.
 */
export function toStored(event: SafetyAlertEvent, stream: string, revision: number, recordedAt: string): NewEvent {
  const alertId = alertIdOf(stream, event.data.episode);
  return {
    id: alertEventIdOf(alertId, event.type, revision),
    type: event.type,
    data: { alertId, ...event.data },
    metadata: {
      schema: isAboutNoPerson(event) ? SCHEMA : 3,
      occurredAt: event.data.at,
      recordedAt,
      knownAt: event.data.at,
    },
  };
}

const isAboutNoPerson = ({ type, data }: SafetyAlertEvent): boolean =>
  type === 'SafetyAlertRaised' && data.prisonNumber === null;

/**
 * As it comes out of the log, its note still sealed.
 * @throws UnknownAlertEvent for a type that is not of this room, a later schema, or an event that names no episode
 */
export function fromStored(recorded: LogMark & Pick<RecordedEvent, 'type' | 'data' | 'metadata'>): SafetyAlertEvent {
  const { type, data, metadata } = recorded;
  const isOurs = !(Number(metadata['schema']) > SCHEMA) && typeof data['episode'] === 'number';
  if (!isKnown(type) || !isOurs) throw new UnknownAlertEvent(recorded);
  return typed(type, inWords(unopened(data)));
}

const inWords = (data: Json): Json =>
  typeof data['useful'] === 'boolean' ? { ...data, useful: data['useful'] ? 'yes' : 'no' } : data;

/** With its note sealed, for whom the alert is about. @throws StoreUnavailable, StoreUnreadable */
export async function withNoteSealed(event: NewEvent, about: StreamAbout, seals: Seals): Promise<NewEvent> {
  return { ...event, data: await seals.seal(event.data, PERSONAL, placeOf(event.id, about)) };
}

/** With its note as it was written, or `(erased)`. @throws BrokenSeal, StoreUnavailable, StoreUnreadable */
export async function withNoteOpened(recorded: RecordedEvent, about: string, seals: Seals): Promise<RecordedEvent> {
  const place = placeOf(recorded.id, { stream: recorded.stream, about });
  return { ...recorded, data: await seals.reveal(recorded.data, PERSONAL, place) };
}

/** The stream in the log, and whom its alert is about: a prison number, or the text that names a key worker. */
interface StreamAbout {
  readonly stream: string;
  readonly about: string;
}

const placeOf = (id: string, { stream, about }: StreamAbout): SealedPlace => ({
  subject: keySubjectOf(about),
  stream,
  id,
});

/** Whether this version knows events of this type. */
export const isKnown = (type: string): type is SafetyAlertEventType => Object.hasOwn(TRANSITIONS, type);

/** Only {@link toStored} writes these streams, so type and data belong together. */
const typed = (type: SafetyAlertEventType, data: Json): SafetyAlertEvent =>
  ({ type, data }) as unknown as SafetyAlertEvent;

/** An event of an alert, or any other. */
interface StreamEvent {
  readonly stream: string;
  readonly data: Json;
}

/** The position in the log on which a decision rests; nothing for an event that has none. */
export const decidedOn = ({ stream, data }: StreamEvent, prefix: string): Position | undefined => {
  const position = stream.startsWith(prefix + ALERT_STREAMS) ? data['decidedOn'] : undefined;
  return typeof position === 'string' ? position : undefined;
};

/** The data of such an event for another log, in which what it rests on has another position. */
export const decidedOnElsewhere = (data: Json, position: Position): Json => ({ ...data, decidedOn: position });
