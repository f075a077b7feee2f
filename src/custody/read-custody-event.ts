import { MINUTE, toIso } from '../prison/instant.js';
import type { Json } from '../store/event-store.js';
import { CATALOGUE, type CatalogueEntry } from './catalogue/catalogue.js';
import type { CustodyEvent } from './custody-event.js';
import { ENVELOPE, isObject } from './envelope.js';
import { derivedId, formerlyDerivedId } from './event-id.js';
import { type FieldError, shown } from '../prison/field-error.js';
import { instantOf } from '../prison/iso-8601.js';
import { nearestName } from '../prison/nearest-name.js';

/** Why an event was not taken: everything that is wrong with it, not only the first. */
export interface Refusal {
  /** The id it came with, where that much could be read. */
  readonly id?: string;
  readonly errors: readonly FieldError[];
}

export const isRefusal = (reading: CustodyEvent | Refusal): reading is Refusal => 'errors' in reading;

export interface ReadTerms {
  /** Milliseconds since 1970-01-01T00:00:00Z; `Infinity` where no instant is too late (history that was made up). */
  readonly now: number;
  /** What `recordedAt` is where it was left out: `occurredAt` in files, `now` over HTTP. */
  readonly recordedAtDefault: 'occurredAt' | 'now';
}

const FIVE_MINUTES = 5 * MINUTE;
const TYPES = [...CATALOGUE.keys()];

/** Reads one custody event as it was sent: checked against the catalogue and put into its normal form (docs/events.md). */
export function readCustodyEvent(raw: unknown, terms: ReadTerms): CustodyEvent | Refusal {
  if (!isObject(raw))
    return { errors: [{ field: 'event', value: shown(raw), message: 'must be a JSON object: {"type": …, …}' }] };
  const problems: FieldError[] = [];
  const envelope = ENVELOPE.read(raw, problems);
  const entry = entryOf(envelope, problems);
  const data = envelope.data ?? {};
  const normal = entry && isObject(data) ? entry.data.read(data, problems, 'data.') : {};
  const occurredAtMs = instantAt('occurredAt', envelope, terms.now, problems);
  const recordedAtMs = instantAt('recordedAt', envelope, terms.now, problems);
  if (!entry || occurredAtMs === undefined || problems.length > 0) return refusal(envelope, problems);
  const sent = envelope as unknown as SoundEnvelope;
  return custodyEvent({ entry, sent, data: normal, occurredAtMs, recordedAtMs, terms });
}

/** An envelope in which nothing is wrong. */
interface SoundEnvelope {
  readonly id?: string;
  readonly prisonNumber?: string;
  readonly prisonId: string;
  readonly occurredAt: string;
  readonly recordedAt?: string;
  readonly source?: Json;
  readonly recordedBy?: string;
}

/** All that an event is made of. */
interface EventParts {
  readonly entry: CatalogueEntry;
  readonly sent: SoundEnvelope;
  readonly data: Json;
  readonly occurredAtMs: number;
  readonly recordedAtMs: number | undefined;
  readonly terms: ReadTerms;
}

function custodyEvent({ entry, sent, data, occurredAtMs, recordedAtMs, terms }: EventParts): CustodyEvent {
  const { id, prisonNumber, prisonId, occurredAt, recordedAt, source, recordedBy } = sent;
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
  return typeof id === 'string' && !errors.some(({ field }) => field === 'id') ? { id, errors } : { errors };
}

/** The catalogue's entry for this type, and whether a prison number belongs to it. */
function entryOf({ type, prisonNumber }: Json, problems: FieldError[]): CatalogueEntry | undefined {
  if (typeof type !== 'string') return undefined;
  const entry = CATALOGUE.get(type);
  if (!entry) {
    const nearest = nearestName(type.slice(0, 100), TYPES);
    const message = `is not a known type of custody event. ${nearest ? `Did you mean ${nearest}?` : `Known: ${TYPES.join(', ')}`}`;
    problems.push({ field: 'type', value: shown(type), message });
    return undefined;
  }
  if (entry.subject === 'person' && prisonNumber === undefined)
    problems.push({
      field: 'prisonNumber',
      value: null,
      message: `is missing: ${type} is about a person, so it needs one, such as A1234BC`,
    });
  if (entry.subject !== 'person' && prisonNumber !== undefined)
    problems.push({
      field: 'prisonNumber',
      value: shown(prisonNumber),
      message: `must be left out: ${type} is not about a person in prison`,
    });
  return entry;
}

function instantAt(
  field: 'occurredAt' | 'recordedAt',
  envelope: Json,
  now: number,
  problems: FieldError[],
): number | undefined {
  const text = envelope[field];
  const instant = typeof text === 'string' ? instantOf(text) : undefined;
  if (instant !== undefined && instant > now + FIVE_MINUTES)
    problems.push({
      field,
      value: shown(text),
      message: `is in the future (now ${toIso(now)}, 5 minutes are allowed)`,
    });
  return instant;
}
