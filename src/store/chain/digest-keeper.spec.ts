import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chainOn, NOW } from '../../../test/chain.js';
import { all, event, events } from '../../../test/contract/store-under-test.js';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { StoreUnavailable } from '../errors.js';
import { logStreamIn } from '../log-stream.js';
import { ChainedEventStore } from './chained-event-store.js';
import type { ChainedLog } from './chained-log.js';
import { DigestKeeper, MOST_EVENTS } from './digest-keeper.js';
import { checkLog, type LogCheck } from './log-check.js';
import { type DigestMark, readMark, sayMark } from './log-digest.js';

const PREFIX = 'test_';
const DAY = 86_400_000;

let raw: InMemoryEventStore;
let log: ChainedLog;
let store: ChainedEventStore;
let keeper: DigestKeeper;
let check: LogCheck;
let remembered: DigestMark[];
let isFull: boolean;

/** The keeper of a service that starts on the log. */
const started = async (): Promise<DigestKeeper> => {
  log = await chainOn(raw, PREFIX);
  store = new ChainedEventStore(log);
  check = await checkLog(log, log.records.marks.at(-1));
  const remember = (mark: DigestMark): void => {
    if (isFull) throw new StoreUnavailable('The disk is full.');
    remembered.push(mark);
  };
  keeper = new DigestKeeper({ held: raw, store, prefix: PREFIX, check, remember });
  await keeper.onModuleInit();
  await caughtUp();
  return keeper;
};

const caughtUp = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** The keeper has taken in so many events since the chain began. */
const checked = async (count: number): Promise<void> => {
  while (check.mark.events < count) await new Promise((resolve) => setImmediate(resolve));
  await caughtUp();
};

const recorded = async (): Promise<string[]> =>
  (await all(raw.readStream(logStreamIn(PREFIX)))).map(({ type }) => type);

/** What is wrong with the log as a whole, held against what was remembered of it. */
const findings = async () => (await checkLog(await chainOn(raw, PREFIX), undefined, remembered)).findings;

beforeEach(async () => {
  raw = new InMemoryEventStore();
  remembered = [];
  isFull = false;
  await started();
});
afterEach(() => keeper.onModuleDestroy());

describe('the keeper of the digest', () => {
  it('records it once a day, and what it records holds', async () => {
    for (let day = 1; day <= 3; day++) {
      await store.append(`test_person-${day}`, 'no-stream', events(3));
      await caughtUp();
      for (const hour of [1, 2, 3]) await keeper.tick(NOW + day * DAY + hour * 3_600_000);
    }
    expect(await recorded()).toEqual(['ChainBegun', 'LogDigested', 'LogDigested', 'LogDigested']);
    expect(await findings()).toEqual([]);
    raw.tamper(`DELETE FROM events WHERE position = 7; UPDATE events SET position = position - 1 WHERE position > 7`);
    expect((await findings())[0]?.kind).toBe('removed');
  });

  it('records it once a day however many services there are, and however often they start', async () => {
    const first = keeper;
    await started();
    for (const one of [first, keeper]) await one.tick(NOW + DAY);
    await first.onModuleDestroy();
    await keeper.onModuleDestroy();
    await started();
    await keeper.tick(NOW + DAY + 1);
    expect(await recorded()).toEqual(['ChainBegun', 'LogDigested']);
  });

  it('records it on the same day again after many events, so that a start has no more than these to read', async () => {
    await keeper.tick(NOW + DAY);
    const theRecordItself = 1;
    await store.append('test_person-1', 'no-stream', events(MOST_EVENTS - theRecordItself - 1));
    await checked(MOST_EVENTS - 1);
    await keeper.tick(NOW + DAY + 1);
    expect(await recorded()).toEqual(['ChainBegun', 'LogDigested']);
    await store.append('test_person-2', 'no-stream', events(1));
    await checked(MOST_EVENTS);
    await keeper.tick(NOW + DAY + 2);
    await keeper.tick(NOW + DAY + 3);
    expect(await recorded()).toEqual(['ChainBegun', 'LogDigested', 'LogDigested']);
    expect(await findings()).toEqual([]);
  });

  it('remembers outside the log what that comes to, and so knows that its end was cut off', async () => {
    await store.append('test_person-1', 'no-stream', events(3));
    await caughtUp();
    await keeper.tick(NOW);
    await keeper.tick(NOW);
    expect(remembered).toHaveLength(1);
    raw.tamper('DELETE FROM events WHERE position > 2');
    expect(await findings()).toEqual([expect.objectContaining({ kind: 'lost', position: '4' })]);
  });

  it('finds what is written while it runs and does not hang in the chain', async () => {
    await raw.append('test_person-1', 'no-stream', [event()]);
    await caughtUp();
    expect(keeper.damaged).toBe(1);
  });

  it('tells of a disk that is full, and goes on once there is space', async () => {
    isFull = true;
    await store.append('test_person-1', 'no-stream', events(1));
    await caughtUp();
    await keeper.tick(NOW);
    expect(keeper.failure).toBeInstanceOf(StoreUnavailable);
    isFull = false;
    await keeper.tick(NOW);
    expect(keeper.failure).toBeUndefined();
    expect(remembered).toHaveLength(1);
  });
});

describe('the line that is told of a digest', () => {
  it('can be held against the log later, whatever stands around it', () => {
    const mark = { upTo: '120/119', events: 12, digest: `${'Ab-_'.repeat(10)}xy-` };
    expect(readMark(`2026-12-01 Keep this line elsewhere. ${sayMark(mark)}"}`)).toEqual(mark);
    expect(readMark('Log digest of nothing')).toBeUndefined();
  });
});
