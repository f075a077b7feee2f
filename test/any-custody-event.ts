import fc from 'fast-check';
import { CATALOGUE, type CatalogueEntry } from '../src/custody/catalogue/catalogue.js';
import type { Member } from '../src/custody/catalogue/members.js';
import type { CustodyEvent } from '../src/custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../src/custody/read-custody-event.js';
import type { Json } from '../src/store/event-store.js';

const two = (number: number): string => String(number).padStart(2, '0');
const date = fc
  .tuple(fc.integer({ min: 2024, max: 2027 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`);
const instant = fc
  .tuple(
    date,
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
    fc.constantFrom('Z', '+01:00', '-05:30'),
  )
  .map(([day, hour, minute, offset]) => `${day}T${two(hour)}:${two(minute)}:00${offset}`);
const text = fc.oneof(fc.constantFrom('a b'), fc.stringMatching(/^[A-Za-z0-9é"]{1,12}$/));
const prisonNumber = fc.constantFrom('A1234BC', 'B0001AA', 'C9999ZZ');
const id = fc.oneof(
  fc.constantFrom('1001', 'XYI-000101'),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:@/+=#'-]{0,11}$/),
);

/** A value that this member may hold, as its OpenAPI schema says. */
function valueOf({ schema }: Member): fc.Arbitrary<unknown> {
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as string[]));
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum as number, max: schema.maximum as number });
  if (schema.type === 'array') return fc.array(text, { maxLength: 3 });
  if (schema.oneOf) return fc.oneof(date, instant);
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date') return date;
  if (schema.format === 'date-time') return instant;
  return typeof schema.pattern === 'string' ? fc.stringMatching(new RegExp(schema.pattern)) : text;
}

/** Data of this type, optional members there or not. */
export function dataOf({ data }: CatalogueEntry): fc.Arbitrary<Json> {
  const values = Object.fromEntries(data.members.map((member) => [member.name, valueOf(member)]));
  const required = data.members.filter(({ optional }) => !optional).map(({ name }) => name);
  return fc.record(values, { requiredKeys: required, noNullPrototype: true }).map(asSpan);
}

/** What has a beginning and an end ends at most 24 hours after it has begun. */
const asSpan = (data: Json): Json => {
  const { from, until } = data;
  if (typeof from !== 'string' || typeof until !== 'string') return data;
  const minutes = 1 + (Math.abs(Date.parse(until) / 60_000) % 1440);
  return { ...data, until: new Date(Date.parse(from) + minutes * 60_000).toISOString() };
};

export const anyEntry = fc.constantFrom(...CATALOGUE.values());

/** An event as a source sends it. */
export const anySentEvent: fc.Arbitrary<Json> = anyEntry.chain((entry) =>
  fc.record(
    {
      id: fc.uuid(),
      type: fc.constant(entry.type),
      ...(entry.subject === 'person' && { prisonNumber }),
      prisonId: fc.constantFrom('XYI', 'QRI'),
      occurredAt: instant,
      recordedAt: instant,
      source: fc.record(
        { system: id, id, revision: fc.nat(3) },
        { requiredKeys: ['system', 'id'], noNullPrototype: true },
      ),
      recordedBy: id,
      data: dataOf(entry),
    },
    {
      requiredKeys: [
        'id',
        'type',
        'prisonId',
        'occurredAt',
        'data',
        ...(entry.subject === 'person' ? ['prisonNumber'] : []),
      ] as never,
      noNullPrototype: true,
    },
  ),
);

/** Reads an event that must be right. */
export function readOrFail(sent: unknown): CustodyEvent {
  const reading = readCustodyEvent(sent, { now: Infinity, recordedAtDefault: 'occurredAt' });
  if (isRefusal(reading)) throw new Error(JSON.stringify(reading.errors));
  return reading;
}

export const anyCustodyEvent: fc.Arbitrary<CustodyEvent> = anySentEvent.map(readOrFail);

/** A session of A1234BC with 1001, unless said otherwise. */
export const session = (number: number, more: Json = {}): CustodyEvent =>
  readOrFail({
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    type: 'KeyWorkerSessionHeld',
    prisonNumber: 'A1234BC',
    prisonId: 'XYI',
    occurredAt: '2026-01-07T10:05:00+00:00',
    data: { staffId: '1001' },
    ...more,
  });
