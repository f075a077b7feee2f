import { describe, expect, it } from '@jest/globals';
import { session } from '../../test/any-custody-event.js';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { InMemoryKeyRing } from '../../test/in-memory-key-ring.js';
import { Seals } from '../personal-data/seals.js';
import { StoreUnavailable } from '../store/errors.js';
import { asSent, type CustodyEvent } from './custody-event.js';
import { CustodyLog } from './custody-log.js';
import { importHistory } from './import-history.js';
import { importLines, type RefusedLine } from './import-lines.js';
import { readNdjson } from './ndjson.js';
import { fromLog } from './stored-custody-event.js';
import { intoTheLog, OneTelling } from './tellings/telling-port.js';
import { Tellings } from './tellings/tellings.js';
import { SENDER } from '../../test/sender.js';

const NOW = Date.UTC(2026, 10, 22, 9);

async function* fileOf(...lines: (CustodyEvent | string)[]) {
  await Promise.resolve();
  yield Buffer.from(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(asSent(line)))).join('\n'));
}

function given() {
  const store = new InMemoryEventStore();
  const seals = new Seals(new InMemoryKeyRing());
  const log = new CustodyLog(store, 'cw_', seals);
  const refused: RefusedLine[] = [];
  const options = { now: () => NOW, onRefused: (line: RefusedLine) => refused.push(line) };
  const record = (events: readonly CustodyEvent[]) => log.recordAll(events, { knownAt: () => NOW, sender: SENDER });
  const tellings = new Tellings(store, 'cw_', { now: () => NOW });
  const port = intoTheLog(log, tellings, { now: () => NOW }, SENDER);
  return {
    store,
    refused,
    tellings,
    import: (lines: (CustodyEvent | string)[], more = {}) =>
      importLines(readNdjson(fileOf(...lines)), record, { ...options, ...more }),
    importHistory: async (
      lines: (CustodyEvent | string)[],
      { name = 'told', ...more }: { signal?: AbortSignal; onProgress?: () => void; name?: string } = {},
    ) => {
      const telling = new OneTelling(port, 'history', name);
      const totals = await importHistory(readNdjson(fileOf(...lines)), telling, { ...options, ...more });
      if (!more.signal?.aborted) await telling.complete();
      return totals;
    },
    inLog: async () => {
      const events: { id: string; knownAt: string }[] = [];
      for await (const recorded of store.readAll({ filter: { streamPrefixes: ['cw_person-'] } }))
        events.push({
          id: recorded.id.slice(-2),
          knownAt: new Date(fromLog(recorded).knownAtMs).toISOString().slice(0, 10),
        });
      return events;
    },
  };
}

const sessions = (count: number) => Array.from({ length: count }, (_, number) => session(number));

describe('importing a file', () => {
  it('takes all but the bad line among a thousand, and says where that one stands', async () => {
    const { refused, ...file } = given();
    const lines: (CustodyEvent | string)[] = sessions(1000);
    lines[416] = '{"type": oops}';
    expect(await file.import(lines)).toEqual({ accepted: 999, duplicate: 0, refused: 1 });
    expect(refused).toEqual([
      { line: 417, column: 10, id: null, errors: [expect.objectContaining({ field: 'line' })] },
    ]);
  });

  it('names field and value of an event that is refused', async () => {
    const { refused, ...file } = given();
    await file.import([session(1), JSON.stringify({ ...asSent(session(2)), prisonId: 'xyi' })]);
    expect(refused).toEqual([
      { line: 2, id: session(2).id, errors: [expect.objectContaining({ field: 'prisonId', value: 'xyi' })] },
    ]);
  });

  it('can be run again: the second time everything is a duplicate', async () => {
    const { store, ...file } = given();
    await file.import(sessions(30));
    expect(await file.import(sessions(30))).toEqual({ accepted: 0, duplicate: 30, refused: 0 });
    expect(await store.end()).toBe('30');
  });

  it('can be stopped between two batches and completed later, without loss or doubles', async () => {
    const { store, ...file } = given();
    const stop = new AbortController();
    const first = await file.import(sessions(1200), {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    });
    expect(first).toEqual({ accepted: 500, duplicate: 0, refused: 0 });
    expect(await file.import(sessions(1200))).toEqual({ accepted: 700, duplicate: 500, refused: 0 });
    expect(await store.end()).toBe('1200');
  });

  it('was known now, and recorded when it occurred where the file does not say', async () => {
    const { inLog, ...file } = given();
    await file.import([JSON.stringify({ ...asSent(session(1)), recordedAt: undefined })]);
    expect(await inLog()).toEqual([{ id: '01', knownAt: '2026-11-22' }]);
  });
});

describe('importing history', () => {
  const recorded = (number: number, day: number, prisonNumber = 'A1234BC') =>
    session(number, {
      prisonNumber,
      occurredAt: `2026-01-0${number}T10:00:00Z`,
      recordedAt: `2026-02-0${day}T10:00:00Z`,
    });
  const history = [recorded(1, 5), recorded(2, 1), recorded(3, 3, 'B0001AA'), recorded(4, 3), recorded(2, 1)];

  it('is known when it was recorded', async () => {
    const { inLog, ...file } = given();
    expect(await file.importHistory(history)).toEqual({ accepted: 4, duplicate: 1, refused: 0 });
    expect((await inLog()).sort((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: '01', knownAt: '2026-02-05' },
      { id: '02', knownAt: '2026-02-01' },
      { id: '03', knownAt: '2026-02-03' },
      { id: '04', knownAt: '2026-02-03' },
    ]);
  });

  it('reports what it cannot take and takes the rest', async () => {
    const { refused, ...file } = given();
    const other = session(2, { data: { staffId: '9' }, recordedAt: '2026-02-09T10:00:00Z' });
    expect(await file.importHistory([...history, other, '{'])).toEqual({ accepted: 4, duplicate: 1, refused: 2 });
    expect(refused.map(({ line }) => line)).toEqual([6, 7]);
  });

  it('is completed when it was stopped half-way', async () => {
    const { store, inLog, ...file } = given();
    const stop = new AbortController();
    const many = Array.from({ length: 6_000 }, (_, number) => session(number));
    const first = await file.importHistory(many, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    });
    expect(first).toEqual({ accepted: 5_000, duplicate: 0, refused: 0 });
    expect(await completed(store)).toEqual([]);
    expect(await file.importHistory(many)).toEqual({ accepted: 1_000, duplicate: 5_000, refused: 0 });
    expect(await inLog()).toHaveLength(6_000);
    expect(await completed(store)).toHaveLength(1);
  });

  it('is completed by nothing that only repeats a part of it, and then as if that had not been', async () => {
    const { tellings, inLog, ...file } = given();
    const stop = new AbortController();
    const many = Array.from({ length: 6_000 }, (_, number) => session(number));
    await file.importHistory(many, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    });
    const half = (await tellings.open()).list;
    expect(half).toEqual([expect.objectContaining({ kind: 'history', people: 1 })]);
    expect(await file.importHistory(many.slice(0, 1), { name: 'a part' })).toEqual({
      accepted: 0,
      duplicate: 1,
      refused: 0,
    });
    expect((await tellings.open()).list).toEqual(half);
    expect(await file.importHistory(many)).toEqual({ accepted: 1_000, duplicate: 5_000, refused: 0 });
    expect((await tellings.open()).list).toEqual([]);
    expect(await inLog()).toHaveLength(6_000);
  });

  it('refuses, line by line, what is about somebody the log knows already, and takes the rest', async () => {
    const { inLog, refused, ...file } = given();
    await file.import([session(7)]);
    expect(await file.importHistory(history)).toEqual({ accepted: 1, duplicate: 1, refused: 3 });
    expect(refused.map(({ line, errors }) => [line, errors[0]?.field, errors[0]?.value])).toEqual([
      [2, 'prisonNumber', 'A1234BC'],
      [4, 'prisonNumber', 'A1234BC'],
      [1, 'prisonNumber', 'A1234BC'],
    ]);
    expect((await inLog()).map(({ id }) => id)).toEqual(['07', '03']);
  });

  it('changes nothing the second time', async () => {
    const { inLog, ...file } = given();
    await file.importHistory(history);
    expect(await file.importHistory(history)).toEqual({ accepted: 0, duplicate: 5, refused: 0 });
    expect(await inLog()).toHaveLength(4);
  });

  it('stops where the store does', async () => {
    const { store, ...file } = given();
    store.append = () => Promise.reject(new StoreUnavailable('The disk is full.'));
    await expect(file.importHistory(history)).rejects.toThrow('The disk is full.');
  });
});

/** How many tellings each note that says so completes. */
const completed = async (store: InMemoryEventStore): Promise<number[]> => {
  const counts: number[] = [];
  for await (const { type, data } of store.readAll({ filter: { streamPrefixes: ['cw_telling-'] } }))
    if (type === 'TellingCompleted') counts.push((data['tellings'] as string[]).length);
  return counts;
};
