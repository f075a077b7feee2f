import { DAY, MINUTE, toIso } from '../prison/instant.js';
import type { Json } from '../store/event-store.js';
import { CATALOGUE, type CatalogueEntry } from './catalogue/catalogue.js';
import type { ShapeReading } from './catalogue/shape.js';
import type { CustodyEvent } from './custody-event.js';
import { ENVELOPE, isObject, SOURCE } from './envelope.js';
import { derivedId, formerlyDerivedId } from './event-id.js';
import { type FieldError, shown, told, type ToldErrors } from '../prison/field-error.js';
import { instantOf } from '../prison/iso-8601.js';
import { nearestName } from '../prison/nearest-name.js';

/** Why an event was refused: what is wrong with it, not only the first thing. */
export interface Refusal extends ToldErrors {
  /** The id it came with, where that could be read. */
  readonly id?: string;
}

export const isRefusal = (reading: CustodyEvent | Refusal): reading is Refusal => 'errors' in reading;

export interface ReadTerms {
  /** Milliseconds since 1970-01-01T00:00:00Z; `Infinity` where no instant is too late (history that was made up). */
  readonly now: number;
  /** What `recordedAt` is by default: `occurredAt` in files, `now` over HTTP. */
  readonly recordedAtDefault: 'occurredAt' | 'now';
}

const AN_OBJECT = 'must be a JSON object: {"type": …, …}';
const NO_LIST = `${AN_OBJECT}, and is a list: send each event by itself, in a file on a line of its own`;

/** Clocks of others may be ahead by so much, in milliseconds: what they tell of the next minutes is taken. */
export const AHEAD_ALLOWED = 5 * MINUTE;
const TYPES = [...CATALOGUE.keys()];
const NOTHING: ShapeReading = { normal: {}, errors: [] };

/** Reads one custody event as it was sent: checked against the catalogue and put into its normal form (docs/events.md). */
export function readCustodyEvent(raw: unknown, terms: ReadTerms): CustodyEvent | Refusal {
  if (!isObject(raw))
    return { errors: [{ field: 'event', value: shown(raw), message: Array.isArray(raw) ? NO_LIST : AN_OBJECT }] };
  const { normal: envelope, errors } = ENVELOPE.read(raw);
  const { type, data = {} } = envelope;
  const entry = typeof type === 'string' ? CATALOGUE.get(type) : undefined;
  const ofType = entry && isObject(data) ? entry.data.read(data, 'data.') : NOTHING;
  const ofSource = isObject(envelope['source']) ? SOURCE.read(envelope['source'], 'source.') : undefined;
  const [occurredAtMs, recordedAtMs] = [instantIn(envelope['occurredAt']), instantIn(envelope['recordedAt'])];
  const problems = [
    ...errors,
    ...problemsOfType(envelope, entry),
    ...(ofSource?.errors ?? []),
    ...ofType.errors,
    ...intoItself(envelope, ofType.normal),
    ...spanOf(ofType.normal),
    ...inTheFuture('occurredAt', envelope, occurredAtMs, terms.now),
    ...inTheFuture('recordedAt', envelope, recordedAtMs, terms.now),
  ];
  if (!entry || occurredAtMs === undefined || problems.length > 0) return refusal(envelope, problems);
  const sent = envelope as unknown as SoundEnvelope;
  const source = ofSource?.normal;
  return custodyEvent({ entry, sent, source, data: ofType.normal, occurredAtMs, recordedAtMs, terms });
}

/** An envelope in which nothing is wrong. */
interface SoundEnvelope {
  readonly id?: string;
  readonly prisonNumber?: string;
  readonly prisonId: string;
  readonly occurredAt: string;
  readonly recordedAt?: string;
  readonly recordedBy?: string;
}

/** Everything that an event is made of. */
interface EventParts {
  readonly entry: CatalogueEntry;
  readonly sent: SoundEnvelope;
  readonly source: Json | undefined;
  readonly data: Json;
  readonly occurredAtMs: number;
  readonly recordedAtMs: number | undefined;
  readonly terms: ReadTerms;
}

function custodyEvent({ entry, sent, source, data, occurredAtMs, recordedAtMs, terms }: EventParts): CustodyEvent {
  const { id, prisonNumber, prisonId, occurredAt, recordedAt, recordedBy } = sent;
  const { now, recordedAtDefault } = terms;
  const atOnce = recordedAtDefault === 'occurredAt' || now === Infinity;
  const identity = { prisonNumber, prisonId, occurredAtMs, source, data };
  return {
    id: id ?? derivedId(entry, identity),
    ...(id === undefined && { formerId: formerlyDerivedId(entry, identity) }),
    type: entry.type,
    prisonNumber,
    prisonId,
    occurredAt,
    occurredAtMs,
    recordedAt: recordedAt ?? (atOnce ? occurredAt : toIso(now)),
    recordedAtMs: recordedAtMs ?? (atOnce ? occurredAtMs : now),
    source,
    recordedBy,
    data,
  };
}

function refusal({ id }: Json, errors: readonly FieldError[]): Refusal {
  const refused = told(errors);
  return typeof id === 'string' && !errors.some(({ field }) => field === 'id') ? { id, ...refused } : refused;
}

/** A type that is not in the catalogue; a prison number that is missing, or does not belong to the type. */
function problemsOfType({ type, prisonNumber }: Json, entry: CatalogueEntry | undefined): FieldError[] {
  if (typeof type !== 'string') return [];
  if (!entry) {
    const nearest = nearestName(type.slice(0, 100), TYPES);
    const message = `is not a known type of custody event. ${nearest ? `Did you mean ${nearest}?` : `Known: ${TYPES.join(', ')}`}`;
    return [{ field: 'type', value: shown(type), message }];
  }
  const isAboutPerson = entry.subject === 'person';
  if (isAboutPerson === (prisonNumber !== undefined)) return [];
  const message = isAboutPerson
    ? `is missing: ${type} is about a person, so it needs one, such as A1234BC`
    : `must be left out: ${type} is not about a person in prison`;
  return [{ field: 'prisonNumber', value: isAboutPerson ? null : shown(prisonNumber), message }];
}

/** A merge keeps the number under which it is told. */
function intoItself({ type, prisonNumber }: Json, { removedPrisonNumber }: Json): FieldError[] {
  if (type !== 'PrisonerRecordsMerged' || prisonNumber === undefined || removedPrisonNumber !== prisonNumber) return [];
  const message =
    "is the event's own prisonNumber, which is the number that is kept: a number cannot be merged into itself. Send the " +
    'number that was removed';
  return [{ field: 'data.removedPrisonNumber', value: shown(removedPrisonNumber), message }];
}

/** A time ends after it has begun, and is told day by day. */
function spanOf({ from, until }: Json): FieldError[] {
  const [begins, ends] = [instantIn(from), instantIn(until)];
  if (begins === undefined || ends === undefined || (ends > begins && ends - begins <= DAY)) return [];
  const message =
    ends > begins
      ? 'is more than 24 hours after data.from: send an event for each day'
      : 'is not after data.from: a time must end after it has begun';
  return [{ field: 'data.until', value: shown(until), message }];
}

const instantIn = (text: unknown): number | undefined => (typeof text === 'string' ? instantOf(text) : undefined);

function inTheFuture(
  field: 'occurredAt' | 'recordedAt',
  envelope: Json,
  instant: number | undefined,
  now: number,
): FieldError[] {
  if (instant === undefined || instant <= now + AHEAD_ALLOWED) return [];
  const message = `is in the future (now ${toIso(now)}, 5 minutes are allowed)`;
  return [{ field, value: shown(envelope[field]), message }];
}
