import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { session } from '../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { toIso } from '../prison/instant.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { Seals } from '../personal-data/seals.js';
import { StoreUnavailable, WrongExpectedRevision } from '../store/errors.js';
import type { CustodyEvent } from './custody-event.js';
import { CustodyLog } from './custody-log.js';
import { SENDER } from '../../test/sender.js';

const KNOWN_AT = Date.UTC(2026, 0, 8);
const other = { prisonNumber: 'B0001AA' };

function given() {
  const store = new InMemoryEventStore();
  const keys = new InMemoryKeyRing();
  const log = new CustodyLog(store, 'cw_', new Seals(keys));
  return {
    store,
    keys,
    log,
    record: (...events: CustodyEvent[]) => log.recordAll(events, { knownAt: () => KNOWN_AT, sender: SENDER }),
    ids: async (stream: string) => {
      const ids: string[] = [];
      for await (const { id } of store.readStream(stream)) ids.push(id);
      return ids;
    },
  };
}

const statuses = ({ results }: { results: readonly { status: string }[] }) => results.map(({ status }) => status);

describe('recording custody events', () => {
  it('answers for each event in the order given, and keeps that order within a stream', async () => {
    const { record, ids } = given();
    const events = [session(3), session(1, other), session(2), session(4, other), session(1)];
    const { results, position } = await record(...events);
    expect(results).toEqual(events.map(({ id }) => ({ id, status: 'accepted' })));
    expect(await ids('cw_person-A1234BC')).toEqual([session(3).id, session(2).id, session(1).id]);
    expect(position).toBe('5');
  });

  it('takes the same event again as a duplicate, and changes nothing', async () => {
    const { record, store } = given();
    const first = await record(session(1));
    const second = await record(session(1, { recordedAt: '2026-01-09T00:00:00Z', recordedBy: 'AMARKE_GEN' }));
    expect(statuses(second)).toEqual(['duplicate']);
    expect(second.position).toBe(first.position);
    expect(await store.end()).toBe('1');
  });

  it('refuses to withdraw a withdrawal, sent before or with it, and says how a correction is sent', async () => {
    const { record } = given();
    const withdrawal = (number: number, withdraws: string) =>
      session(number, { type: 'EventWithdrawn', data: { withdraws, reason: 'wrong person' } });
    const first = withdrawal(2, session(1).id);
    expect(statuses(await record(session(1), first))).toEqual(['accepted', 'accepted']);
    const together = withdrawal(4, session(9).id);
    const { results } = await record(withdrawal(3, first.id), together, withdrawal(5, together.id));
    expect(results.map(({ status }) => status)).toEqual(['refused', 'accepted', 'refused']);
    expect(results[0]?.errors).toEqual([
      { field: 'data.withdraws', value: first.id, message: expect.stringContaining('source.revision') },
    ]);
  });

  it('takes the same instant written with another offset as the same content', async () => {
    const { record } = given();
    await record(session(1));
    expect(statuses(await record(session(1, { occurredAt: '2026-01-07T11:05:00+01:00' })))).toEqual(['duplicate']);
  });

  it('takes a record of a source as the same, whichever prison was looked up for it', async () => {
    const { record } = given();
    const source = { system: 'case-notes', id: 'note-1' };
    await record(session(1, { source }));
    expect(statuses(await record(session(1, { source, prisonId: 'QRI' })))).toEqual(['duplicate']);
  });

  it.each([
    { data: { staffId: '1002' } },
    { occurredAt: '2026-01-07T10:06:00Z' },
    { prisonId: 'QRI' },
    { source: { system: 'nomis' } },
    { type: 'KeyWorkerEntryRecorded' },
  ])('refuses a known id with other content: %j', async (change) => {
    const { record, store } = given();
    await record(session(1));
    const { results } = await record(session(1, change), session(2));
    expect(statuses({ results })).toEqual(['refused', 'accepted']);
    expect(results[0]?.errors?.[0]).toMatchObject({ field: 'id', value: session(1).id });
    expect(await store.end()).toBe('2');
  });

  it('compares events with one another that come in one batch', async () => {
    const { record } = given();
    const recorded = await record(session(1), session(1), session(1, { data: { staffId: '9' } }));
    expect(statuses(recorded)).toEqual(['accepted', 'duplicate', 'refused']);
  });

  it('allows one id in the streams of two people', async () => {
    const { record } = given();
    expect(statuses(await record(session(1), session(1, other)))).toEqual(['accepted', 'accepted']);
  });

  it('loses and doubles nothing while two processes write the same events at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }),
        fc.scheduler(),
        async (numbers, scheduler) => {
          const { store, keys, ids } = given();
          const logs = [1, 2].map(() => new CustodyLog(store, 'cw_', new Seals(keys)));
          const recorded = numbers.flatMap((number) =>
            logs.map((log) =>
              scheduler
                .schedule(Promise.resolve())
                .then(() => log.recordAll([session(number)], { knownAt: () => KNOWN_AT, sender: SENDER })),
            ),
          );
          await scheduler.waitFor(Promise.all(recorded));
          const distinct = new Set(numbers).size;
          expect(await ids('cw_person-A1234BC')).toHaveLength(distinct);
          expect(
            (await Promise.all(recorded)).flatMap(statuses).filter((status) => status === 'accepted'),
          ).toHaveLength(distinct);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('lets a hundred callers write to one stream at once', async () => {
    const { record, ids } = given();
    await Promise.all(Array.from({ length: 100 }, (_, number) => record(session(number))));
    expect(await ids('cw_person-A1234BC')).toHaveLength(100);
  });

  it('compares again what the store calls a duplicate, since the store compares ids only', async () => {
    const { store, keys, record } = given();
    const rival = new CustodyLog(store, 'cw_', new Seals(keys));
    const append = store.append.bind(store);
    store.append = async (...call) => {
      store.append = append;
      await rival.recordAll([session(1, { data: { staffId: '9' } })], { knownAt: () => KNOWN_AT, sender: SENDER });
      return append(...call);
    };
    expect(statuses(await record(session(1)))).toEqual(['refused']);
  });

  it('counts an event as known when it is written, however long its key took', async () => {
    const { store, keys, log } = given();
    let now = KNOWN_AT;
    const current = keys.current.bind(keys);
    keys.current = (subject) => {
      now += 60_000;
      return current(subject);
    };
    const known: unknown[] = [];
    const append = store.append.bind(store);
    store.append = (stream, expected, events) => {
      known.push(...events.map(({ metadata }) => [metadata['knownAt'], toIso(now)]));
      return append(stream, expected, events);
    };
    await log.recordAll([session(1, { data: { staffId: '1001', topics: ['family'] } })], {
      knownAt: () => now,
      sender: SENDER,
    });
    expect(known).toEqual([['2026-01-08T00:01:00.000Z', '2026-01-08T00:01:00.000Z']]);
  });

  it('says that the store is unavailable when others never let it through', async () => {
    const { store, record } = given();
    store.append = (stream, expected) => Promise.reject(new WrongExpectedRevision(stream, expected, 7));
    await expect(record(session(1))).rejects.toThrow(StoreUnavailable);
  });

  it('waits for every stream to end before it tells an error', async () => {
    const { store, record, ids } = given();
    const append = store.append.bind(store);
    store.append = (stream, ...rest) =>
      stream.endsWith('A1234BC') ? Promise.reject(new StoreUnavailable('The disk is full.')) : append(stream, ...rest);
    await expect(record(session(1), session(2, other))).rejects.toThrow('The disk is full.');
    expect(await ids('cw_person-B0001AA')).toHaveLength(1);
  });
});
