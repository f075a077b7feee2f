import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyCustodyEvent, session } from '../../test/any-custody-event.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { ageFactOf } from '../prison/age.js';
import { Seals } from '../personal-data/seals.js';
import type { Json, NewEvent, RecordedEvent } from '../store/event-store.js';
import { CATALOGUE } from './catalogue/catalogue.js';
import { type CustodyEvent, sameContent } from './custody-event.js';
import {
  fromLog,
  isInClear,
  knownOccurrence,
  openedFromLog,
  toLog,
  UnreadableCustodyEvent,
} from './stored-custody-event.js';
import type { Sender } from './sender.js';
import { streamOf } from './streams.js';
import { type Upcast, upcast } from './upcast.js';

const SENDER: Sender = { client: 'custody-feed', user: 'ASMITH_GEN', prisons: new Set(['XYM', 'XYI']) };
const KNOWN_AT = Date.UTC(2026, 0, 8);
const sealing = { seals: new Seals(new InMemoryKeyRing()), prefix: 'cw_' };
const inLog = async (event: CustodyEvent): Promise<RecordedEvent> => ({
  ...(JSON.parse(JSON.stringify((await toLog(event, sealing))({ knownAtMs: KNOWN_AT, sender: SENDER }))) as NewEvent),
  stream: streamOf('cw_', event),
  revision: 4,
  position: '9',
});

describe('a custody event in the log', () => {
  it('comes back as it went in, and with the instant it became known', async () => {
    await fc.assert(
      fc.asyncProperty(anyCustodyEvent, async (event) => {
        const stored = await openedFromLog(await inLog(event), sealing);
        const age = ageFactOf(event.data['dateOfBirth'], Math.max(event.occurredAtMs, KNOWN_AT));
        expect(stored).toEqual({ event, knownAtMs: KNOWN_AT, client: 'custody-feed', ...age });
        expect(sameContent(stored.event, event)).toBe(true);
      }),
    );
  });

  it('carries its schema, both clocks and who sent it in its metadata, as text', async () => {
    expect((await inLog(session(1))).metadata).toEqual({
      schema: 3,
      prisonNumber: 'A1234BC',
      prisonId: 'XYI',
      occurredAt: '2026-01-07T10:05:00+00:00',
      recordedAt: '2026-01-07T10:05:00+00:00',
      knownAt: '2026-01-08T00:00:00.000Z',
      sender: { client: 'custody-feed', user: 'ASMITH_GEN', prisons: ['XYI', 'XYM'] },
    });
  });

  it('tells rules of a child, under a sealed date of birth, only the month in which they come to 18', async () => {
    const received = (dateOfBirth: string): CustodyEvent => ({
      ...session(1),
      type: 'PrisonerReceived',
      data: { reason: 'NEW_ADMISSION', dateOfBirth },
    });
    const recorded = await inLog(received('2009-03-02'));
    expect(recorded.metadata['under18Until']).toBe('2027-03-31');
    expect(JSON.stringify(recorded)).not.toMatch(/2009|03-02/);
    expect(knownOccurrence(fromLog(recorded)).data).toMatchObject({ under18Until: '2027-03-31' });
    expect((await inLog(received('1990-01-01'))).metadata).not.toHaveProperty('under18Until');
  });

  it.each([
    [{ type: 'PrisonerBeamedUp' }, /not in the catalogue/],
    [{ metadata: { schema: 4, prisonId: 'XYI' } }, /schema is 4/],
    [{ metadata: {} }, /schema is undefined/],
    [{ metadata: { schema: 1, prisonId: 'XYI' } }, /occurredAt is missing/],
  ])('is never guessed at when it cannot be read: %j', async (change, why) => {
    const recorded = { ...(await inLog(session(1))), ...change };
    const read = () => fromLog(recorded);
    expect(read).toThrow(UnreadableCustodyEvent);
    expect(read).toThrow(why);
  });
});

describe('an event written in an older shape', () => {
  const steps = new Map<string, Upcast>([
    ['CellMoved 1', (data) => ({ ...data, segregationUnit: false })],
    ['CellMoved 2', ({ cell, ...rest }) => ({ ...rest, location: cell })],
  ]);

  it('is brought to today’s, step by step', () => {
    expect(upcast({ type: 'CellMoved', data: { cell: 'B-1-12' }, schema: 1 }, { steps, today: 3 })).toEqual({
      location: 'B-1-12',
      segregationUnit: false,
    });
    expect(
      upcast({ type: 'CellMoved', data: { cell: 'B-1-12', segregationUnit: true }, schema: 2 }, { steps, today: 3 }),
    ).toEqual({
      location: 'B-1-12',
      segregationUnit: true,
    });
  });

  it('stays as it is where its type never changed', () => {
    expect(upcast({ type: 'AcctOpened', data: { concern: 'low' }, schema: 1 }, { steps, today: 3 })).toEqual({
      concern: 'low',
    });
  });
});

describe('the stream of an event', () => {
  it.each([
    [{}, 'cw_person-A1234BC'],
    [
      { type: 'KeyWorkerAvailabilityChanged', prisonNumber: undefined, data: { staffId: '1001', status: 'ACTIVE' } },
      'cw_staff-1001',
    ],
    [
      { type: 'FeedCompleteUntil', prisonNumber: undefined, data: { feed: 'nomis', until: '2026-01-01T00:00:00Z' } },
      'cw_feed-XYI-nomis',
    ],
  ])('is named after the one it is about: %j', (more, stream) => {
    expect(streamOf('cw_', session(1, more))).toBe(stream);
  });
});

describe('what is personal in a custody event', () => {
  it('is nowhere in the log, whatever the type, and reads there as recorded', async () => {
    await fc.assert(
      fc.asyncProperty(anyCustodyEvent, async (event) => {
        const recorded = await inLog(event);
        const personal = CATALOGUE.get(event.type)?.data.members.filter((member) => member.personal) ?? [];
        const given = personal.map(({ name }) => name).filter((name) => event.data[name] !== undefined);
        for (const name of given) expect(recorded.data).not.toHaveProperty(name);
        for (const name of given) expect(fromLog(recorded).event.data).toHaveProperty(name, '(personal)');
        const clear = Object.keys(event.data).filter((name) => !given.includes(name));
        for (const name of clear) expect(recorded.data[name]).toEqual(event.data[name]);
      }),
    );
  });

  it('is read as it is where an earlier version wrote it in the clear, and for rules as recorded', async () => {
    const opened = session(1, { type: 'AcctOpened', data: { concern: 'low in mood' } });
    const recorded = await inLog(opened);
    const old = { ...recorded, data: opened.data, metadata: { ...recorded.metadata, schema: 1 } };
    expect(fromLog(old).event).toEqual({ ...opened, data: { concern: '(personal)' } });
    expect((await openedFromLog(old, sealing)).event).toEqual(opened);
  });
});

describe('words that an earlier version left in the clear', () => {
  const place = { subject: 'person-A1234BC', stream: 'cw_person-A1234BC', id: session(1).id };
  const source = { system: 'case-notes', id: 'about his sister', revision: 2 };
  const decided = { decidedBy: 'Anna Marke', justification: 'no safer place' };
  const erased = { decidedBy: '(erased)', justification: '(erased)' };

  it.each<[string, string, Json, Json, Json]>([
    ['a code that is none', 'SelfHarmReported', { severity: 'left arm' }, {}, { data: { severity: '(erased)' } }],
    [
      'an id that is none',
      'CellularConfinementEnded',
      { chargeNumber: 'a b' },
      {},
      { data: { chargeNumber: '(erased)' } },
    ],
    ['beside what is sealed', 'AcctSegregationDecisionRecorded', decided, {}, { data: erased }],
    [
      'in the envelope',
      'AcctClosed',
      {},
      { source, recordedBy: 'Anna Marke' },
      { recordedBy: '(erased)', source: { ...source, id: '(erased)' } },
    ],
  ])('are read, counted, and hidden once the person was erased: %s', async (_, type, data, metadata, hidden) => {
    const keys = new InMemoryKeyRing();
    const seals = new Seals(keys);
    const today = await inLog(session(1, { type: 'NonAssociationRecorded', data: {} }));
    const written = {
      data: await seals.seal(data, ['justification'], place),
      metadata: { ...today.metadata, ...metadata },
    };
    const recorded = { ...today, type, ...written };
    const read = async () => (await openedFromLog(recorded, { seals, prefix: 'cw_' })).event;
    expect(isInClear(recorded)).toBe(true);
    expect(await read()).toMatchObject({ data, ...metadata });
    await keys.erase(place.subject, { reason: 'COURT_ORDER', by: 'local', at: '2026-11-22T09:00:00.000Z' });
    expect(await read()).toMatchObject(hidden);
  });

  it('are no words where codes, ids and what is sealed stand', async () => {
    await fc.assert(
      fc.asyncProperty(anyCustodyEvent, async (event) => {
        expect(isInClear(await inLog(event))).toBe(false);
      }),
    );
  });
});
