import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { StoreUnavailable } from '../store/errors.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../store/event-store.js';
import { AccessLog } from './access-log.js';
import { type AccessRecord, fromStored } from './access-record.js';
import { Spool } from './spool.js';

/** A log that cannot be reached for a while, or that dies after so many appends. */
class FragileStore extends InMemoryEventStore {
  down = false;
  appendsLeft = Infinity;
  atOnce = 0;
  private appending = 0;

  override async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    if (this.down || this.appendsLeft-- <= 0) throw new StoreUnavailable('The log is away.');
    this.atOnce = Math.max(this.atOnce, ++this.appending);
    return super.append(stream, expected, events).finally(() => this.appending--);
  }
}

let data: string;
let store: FragileStore;
let log: AccessLog;

const restart = (): AccessLog => (log = new AccessLog(store, new Spool(join(data, 'access-spool')), 'test_'));

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'records-'));
  store = new FragileStore();
  restart();
});

afterEach(() => {
  rmSync(data, { recursive: true });
});

const record = (n: number, more: Partial<AccessRecord> = {}): AccessRecord => ({
  at: '2026-11-22T09:00:00.000Z',
  kind: 'user',
  user: `USER_${n}`,
  address: '127.0.0.1',
  access: 'read',
  operation: 'listSafetyAlerts',
  prisonNumbers: ['A1234BC'],
  ...more,
});
const many = (count: number): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, n) => log.record(record(n))));
const users = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const event of store.readAll({ filter: { streamPrefixes: ['test_access-2026-11-22-'] } }))
    found.push(fromStored(event).user);
  return found.sort();
};
const spooled = (): string[] => readdirSync(join(data, 'access-spool')).map((name) => join(data, 'access-spool', name));
const USERS = Array.from({ length: 50 }, (_, n) => `USER_${n}`).sort();

describe('a record of who saw whom', () => {
  it('is in the log once its promise resolves, and stays as it was written', async () => {
    await log.record(record(1, { reason: 'ACCT_REVIEW' }));
    for await (const event of store.readAll()) expect(fromStored(event)).toEqual(record(1, { reason: 'ACCT_REVIEW' }));
    expect(await users()).toEqual(['USER_1']);
  });

  it('waits for no other: fifty at once are handed to the log at once, and none is in the way of another', async () => {
    await many(50);
    await many(50);
    expect(store.atOnce).toBe(50);
    expect(await users()).toEqual([...USERS, ...USERS].sort());
  });

  it('of very many people comes in pieces that the log can take, and names everybody', async () => {
    const prisonNumbers = Array.from({ length: 5_000 }, (_, n) => `A${String(n).padStart(4, '0')}BC`);
    await log.record(record(1, { prisonNumbers }));
    const named: string[] = [];
    for await (const event of store.readAll()) {
      expect(JSON.stringify(event).length).toBeLessThan(100_000);
      named.push(...fromStored(event).prisonNumbers);
    }
    expect(named.sort()).toEqual(prisonNumbers);
  });
});

describe('while the log cannot be reached', () => {
  beforeEach(async () => {
    store.down = true;
    await many(50);
  });

  it('records lie in a file that only its owner may read', () => {
    expect(log.reachable).toBe(false);
    expect(spooled().map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
    expect(statSync(join(data, 'access-spool')).mode & 0o777).toBe(0o700);
  });

  it('they outlive the process, and are in the log once when it is back', async () => {
    restart();
    await expect(log.catchUp()).rejects.toThrow(StoreUnavailable);
    expect(spooled()).toHaveLength(1);
    store.down = false;
    await log.catchUp();
    expect(await users()).toEqual(USERS);
    expect([spooled(), log.reachable]).toEqual([[], true]);
  });

  it.each([0, 1, 2])('they are in the log once, although the process died after %d pieces', async (pieces) => {
    store.down = false;
    store.appendsLeft = pieces;
    await expect(log.catchUp()).rejects.toThrow(StoreUnavailable);
    store.appendsLeft = Infinity;
    restart();
    await Promise.all([log.catchUp(), log.catchUp()]);
    expect(await users()).toEqual(USERS);
  });

  it('they are in the log once, although the process died before it could remove the file', async () => {
    store.down = false;
    const [path = ''] = spooled();
    const text = readFileSync(path);
    await log.catchUp();
    writeFileSync(path, text);
    await restart().catchUp();
    expect(await users()).toEqual(USERS);
  });

  it('one that was half written when the process died, whose answer never left, spoils no other', async () => {
    appendFileSync(spooled()[0] ?? '', '{"id":"torn');
    store.down = false;
    await restart().catchUp();
    expect(await users()).toEqual(USERS);
  });

  it('a file that was damaged since is left as it is, and told of', async () => {
    const [path = ''] = spooled();
    writeFileSync(path, 'not a record\n');
    store.down = false;
    await expect(restart().catchUp()).rejects.toMatchObject({ code: 'STORE_UNREADABLE' });
    expect(readFileSync(path, 'utf8')).toBe('not a record\n');
  });

  it('new ones go to the log again when it is back, before the old ones do', async () => {
    store.down = false;
    await log.record(record(99));
    expect([await users(), log.reachable]).toEqual([['USER_99'], true]);
  });
});

it('where neither log nor spool can be written, that is told, and nobody is shown', async () => {
  store.down = true;
  writeFileSync(join(data, 'access-spool'), 'in the way');
  await expect(log.record(record(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});
