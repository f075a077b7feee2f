import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anySentEvent } from '../../test/any-custody-event.js';
import type { Json } from '../store/event-store.js';
import { type CustodyEvent, asSent } from './custody-event.js';
import { inWords } from '../prison/field-error.js';
import { isRefusal, readCustodyEvent } from './read-custody-event.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');
const SENT: Json = {
  id: '3f0c6a52-8f55-4c0e-9d6b-0a7a3a3c9f10',
  type: 'KeyWorkerSessionHeld',
  prisonNumber: 'A0019AA',
  prisonId: 'XYI',
  occurredAt: '2026-01-07T10:05:00+00:00',
  data: { staffId: '1001', minutes: 45 },
};

const read = (more: Json, recordedAtDefault: 'now' | 'occurredAt' = 'now') =>
  readCustodyEvent({ ...SENT, ...more }, { now: NOW, recordedAtDefault });

function taken(more: Json, recordedAtDefault: 'now' | 'occurredAt' = 'now'): CustodyEvent {
  const reading = read(more, recordedAtDefault);
  if (isRefusal(reading)) throw new Error(JSON.stringify(reading.errors));
  return reading;
}

const onRota = (from: string, until: string): Json => ({
  type: 'KeyWorkTimeScheduled',
  prisonNumber: undefined,
  data: { staffId: '1001', from, until },
});

function complaints(raw: unknown): string[] {
  const reading = readCustodyEvent(raw, { now: NOW, recordedAtDefault: 'now' });
  return isRefusal(reading) ? reading.errors.map(inWords) : [];
}

describe('a custody event that is sent', () => {
  it('is put into its normal form', () => {
    const event = taken({ id: '3F0C6A52-8F55-4C0E-9D6B-0A7A3A3C9F10', prisonNumber: 'a 0019 aa', recordedBy: null });
    expect(event).toMatchObject({ id: SENT.id, prisonNumber: 'A0019AA' });
    expect(asSent(event)).not.toHaveProperty('recordedBy', null);
  });

  it('points, when it withdraws, at the id as it is kept', () => {
    const data = { withdraws: '3F0C6A52-8F55-4C0E-9D6B-0A7A3A3C9F10', reason: 'entered in error' };
    expect(taken({ type: 'EventWithdrawn', data }).data.withdraws).toBe(SENT.id);
  });

  it('keeps the offset that the source wrote, beside the instant', () => {
    const event = taken({ occurredAt: '2026-06-02T01:21:56.5+01:00' });
    expect([event.occurredAt, event.occurredAtMs]).toEqual([
      '2026-06-02T01:21:56.5+01:00',
      Date.UTC(2026, 5, 2, 0, 21, 56, 500),
    ]);
  });

  it('was recorded when it occurred in a file, and now over HTTP, where nothing else is said', () => {
    expect(taken({}, 'occurredAt')).toMatchObject({
      recordedAt: SENT.occurredAt,
      recordedAtMs: Date.UTC(2026, 0, 7, 10, 5),
    });
    expect(taken({}, 'now')).toMatchObject({ recordedAt: '2026-11-22T09:00:00.000Z', recordedAtMs: NOW });
  });

  it('may lie five minutes in the future, and not a second more', () => {
    expect(complaints({ ...SENT, occurredAt: '2026-11-22T09:05:00Z' })).toEqual([]);
    expect(complaints({ ...SENT, occurredAt: '2026-11-22T09:05:01Z' })).toEqual([
      'occurredAt: 2026-11-22T09:05:01Z is in the future (now 2026-11-22T09:00:00.000Z, 5 minutes are allowed)',
    ]);
    expect(complaints({ ...SENT, recordedAt: '2027-01-01T00:00:00Z' })[0]).toMatch(/^recordedAt: .* is in the future/);
  });

  it.each([
    '2026-01-07T10:05:00',
    '2026-01-07',
    '2026-02-30T10:00:00Z',
    '2025-02-29T10:00:00Z',
    '2026-01-07T24:30:00Z',
    '2026-13-01T00:00:00Z',
    'yesterday',
    1767780300000,
  ])('is refused when %p is to be its instant', (occurredAt) => {
    expect(complaints({ ...SENT, occurredAt })[0]).toMatch(/^occurredAt: .* must be a date and time that exist/);
  });

  it.each([
    [
      { type: 'KeyworkerSesionHeld' },
      /^type: KeyworkerSesionHeld is not a known type .* Did you mean KeyWorkerSessionHeld\?/,
    ],
    [{ type: 'Zzz' }, /Known: AcctAssessmentCompleted, /],
    [{ type: undefined }, /^type is missing/],
    [{ prisonNumber: 'A19AA' }, /^prisonNumber: A19AA must be a prison number/],
    [{ prisonNumber: undefined }, /^prisonNumber is missing: KeyWorkerSessionHeld is about a person/],
    [{ prisonId: 'xyi' }, /^prisonId: xyi must be a prison id/],
    [{ prisonId: 'OUT' }, /^prisonId: OUT must be a prison id.* OUT and TRN are no prisons/],
    [{ prisonId: 'TRN' }, /^prisonId: TRN must be a prison id.* OUT and TRN are no prisons/],
    [
      { source: { system: 'x', id: '1', revision: -1 } },
      /^source.revision: -1 must be a whole number from 0 on.*highest known revision counts.*send a correction with a higher one$/,
    ],
    [
      { type: 'PrisonerRecordsMerged', data: { removedPrisonNumber: 'a0019aa' } },
      /^data.removedPrisonNumber: A0019AA is the event's own prisonNumber.*cannot be merged into itself. Send the number/,
    ],
    [onRota('2026-01-08T09:00:00+00:00', '2026-01-08T09:00:00Z'), /^data.until: .* is not after data.from/],
    [
      onRota('2026-01-08T09:00:00+00:00', '2026-01-09T09:00:01Z'),
      /^data.until: .* is more than 24 hours after data.from/,
    ],
    [{ prisonId: '\u202EIYX' }, /^prisonId: \\u202eIYX must be/],
    [{ '\u202Eatad': 1 }, /^\\u202eatad: 1 is not a known member/],
    [
      { source: { system: 'case-notes', id: 'he said so' } },
      /^source.id: he said so must be an id .* cannot be erased$/,
    ],
    [{ source: { system: 'x', id: '1', note: 'y' } }, /^source.note: y is not a known member. Known: system, id, rev/],
    [{ source: 'case-notes' }, /^source: case-notes must be an object: \{"system"/],
    [{ recordedBy: 'Anna Marke' }, /^recordedBy: Anna Marke must be an id .*, without spaces/],
    [{ data: { staffId: '<script>' } }, /^data.staffId: <script> must be an id/],
    [{ id: '17' }, /^id: 17 must be a UUID/],
    [{ data: 'x' }, /^data: x must be an object/],
    [{ data: undefined }, /^data.staffId is missing/],
    [{ source: { id: 'x' } }, /^source.system is missing: it must be an id/],
    [{ colour: 'red' }, /^colour: red is not a known member/],
    [
      { type: 'FeedCompleteUntil', data: { feed: 'nomis', until: '2026-01-01T00:00:00Z' } },
      /^prisonNumber: A0019AA must be left out/,
    ],
  ])('is refused with %j, saying what is allowed', (more, complaint) => {
    const all = complaints({ ...SENT, ...more });
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(complaint);
  });

  it('is told everything that is wrong at once, with long values cut to 100 characters', () => {
    const reading = read({ prisonId: 'x'.repeat(500), occurredAt: 'never', data: {} });
    expect(isRefusal(reading) && reading.errors.map(({ field }) => field)).toEqual([
      'prisonId',
      'occurredAt',
      'data.staffId',
    ]);
    expect(isRefusal(reading) && reading.errors[0]?.value).toHaveLength(100);
    expect(reading.id).toBe(SENT.id);
  });

  it.each([null, 'text', 7, [SENT], undefined])('is refused when it is %j and no object', (raw) => {
    expect(complaints(raw)[0]).toMatch(/^event.* must be a JSON object/);
  });

  it.each([
    ['data.staffId', { data: { staffId: 1001 } }],
    ['prisonNumber', { prisonNumber: 1234567 }],
    ['id', { id: 7 }],
  ])('is told that a number stands in %s, where text belongs', (field, more) => {
    const told = complaints({ ...SENT, ...more });
    expect(told).toEqual([expect.stringContaining('This is a number: send it as text, in quotation marks')]);
    expect(told[0]).toContain(field);
  });

  it('is told that a list is no event, and how to send several', () => {
    expect(complaints([SENT])).toEqual([expect.stringContaining('in a file on a line of its own')]);
  });

  it.each(['CASE NOTES', 'case"notes', 'x'.repeat(51), ''])('of a feed that is called %j is refused', (feed) => {
    const { prisonId, occurredAt } = SENT;
    const told = { type: 'FeedCompleteUntil', prisonId, occurredAt, data: { feed, until: occurredAt } };
    expect(complaints(told)).toEqual([expect.stringContaining('such as case-notes')]);
  });

  it('reads the same when it is sent on as it was kept', () => {
    fc.assert(
      fc.property(anySentEvent, (sent) => {
        const terms = { now: Infinity, recordedAtDefault: 'occurredAt' } as const;
        const once = readCustodyEvent(sent, terms);
        expect(isRefusal(once)).toBe(false);
        if (!isRefusal(once)) expect(readCustodyEvent(asSent(once), terms)).toEqual(once);
      }),
    );
  });
});
