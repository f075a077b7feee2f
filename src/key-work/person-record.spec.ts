import { describe, expect, it } from '@jest/globals';
import { session } from '../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import type { CustodyEvent } from '../custody/custody-event.js';
import { CustodyLog } from '../custody/custody-log.js';
import { PersonStreams } from '../custody/person-streams.js';
import { intoTheLog, OneTelling } from '../custody/tellings/telling-port.js';
import type { TellingKind } from '../custody/tellings/telling.js';
import { Tellings } from '../custody/tellings/tellings.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { Seals } from '../personal-data/seals.js';
import { type AsAt, PersonRecords } from './person-record.js';
import { SENDER } from '../../test/sender.js';

const at = (text: string): number => Date.parse(text);
/** The session of `test/any-custody-event.ts`, of January 2026. */
const WHO = session(1).prisonNumber ?? '';

function given() {
  const store = new InMemoryEventStore();
  const seals = new Seals(new InMemoryKeyRing());
  const clock = { time: at('2026-11-22T09:00:00Z'), now: () => clock.time };
  const log = new CustodyLog(store, 'cw_', seals);
  const tellings = new Tellings(store, 'cw_', clock);
  const alone = { groupOf: (kept: string) => ({ kept, own: [kept], elsewhere: [] }) };
  const sealing = { seals, prefix: 'cw_' };
  const records = new PersonRecords(alone, new PersonStreams(store, 'cw_'), tellings, sealing);
  return {
    clock,
    tell: async (kind: TellingKind, ...events: readonly CustodyEvent[]) => {
      const telling = new OneTelling(intoTheLog(log, tellings, clock, SENDER), kind, 'told');
      await telling.begin(kind === 'history' ? [WHO] : []);
      await telling.record(events);
      return telling;
    },
    known: async (asAt?: AsAt) => (await records.of(WHO, asAt))?.entries.map(({ event }) => event.id),
    entry: async () => (await records.of(WHO))?.entries[0],
    uncounted: async () => (await records.of(WHO))?.uncounted,
  };
}

describe('the record of somebody whose history was imported', () => {
  const happened = session(1);
  const recorded = happened.recordedAtMs;

  it('counts from when it was recorded, and is held from when all of it had come', async () => {
    const { clock, tell, known, entry } = given();
    const telling = await tell('history', happened);
    clock.time = at('2026-11-22T10:00:00Z');
    await telling.complete();
    expect(await entry()).toMatchObject({ knownAt: recorded, heldAt: clock.time });
    expect(await known({ instant: recorded })).toEqual([happened.id]);
    expect(await known({ instant: recorded, of: 'known' })).toEqual([happened.id]);
    expect(await known({ instant: recorded - 1, of: 'known' })).toEqual([]);
    expect(await known({ instant: clock.time - 1, of: 'held' })).toEqual([]);
    expect(await known({ instant: clock.time, of: 'held' })).toEqual([happened.id]);
  });
});

describe('the record of somebody about whom an import told', () => {
  it('counts from when all of the import had come, and is held from when it came', async () => {
    const happened = session(1);
    const { clock, tell, known } = given();
    const came = clock.time;
    const telling = await tell('import', happened);
    clock.time = at('2026-11-22T10:00:00Z');
    await telling.complete();
    expect(await known({ instant: came, of: 'held' })).toEqual([happened.id]);
    expect(await known({ instant: came })).toEqual([]);
    expect(await known({ instant: clock.time })).toEqual([happened.id]);
    expect(await known({ instant: happened.recordedAtMs, of: 'known' })).toEqual([happened.id]);
  });

  it('does not count, and says how much has come, before all of it has', async () => {
    const { clock, tell, known, uncounted } = given();
    const [early, late] = [session(1), session(2)];
    await (await tell('import', early)).complete();
    const telling = await tell('import', late);
    expect(await known()).toEqual([early.id]);
    expect(await known({ instant: clock.time, of: 'held' })).toEqual([early.id, late.id]);
    expect(await uncounted()).toEqual({ events: 1, withHistory: false });
    await telling.complete();
    expect(await known()).toEqual([early.id, late.id]);
    expect(await uncounted()).toEqual({ events: 0, withHistory: false });
  });

  it('says that nothing of theirs is watched while it is a history that is not complete', async () => {
    const { tell, uncounted } = given();
    const telling = await tell('history', session(1));
    expect(await uncounted()).toEqual({ events: 1, withHistory: true });
    await telling.complete();
    expect(await uncounted()).toEqual({ events: 0, withHistory: false });
  });
});
