import { describe, expect, it } from '@jest/globals';
import { session } from '../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { VirtualClock } from '../../test/virtual-clock.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { Seals } from '../personal-data/seals.js';
import { StoreUnavailable } from '../store/errors.js';
import type { Json, RecordedEvent } from '../store/event-store.js';
import type { CustodyEvent } from './custody-event.js';
import { CustodyLog } from './custody-log.js';
import { Erasures } from './erasures.js';
import type { StandingAlert } from './still-watched.js';
import { openedFromLog } from './stored-custody-event.js';
import { SENDER } from '../../test/sender.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');
const WHO = 'A1234BC';
const STREAM = `cw_person-${WHO}`;

function given(openAlerts: readonly StandingAlert[] = []) {
  const store = new InMemoryEventStore();
  const keys = new InMemoryKeyRing();
  const seals = new Seals(keys);
  const log = new CustodyLog(store, 'cw_', seals);
  const erasures = new Erasures(store, keys, new VirtualClock(NOW), 'cw_', {
    openAlertsOf: () => Promise.resolve(openAlerts),
  });
  const stream = async () => {
    const events: RecordedEvent[] = [];
    for await (const event of store.readStream(STREAM)) events.push(event);
    return events;
  };
  return {
    keys,
    seals,
    store,
    stream,
    erasures,
    record: async (...events: CustodyEvent[]) =>
      (await log.recordAll(events, { knownAt: () => NOW, sender: SENDER })).results.map(({ status }) => status),
    erase: (confirmStillWatched = true) =>
      erasures.erase({ prisonNumber: WHO, reason: 'COURT_ORDER', by: 'ASMITH_ADM', confirmStillWatched }),
    opened: async ({ id }: Pick<CustodyEvent, 'id'>) => {
      const recorded = (await stream()).find((event) => event.id === id) as RecordedEvent;
      return (await openedFromLog(recorded, { seals, prefix: 'cw_' })).event.data;
    },
  };
}

const opened = (number: number, concern: string, more: Json = {}) =>
  session(number, { type: 'AcctOpened', data: { concern }, ...more });
const merged = session(8, { type: 'PrisonerRecordsMerged', data: { removedPrisonNumber: 'B0001AA' } });

describe('erasing a person', () => {
  it('leaves what happened, and nothing personal of it', async () => {
    const { record, erase, opened: read } = given();
    await record(session(1, { data: { staffId: '1001', topics: ['his brother'] } }));
    await erase();
    expect(await read(session(1))).toEqual({ staffId: '1001', topics: '(erased)' });
  });

  it('is recorded in the stream of the person, by a code', async () => {
    const { record, erase, stream } = given();
    await record(session(1));
    const { position, erasedAt } = await erase();
    expect((await stream()).at(-1)).toMatchObject({
      position,
      type: 'PersonErased',
      data: { reason: 'COURT_ORDER', by: 'ASMITH_ADM', at: erasedAt },
    });
  });

  it('is done and recorded once, however often it is asked for', async () => {
    const { record, erase, stream } = given();
    await record(opened(1, 'low in mood'));
    expect(await erase()).toEqual(await erase());
    expect(await stream()).toHaveLength(2);
  });

  it('is done anew for what was recorded since, which has stayed readable until then', async () => {
    const { record, erase, opened: read, stream } = given();
    await record(opened(1, 'low in mood'));
    await erase();
    await record(opened(2, 'low again'));
    expect(await read(session(2))).toEqual({ concern: 'low again' });
    expect(await read(session(1))).toEqual({ concern: '(erased)' });
    await erase();
    expect(await read(session(2))).toEqual({ concern: '(erased)' });
    expect((await stream()).map(({ type }) => type)).toEqual([
      'AcctOpened',
      'PersonErased',
      'AcctOpened',
      'PersonErased',
    ]);
  });

  it('is refused for somebody of whom nothing is known, and leaves no trace', async () => {
    const { erase, stream } = given();
    await expect(erase()).rejects.toMatchObject({ code: 'NO_SUCH_PERSON' });
    expect(await stream()).toEqual([]);
  });

  it('reaches what was recorded under numbers that were merged into this one, be it in two steps, and names them', async () => {
    const { record, erase, store, seals } = given();
    const under = (number: number, prisonNumber: string, data: Json, type = 'AcctOpened') =>
      session(number, { type, prisonNumber, data });
    await record(session(1), merged, under(2, 'B0001AA', { concern: 'low in mood' }));
    await record(under(3, 'B0001AA', { removedPrisonNumber: 'C0001AA' }, 'PrisonerRecordsMerged'));
    await record(under(4, 'C0001AA', { concern: 'low in mood' }), under(5, 'D0001AA', { concern: 'low in mood' }));
    expect(await erase()).toMatchObject({ mergedFrom: ['B0001AA', 'C0001AA'] });
    const concerns: unknown[] = [];
    for await (const recorded of store.readAll({ filter: { streamPrefixes: ['cw_person-'] } })) {
      if (recorded.type !== 'AcctOpened') continue;
      concerns.push((await openedFromLog(recorded, { seals, prefix: 'cw_' })).event.data['concern']);
    }
    expect(concerns).toEqual(['(erased)', '(erased)', 'low in mood']);
  });

  it('leaves alone whose records were merged by mistake', async () => {
    const { record, erase } = given();
    await record(
      session(1),
      merged,
      session(2, { type: 'EventWithdrawn', data: { withdraws: merged.id, reason: 'x' } }),
    );
    expect(await erase()).toMatchObject({ mergedFrom: [] });
  });

  it('counts, and hides, what an earlier version wrote in the clear', async () => {
    const { store, erase, opened: read } = given();
    const metadata = { schema: 1, prisonNumber: WHO, prisonId: 'XYI', occurredAt: '2026-01-07T10:05:00Z' };
    const times = { recordedAt: '2026-01-07T10:05:00Z', knownAt: '2026-01-07T10:05:00Z' };
    const old = { id: session(1).id, type: 'AcctOpened', metadata: { ...metadata, ...times } };
    await store.append(STREAM, 'no-stream', [{ ...old, data: { concern: 'low in mood' } }]);
    expect(await read(session(1))).toEqual({ concern: 'low in mood' });
    expect(await erase()).toMatchObject({ inClear: 1 });
    expect(await read(session(1))).toEqual({ concern: '(erased)' });
  });
});

describe('erasing somebody who is still watched over', () => {
  const moved = (number: number, type: string, reason: string) =>
    session(number, { type, data: { reason }, occurredAt: `2026-01-${10 + number}T10:00:00Z` });
  const received = moved(1, 'PrisonerReceived', 'NEW_ADMISSION');
  const released = moved(2, 'PrisonerReleased', 'RELEASED');
  const alert = { id: 'alert-1', rule: 'DATA-03' };

  it.each<[string, CustodyEvent[], StandingAlert[], object, string[]]>([
    ['who is in custody', [received], [], { inCustodyAt: 'XYI', openAlerts: [] }, ['IN_CUSTODY']],
    [
      'who is on the way to another prison',
      [received, moved(2, 'PrisonerReleased', 'TRANSFERRED')],
      [],
      { inCustodyAt: 'XYI' },
      ['IN_CUSTODY'],
    ],
    [
      'who is at court',
      [received, moved(2, 'PrisonerReleased', 'SENT_TO_COURT')],
      [],
      { inCustodyAt: 'XYI' },
      ['IN_CUSTODY'],
    ],
    ['with an open alert', [received, released], [alert], { inCustodyAt: null, openAlerts: [alert] }, ['OPEN_ALERTS']],
    ['of both kinds', [received], [alert], { inCustodyAt: 'XYI', openAlerts: [alert] }, ['IN_CUSTODY', 'OPEN_ALERTS']],
  ])('needs a confirmation that names why, and stands in its record: %s', async (_, events, alerts, why, codes) => {
    const { record, erase, stream, keys } = given(alerts);
    await record(...events, opened(9, 'low in mood', { occurredAt: '2026-01-11T11:00:00Z' }));
    await expect(erase(false)).rejects.toMatchObject({ code: 'STILL_WATCHED', stillWatched: why });
    expect(await keys.lastErasure(`person-${WHO}`)).toBeUndefined();
    await erase(true);
    expect((await stream()).at(-1)).toMatchObject({ type: 'PersonErased', data: { confirmed: codes } });
  });

  it('needs none for somebody who has left and has no open alert', async () => {
    const { record, erase, stream } = given();
    await record(received, released);
    await erase(false);
    expect((await stream()).at(-1)?.data).not.toHaveProperty('confirmed');
  });

  it('is asked of a number that was merged into theirs, too', async () => {
    const { record, erase } = given();
    await record(merged, session(3, { prisonNumber: 'B0001AA' }));
    await expect(erase(false)).rejects.toMatchObject({ stillWatched: { inCustodyAt: 'XYI' } });
  });
});

describe('an event that is sent again after the erasure', () => {
  it.each([
    ['the same', opened(1, 'low in mood')],
    ['another text', opened(1, 'something else')],
    ['another prison', opened(1, 'low in mood', { prisonId: 'QRI' })],
  ])('is a duplicate, and nothing of it is stored: %s', async (_, again) => {
    const { record, erase, stream, opened: read } = given();
    await record(opened(1, 'low in mood'));
    await erase();
    expect(await record(again)).toEqual(['duplicate']);
    expect(await stream()).toHaveLength(2);
    expect(await read(again)).toEqual({ concern: '(erased)' });
  });

  it('is compared as ever where it was first recorded after it', async () => {
    const { record, erase } = given();
    await record(opened(1, 'low in mood'));
    await erase();
    await record(opened(2, 'low again'));
    expect(await record(opened(2, 'low again'), opened(2, 'something else'))).toEqual(['duplicate', 'refused']);
  });
});

describe('an erasure that was cut short', () => {
  const cutShort = async () => {
    const log = given();
    await log.record(opened(1, 'low in mood'));
    const append = log.store.append.bind(log.store);
    log.store.append = () => Promise.reject(new StoreUnavailable('The disk is full.'));
    await expect(log.erase()).rejects.toThrow('The disk is full.');
    log.store.append = append;
    return log;
  };

  it('has destroyed the key already', async () => {
    const { opened: read, record } = await cutShort();
    expect(await read(session(1))).toEqual({ concern: '(erased)' });
    expect(await record(opened(1, 'low in mood'))).toEqual(['duplicate']);
  });

  it('is recorded at the next start, once', async () => {
    const { erasures, erase, stream } = await cutShort();
    await erasures.complete();
    await erasures.complete();
    await erase();
    expect((await stream()).map(({ type }) => type)).toEqual(['AcctOpened', 'PersonErased']);
  });

  it('is that of a person: keys of other things are destroyed without a record', async () => {
    const { erasures, keys, store } = given();
    await keys.erase('handover-XYI-1', {
      reason: 'RETENTION_EXPIRED',
      by: 'custody-watch',
      at: '2026-11-22T09:00:00Z',
    });
    await erasures.complete();
    expect(await store.end()).toBe('0');
  });
});

it('finds its place in the stream while others write to it', async () => {
  const { store, record, erase, stream } = given();
  await record(session(1));
  const append = store.append.bind(store);
  store.append = async (...call) => {
    store.append = append;
    await record(session(2));
    return append(...call);
  };
  await erase();
  expect((await stream()).map(({ type }) => type)).toEqual([
    'KeyWorkerSessionHeld',
    'KeyWorkerSessionHeld',
    'PersonErased',
  ]);
});
