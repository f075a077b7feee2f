import { ageFactOf } from '../prison/age.js';
import { toIso } from '../prison/instant.js';
import { ERASED, isUnreadable, membersInClear, type SealedPlace, unopened } from '../personal-data/seals.js';
import type { Json, NewEvent, RecordedEvent } from '../store/event-store.js';
import { UnreadableEvent } from '../store/unreadable-event.js';
import { CATALOGUE } from './catalogue/catalogue.js';
import { isId } from './catalogue/kinds.js';
import type { Occurrence } from '../kernel/occurrence.js';
import { type CustodyEvent, occurrenceOf } from './custody-event.js';
import { isNoPrison } from '../prison/prison-id.js';
import { instantOf } from '../prison/iso-8601.js';
import { inMetadata, type Sender } from './sender.js';
import { subjectOf, streamOf } from './streams.js';
import type { Sealing } from './sealing.js';
import { SCHEMA, upcast } from './upcast.js';

/** A custody event as the log holds it, and when this log learned of it. */
export interface StoredCustodyEvent {
  readonly event: CustodyEvent;
  /** Milliseconds since 1970-01-01T00:00:00Z. Readers use the running maximum along the log (decision 0004). */
  readonly knownAtMs: number;
  /** The client that sent it, where the log says so. */
  readonly client?: string;
  /** The telling that brought it: until that is complete, it does not count. */
  readonly telling?: string;
  /** What rules may know of the date of birth in it, which is sealed (decision 0044). */
  readonly under18Until?: string;
}

/** An event of the log that this program cannot read as a custody event. It must be parked, never skipped. */
export class UnreadableCustodyEvent extends UnreadableEvent {
  readonly code = 'UNREADABLE_CUSTODY_EVENT';
  constructor(recorded: RecordedEvent, why: string) {
    const { stream, revision, type } = recorded;
    super(
      recorded,
      `${stream}@${revision} (${type}) cannot be read as a custody event: ${why}. Was it written by a newer version?`,
    );
  }
}

/** A stored event as rules see it, with the instant since which the log has it. */
export const knownOccurrence = ({ event, knownAtMs, client, under18Until }: StoredCustodyEvent): Occurrence => {
  const occurrence = { ...occurrenceOf(event), knownAt: knownAtMs, sender: client };
  return under18Until === undefined ? occurrence : { ...occurrence, data: { ...occurrence.data, under18Until } };
};

/** The personal members of each type (docs/personal-data.md, "What is personal"). */
const PERSONAL: ReadonlyMap<string, readonly string[]> = new Map(
  [...CATALOGUE].map(([type, { data }]) => [
    type,
    data.members.filter(({ personal }) => personal).map(({ name }) => name),
  ]),
);
const personalOf = (type: string): readonly string[] => PERSONAL.get(type) ?? [];

/** How an event comes into the log. */
interface EventEntry {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly knownAtMs: number;
  readonly sender: Sender;
  /** The telling that brings it, where one does. */
  readonly telling?: string | undefined;
}

/** A custody event, sealed and ready to be written to the log. */
export type SealedCustodyEvent = (entry: EventEntry) => NewEvent;

/**
 * The event as it is written to the log, what is personal in it sealed. Instants in metadata are ISO 8601; `occurredAt`
 * keeps its offset.
 * @param stream where it is to be written; elsewhere it cannot be opened
 * @throws StoreUnavailable, StoreUnreadable when its key cannot be read
 */
export async function toLog(
  event: CustodyEvent,
  { seals, prefix }: Sealing,
  stream = streamOf(prefix, event),
): Promise<SealedCustodyEvent> {
  const { id, type, prisonNumber, prisonId, occurredAt, occurredAtMs, recordedAt, source, recordedBy } = event;
  const data = await seals.seal(event.data, personalOf(type), placeOf(prefix, stream, id));
  return ({ knownAtMs, sender, telling }) => ({
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
      sender: inMetadata(sender),
      ...(source && { source }),
      ...(recordedBy !== undefined && { recordedBy }),
      ...(telling !== undefined && { telling }),
      ...ageFactOf(event.data['dateOfBirth'], Math.max(occurredAtMs, knownAtMs)),
    },
  });
}

/** What an event takes in the log at most, in bytes: what is sealed grows by a third, and its seal and metadata come on top. */
export const bytesInLog = (event: CustodyEvent, sender: Sender): number =>
  Buffer.byteLength(JSON.stringify(event)) * 1.4 + Buffer.byteLength(JSON.stringify(inMetadata(sender))) + 1024;

/**
 * The event as rules need it: what is personal in it reads as recorded, and stays sealed. In today's shape, whatever it
 * was written in.
 * @throws UnreadableCustodyEvent for a type that is not in the catalogue, a newer schema or metadata that are not ours
 */
export const fromLog = (recorded: RecordedEvent): StoredCustodyEvent =>
  storedEvent(recorded, isObject(recorded.data) ? unopened(recorded.data, personalOf(recorded.type)) : recorded.data);

/**
 * The event with what is personal in it, for those who may read it; `(erased)` in place of what was erased.
 * @throws UnreadableCustodyEvent, BrokenSeal, StoreUnavailable, StoreUnreadable
 */
export async function openedFromLog(recorded: RecordedEvent, { seals, prefix }: Sealing): Promise<StoredCustodyEvent> {
  const place = placeOf(prefix, recorded.stream, recorded.id);
  const data = await seals.reveal(recorded.data, wordsInData(recorded), place);
  const isHidden = hasWordsInMetadata(recorded) && (await seals.lastErasure(place.subject)) !== undefined;
  return storedEvent(isHidden ? withoutWordsInMetadata(recorded) : recorded, data);
}

/** Whether something of the event, opened, could not be read any more. */
export const isPartly = ({ type, data }: CustodyEvent): boolean => isUnreadable(data, personalOf(type));

/** The telling that brought a stored event, where one did. */
export const tellingOf = ({ metadata }: RecordedEvent): string | undefined => (metadata as Partial<Metadata>).telling;

/**
 * Whether words that may be about the person lie in the log in the clear: what is personal and an earlier version did not
 * seal yet, and what one took for a code or an id without looking at it. No erasure reaches them there.
 */
export const isInClear = (recorded: RecordedEvent): boolean =>
  wordsInData(recorded).length > 0 || hasWordsInMetadata(recorded);

/** @param data of the event as they are to be read */
function storedEvent(recorded: RecordedEvent, written: Json): StoredCustodyEvent {
  const entry = CATALOGUE.get(recorded.type);
  if (!entry) throw new UnreadableCustodyEvent(recorded, 'its type is not in the catalogue');
  if (!isObject(written)) throw new UnreadableCustodyEvent(recorded, 'its data are no object');
  const { schema, prisonNumber, prisonId, source, recordedBy, sender, telling, under18Until, ...times } =
    recorded.metadata as Partial<Metadata>;
  if (!schema || schema > SCHEMA) throw new UnreadableCustodyEvent(recorded, `its schema is ${String(schema)}`);
  if (prisonId === undefined) throw new UnreadableCustodyEvent(recorded, 'it has no prisonId');
  if (isNoPrison(prisonId)) throw new UnreadableCustodyEvent(recorded, `${prisonId} is no prison`);
  const [occurredAt, occurredAtMs] = instantIn(recorded, 'occurredAt', times.occurredAt);
  const [recordedAt, recordedAtMs] = instantIn(recorded, 'recordedAt', times.recordedAt);
  const [, knownAtMs] = instantIn(recorded, 'knownAt', times.knownAt);
  const data = upcast({ type: recorded.type, data: written, schema });
  const when = { occurredAt, occurredAtMs, recordedAt, recordedAtMs };
  const event = { id: recorded.id, type: entry.type, prisonNumber, prisonId, ...when, source, recordedBy, data };
  const told = { ...(sender && { client: sender.client }), ...(telling !== undefined && { telling }) };
  const more = { ...told, ...(under18Until !== undefined && { under18Until }) };
  return { event, knownAtMs, ...more };
}

/** The members in the clear that today's catalogue would seal or refuse. */
function wordsInData({ type, data }: RecordedEvent): string[] {
  const shape = CATALOGUE.get(type)?.data;
  if (!shape || !isObject(data)) return [];
  return membersInClear(data).filter((name) => !shape.takesInClear(name, data[name]));
}

/** What the envelope tells by ids. */
const idsIn = ({ metadata: { source, recordedBy } }: RecordedEvent): unknown[] => {
  const { system, id } = (source ?? {}) as Json;
  return [system, id, recordedBy].filter((value) => value !== undefined);
};

const hasWordsInMetadata = (recorded: RecordedEvent): boolean => !idsIn(recorded).every(isId);

function withoutWordsInMetadata({ metadata, ...recorded }: RecordedEvent): RecordedEvent {
  const hidden = (value: unknown): unknown => (typeof value === 'string' && !isId(value) ? ERASED : value);
  const { source, recordedBy, ...others } = metadata as Partial<Metadata>;
  const ids = source && Object.fromEntries(Object.entries(source).map(([name, value]) => [name, hidden(value)]));
  return { ...recorded, metadata: { ...others, source: ids, recordedBy: hidden(recordedBy) } };
}

const placeOf = (prefix: string, stream: string, id: string): SealedPlace => ({
  subject: subjectOf(prefix, stream),
  stream,
  id,
});

const isObject = (data: unknown): boolean => typeof data === 'object' && data !== null && !Array.isArray(data);

interface Metadata {
  readonly schema: number;
  readonly prisonNumber: string;
  readonly prisonId: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly knownAt: string;
  readonly source: Json;
  readonly recordedBy: string;
  readonly sender: Pick<Sender, 'client'>;
  readonly telling: string;
  readonly under18Until: string;
}

function instantIn(recorded: RecordedEvent, name: string, text: string | undefined): [string, number] {
  const instant = text === undefined ? undefined : instantOf(text);
  if (text === undefined || instant === undefined)
    throw new UnreadableCustodyEvent(recorded, `its ${name} is missing or is no instant`);
  return [text, instant];
}
