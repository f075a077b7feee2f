import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { ALL_PRISONS, type Prisons } from '../access/prisons.js';
import { StoreUnavailable } from '../store/errors.js';
import type { RecordedEvent } from '../store/event-store.js';
import { ACCESS_STREAMS, dayOf, toStored } from './access-record.js';
import { AccessRecords, type AccessRecordsQuery } from './list-access-records.js';

const NOW = Date.parse('2026-06-30T12:00:00Z');

let store: InMemoryEventStore;
let records: AccessRecords;
let read: number;
let readable: () => Promise<void>;

beforeEach(async () => {
  store = new InMemoryEventStore();
  readable = () => Promise.resolve();
  records = new AccessRecords(store, 'test_', {
    readable: () => readable(),
    numbersOf: (number) => [number],
    holderOf,
  });
  for (let day = 1; day <= 30; day++) await seen(`2026-06-${String(day).padStart(2, '0')}T23:30:00.000Z`);
  await store.append('test_person-A1234BC', 'no-stream', [{ ...toStored(record('2026-06-10')), type: 'Other' }]);
  read = 0;
  const readStreams = store.readStreams.bind(store);
  jest.spyOn(store, 'readStreams').mockImplementation((from, until) => counted(readStreams(from, until)));
  jest.spyOn(store, 'readAll').mockImplementation(() => {
    throw new Error('The whole log is not read.');
  });
});

const record = (at: string) => ({
  at,
  kind: 'user' as const,
  user: 'ASMITH_GEN',
  address: '::1',
  access: 'read' as const,
  operation: 'readTimeline',
  prisonNumbers: ['A1234BC'],
});

const holderOf = (number: string) => (number === 'A1234BC' ? { prisonId: 'XYI', since: 0 } : undefined);

const seen = (at: string) =>
  store.append(`test_${ACCESS_STREAMS}${dayOf(at)}-run-0`, 'no-stream', [toStored(record(at))]);

async function* counted(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent> {
  for await (const event of events) {
    read++;
    yield event;
  }
}

const list = (asked: Partial<AccessRecordsQuery>, leaving?: AbortSignal, prisons: Prisons = ALL_PRISONS) =>
  records.list({ page: 0, size: 20, ...asked }, prisons, NOW, leaving);

describe('access records', () => {
  it('of some days are read from the streams of these days alone', async () => {
    const { content } = await list({ from: '2026-06-10', to: '2026-06-11' });
    // Half past eleven at night, UTC, is the next day in London.
    expect(content.map(({ at }) => at.slice(0, 10))).toEqual(['2026-06-10', '2026-06-09']);
    expect(read).toBe(3);
  });

  it.each([
    ['0001-01-01', '9999-12-31', 30],
    ['1900-01-01', '2100-12-31', 30],
    ['9999-12-31', '9999-12-31', 0],
  ])('from %s to %s cost no more than what there is', async (from, to, count) => {
    const { totalElements } = await list({ from, to });
    expect([totalElements, read]).toEqual([count, count]);
  });

  it('are told of people whom the prisons of the asker hold, and of no others who were on the same page', async () => {
    const both = { ...record('2026-06-10T09:00:00.000Z'), prisonNumbers: ['A1234BC', 'A9999AA'] };
    await store.append(`test_${ACCESS_STREAMS}2026-06-10-run-1`, 'no-stream', [toStored(both)]);
    const days = { from: '2026-06-10', to: '2026-06-10' };
    const shownTo = async (...prisons: string[]) =>
      (await list(days, undefined, new Set(prisons))).content.map(({ prisonNumbers, people }) => [
        prisonNumbers,
        people,
      ]);
    expect(await shownTo('XYI')).toEqual([
      [['A1234BC'], 2],
      [['A1234BC'], 1],
    ]);
    expect(await shownTo('XYM')).toEqual([]);
    expect(await shownTo()).toEqual([]);
    expect((await list(days)).content[0]?.prisonNumbers).toEqual(['A1234BC', 'A9999AA']);
  });

  it('are not told of as if there were none while nobody knows yet which prison holds whom', async () => {
    readable = () => Promise.reject(new StoreUnavailable('The log has not been read yet.'));
    await expect(list({}, undefined, new Set(['XYI']))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('are not read any further once whoever asks has left', async () => {
    await list({ from: '0001-01-01', to: '9999-12-31' }, AbortSignal.abort());
    expect(read).toBe(1);
  });
});
