import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { VirtualClock } from '../../test/virtual-clock.js';
import { type Caller, LOCAL } from '../access/caller.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { personSubject } from '../personal-data/key-ring.js';
import { Seals } from '../personal-data/seals.js';
import { InvalidHandover, NoSuchHandover, OwnHandover } from './errors.js';
import type { NewEvent } from '../store/event-store.js';
import { evolve } from './handover.js';
import { HandoverBook } from './handover-book.js';
import { HandoverProjection } from './handover-projection.js';
import { HandoverLog } from './handover-log.js';
import { NoteReader } from './note-reader.js';
import { Notes, READABLE } from './notes.js';
import { type PrisonHandovers, ReadHandovers, ReadHandoversHandler } from './read-handovers.js';
import { SignHandover, SignHandoverHandler } from './sign-handover.js';
import { WriteHandover, WriteHandoverHandler } from './write-handover.js';

const PREFIX = 'cw_';
const NOTE = 'Regime cut short on B wing. A1234BC asks for a chaplain.';

const caller = (name: string, ...prisons: string[]): Caller => ({ ...LOCAL, name, prisons: new Set(prisons) });
const EVE = caller('EVE_GEN', 'XYI');
const MAX = caller('MAX_GEN', 'XYI');
const ALI = caller('ALI_GEN', 'XYI');

let clock: VirtualClock;
let store: InMemoryEventStore;
let keys: InMemoryKeyRing;
let log: HandoverLog;
let notes: Notes;

beforeEach(() => {
  clock = new VirtualClock(Date.parse('2026-11-20T14:00:00Z'));
  store = new InMemoryEventStore();
  keys = new InMemoryKeyRing();
  notes = new Notes(new Seals(keys), keys, PREFIX);
  log = new HandoverLog(store, notes, PREFIX);
});

const form = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const write = (by: Caller, n = 1, note = NOTE, prisonId = 'XYI') =>
  new WriteHandoverHandler(log, clock).execute(
    new WriteHandover(prisonId, by, { note, since: '2026-11-20T06:30:00Z', requestId: form(n) }),
  );
const sign = (by: Caller, number = 1, prisonId = 'XYI') =>
  new SignHandoverHandler(log, clock).execute(new SignHandover(prisonId, number, by));

const book = async (): Promise<HandoverBook> => {
  const read = new HandoverBook(store);
  for await (const event of store.readAll()) read.apply(event);
  return read;
};

const read = async (page = { number: 0, size: 10 }): Promise<PrisonHandovers> => {
  const handler = new ReadHandoversHandler(await book(), new NoteReader(notes, store, PREFIX, clock), clock);
  return handler.execute(new ReadHandovers('XYI', EVE.prisons, page));
};
const readNotes = async () => (await read()).content.map(({ note }) => note);

/** An hour of the service begins. */
const tick = async () => {
  const projection = new HandoverProjection(store, await book(), notes, PREFIX);
  await projection.onModuleInit();
  await projection.readable(new AbortController().signal);
  await projection.tick(clock.now());
  await projection.onModuleDestroy();
};

describe('a hand-over', () => {
  it('waits until somebody of the next shift has read it', async () => {
    await write(EVE);
    expect(await read()).toMatchObject({
      waiting: [{ number: 1, by: 'EVE_GEN', note: NOTE, at: '2026-11-20T14:00:00.000Z', names: ['A1234BC'] }],
      totalWaiting: 1,
      lastSigned: undefined,
    });
    clock.moveTo('2026-11-20T14:10:00Z');
    await sign(MAX);
    expect(await read()).toMatchObject({
      waiting: [],
      lastSigned: { number: 1, signatures: [{ by: 'MAX_GEN', at: '2026-11-20T14:10:00.000Z' }] },
      content: [{ note: NOTE }],
    });
  });

  it('stands in the log under the names of its events, which stay', async () => {
    await write(EVE);
    await sign(MAX);
    const types = [];
    for await (const { type } of store.readAll()) types.push(type);
    expect(types).toEqual(['HandoverWritten', 'HandoverSigned']);
  });

  it('is written once, however often its form is sent', async () => {
    await write(EVE, 7);
    await write(EVE, 7);
    expect((await read()).totalElements).toBe(1);
  });

  it('is signed once by each who has read it, however often they say so', async () => {
    await write(EVE);
    await sign(MAX);
    clock.pass(60_000);
    await sign(MAX);
    await sign(ALI);
    expect((await read()).lastSigned?.signatures.map(({ by }) => by)).toEqual(['MAX_GEN', 'ALI_GEN']);
  });

  it('loses nothing where two write, and two sign, at once', async () => {
    await Promise.all([write(EVE, 1, 'from Eve'), write(ALI, 2, 'from Ali')]);
    expect(await readNotes()).toEqual(expect.arrayContaining(['from Eve', 'from Ali']));
    const [latest] = (await read()).content;
    const others = [EVE, MAX, ALI].filter(({ name }) => name !== latest?.by);
    await Promise.all(others.map((one) => sign(one, latest?.number)));
    expect((await read()).lastSigned?.signatures).toHaveLength(2);
  });

  it('is not signed by whoever wrote it', async () => {
    await write(EVE);
    await expect(sign(EVE)).rejects.toThrow(OwnHandover);
  });

  it('is neither written, signed nor read from elsewhere', async () => {
    await write(EVE);
    const away = caller('FAR_GEN', 'XYM');
    await expect(async () => write(away, 2)).rejects.toThrow(NoSuchHandover);
    await expect(async () => sign(away)).rejects.toThrow(NoSuchHandover);
    await expect(sign(MAX, 2)).rejects.toThrow(NoSuchHandover);
    const handler = new ReadHandoversHandler(await book(), new NoteReader(notes, store, PREFIX, clock), clock);
    await expect(handler.execute(new ReadHandovers('XYI', away.prisons))).rejects.toThrow(NoSuchHandover);
  });

  it.each(['', '  \r\n ', 'x'.repeat(4001)])('is refused with a note like %j', async (note) => {
    await expect(async () => write(EVE, 1, note)).rejects.toThrow(InvalidHandover);
    expect((await read()).totalElements).toBe(0);
  });
});

describe('an event of hand-overs that this version does not know', () => {
  const unknown = [
    ['of an unknown type', { type: 'FromTheFuture' }],
    ['of a later schema', { metadata: { schema: 100 } }],
    ['about no hand-over', { data: { prisonId: 'XYI' } }],
  ] as const;

  beforeEach(async () => {
    await write(EVE);
  });

  it.each(unknown)('is no signature, and is told: %s', async (_, event) => {
    Logger.overrideLogger(false);
    await appendSignature(event);
    await write(caller('EVE_GEN', 'QRI'), 2, NOTE, 'QRI');
    const model = new HandoverBook(store);
    const projection = new HandoverProjection(store, model, notes, PREFIX);
    await projection.onModuleInit();
    await projection.readable();
    expect(model.of('XYI')).toMatchObject([{ handover: { number: 1, signatures: [] } }]);
    expect(model.of('QRI')).toHaveLength(1);
    expect([...projection.parked]).toMatchObject([['2', { reason: 'UNKNOWN_HANDOVER_EVENT' }]]);
    await projection.onModuleDestroy();
  });

  it('keeps its prison from writing and signing, as nobody knows what it did; not another', async () => {
    await appendSignature({ type: 'FromTheFuture' });
    await expect(sign(MAX)).rejects.toMatchObject({ code: 'UNKNOWN_HANDOVER_EVENT' });
    await expect(write(ALI, 2)).rejects.toMatchObject({ code: 'UNKNOWN_HANDOVER_EVENT' });
    await expect(write(caller('EVE_GEN', 'QRI'), 3, NOTE, 'QRI')).resolves.toBe('3');
  });

  it('is taken for nothing where it reaches the fold all the same', async () => {
    const [entered] = (await book()).of('XYI');
    const event = { type: 'FromTheFuture', data: { by: 'MAX_GEN', at: '2026-11-20T14:10:00.000Z' } } as never;
    expect(evolve(entered?.handover, event)).toEqual(entered?.handover);
  });

  const appendSignature = async (event: Partial<NewEvent>): Promise<void> => {
    const data = { prisonId: 'XYI', number: 1, by: 'MAX_GEN', at: '2026-11-20T14:10:00.000Z' };
    const signed = { id: form(9), type: 'HandoverSigned', data, metadata: { schema: 1 } };
    await store.append('cw_handover-XYI', 0, [{ ...signed, ...event }]);
  };
});

describe('the note of a hand-over', () => {
  it('stands in the log sealed', async () => {
    await write(EVE);
    const written = [];
    for await (const event of store.readAll()) written.push(event);
    expect(JSON.stringify(written)).not.toMatch(/Regime|chaplain/);
  });

  it('can be read for 28 days, and by nobody afterwards', async () => {
    await write(EVE);
    clock.pass(READABLE - 1);
    await tick();
    expect(await readNotes()).toEqual([NOTE]);
    clock.pass(1);
    expect(await read()).toMatchObject({ waiting: [], content: [{ note: '(erased)' }] });
    await tick();
    expect(await keys.erasures()).toMatchObject([{ subject: 'handover-XYI-1', reason: 'RETENTION_EXPIRED' }]);
  });

  it('is gone at once when somebody whom it names is erased, and its key within the hour', async () => {
    await write(EVE);
    await write(MAX, 2, 'Nothing to add.');
    clock.pass(60_000);
    const at = new Date(clock.now()).toISOString();
    await keys.erase(personSubject('A1234BC'), { reason: 'COURT_ORDER', by: 'ADMIN', at });
    expect(await readNotes()).toEqual(['Nothing to add.', '(erased)']);
    await tick();
    expect((await keys.erasures()).map(({ subject }) => subject)).toEqual(['person-A1234BC', 'handover-XYI-1']);
  });

  it('written in the very millisecond in which somebody whom it names is erased is gone with them', async () => {
    await write(EVE);
    const at = new Date(clock.now()).toISOString();
    await keys.erase(personSubject('A1234BC'), { reason: 'COURT_ORDER', by: 'ADMIN', at });
    expect(await readNotes()).toEqual(['(erased)']);
  });

  it('about somebody who came back after an erasure can be read', async () => {
    await keys.erase(personSubject('A1234BC'), { reason: 'COURT_ORDER', by: 'ADMIN', at: '2026-11-01T00:00:00.000Z' });
    await write(EVE);
    expect(await readNotes()).toEqual([NOTE]);
  });
});
