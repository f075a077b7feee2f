import { beforeEach, describe, expect, it } from '@jest/globals';
import { chained, chainOn, NOW } from '../../../test/chain.js';
import { all, event, events } from '../../../test/contract/store-under-test.js';
import { onServers } from '../../../test/eventstoredb/stores.js';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import type { EventStore } from '../event-store.js';
import { logStreamIn } from '../log-stream.js';
import { linkedEvent, withLink } from './chain-link.js';
import { logDigested, readChainRecords } from './chain-records.js';
import { type ChainFinding, checkLog } from './log-check.js';
import type { DigestMark } from './log-digest.js';

const PREFIX = 'test_';
const [ANNE, BILL, ACCESS] = ['test_person-A0001AA', 'test_person-B0002BB', 'test_access-2026-11-22-1'];

/** What the log comes to, as it is now. */
const markOf = async (raw: EventStore): Promise<DigestMark> => (await checkLog(await chainOn(raw, PREFIX))).mark;

/** The log records what it comes to. */
const record = async (raw: EventStore): Promise<void> => {
  const { revision } = await readChainRecords(raw, PREFIX);
  await (await chained(raw, PREFIX)).append(logStreamIn(PREFIX), revision, [logDigested(await markOf(raw), NOW)]);
};

/** A log of twelve events, with what it came to in the middle: at 1 its chain begins, at 8 that is recorded. */
const told = async (raw: EventStore): Promise<void> => {
  const store = await chained(raw, PREFIX);
  await store.append(ANNE, 'no-stream', events(2));
  await store.append(ACCESS, 'no-stream', events(2));
  await store.append(BILL, 'no-stream', events(2));
  await record(raw);
  await store.append(ANNE, 1, events(2));
  await store.append(BILL, 1, events(2));
};

const findings = async (raw: EventStore, known: readonly DigestMark[] = []): Promise<ChainFinding[]> =>
  (await checkLog(await chainOn(raw, PREFIX), undefined, known)).findings;

const inShort = (found: readonly ChainFinding[]): string[] => found.map(({ kind, position }) => `${kind} ${position}`);

describe('a check of the whole log', () => {
  let raw: InMemoryEventStore;
  beforeEach(async () => {
    raw = new InMemoryEventStore();
    await told(raw);
  });

  it('finds nothing in a log that is as it was written', async () => {
    expect(await findings(raw, [await markOf(raw)])).toEqual([]);
  });

  const swap = (a: number, b: number) =>
    `UPDATE events SET position = 99 WHERE position = ${a}; UPDATE events SET position = ${a} WHERE position = ${b};
     UPDATE events SET position = ${b} WHERE position = 99;`;

  it.each([
    ['changed', `UPDATE events SET data = '{"what":"another"}' WHERE position = 3`, ['changed 3']],
    ['changed in a record of who saw whom', `UPDATE events SET data = '{}' WHERE position = 5`, ['changed 5']],
    [
      'changed in its metadata',
      `UPDATE events SET metadata = json_set(metadata, '$.knownAt', 1) WHERE position = 9`,
      ['changed 9'],
    ],
    ['changed in its type', `UPDATE events SET type = 'Other' WHERE position = 9`, ['changed 9']],
    ['changed in its id', `UPDATE events SET event_id = 'other' WHERE position = 9`, ['changed 9']],
    ['no JSON any more', `UPDATE events SET data = '{"wh' WHERE position = 10`, ['changed 10']],
    ['freed of its link', `UPDATE events SET metadata = '{}' WHERE position = 11`, ['unlinked 11']],
    ['moved into another stream', `UPDATE events SET stream_key = 2, revision = 4 WHERE position = 10`, ['changed 10']],
    ['removed from a stream that goes on', 'DELETE FROM events WHERE position = 3', ['removed 4', 'removed 9']],
    ['the last of its stream, and removed', 'DELETE FROM events WHERE position = 5', ['removed 6']],
    [
      'removed, and its place filled',
      `DELETE FROM events WHERE position = 5; UPDATE events SET position = position - 1 WHERE position > 5`,
      ['moved 7'],
    ],
    ['moved within its stream', swap(9, 10), ['removed 9', 'moved 10']],
    ['moved among others', swap(4, 6), ['removed 5', 'moved 6']],
    ['moved past another stream', swap(3, 4), ['moved 7']],
  ])('finds an event that was %s, and names its position', async (_, sql, found) => {
    raw.tamper(sql);
    expect(inShort(await findings(raw)).slice(0, 2)).toEqual(found);
  });

  it('finds all records of who saw whom that were removed', async () => {
    raw.tamper(`DELETE FROM events WHERE position IN (4, 5)`);
    expect(await findings(raw)).toContainEqual(
      expect.objectContaining({ kind: 'removed', position: '6', what: 'what stood at positions 4 to 5 is missing' }),
    );
  });

  it('finds by what the log came to that its end was cut off, neatly, or that something stands elsewhere in it', async () => {
    const mark = await markOf(raw);
    raw.tamper(swap(10, 11));
    expect(inShort(await findings(raw, [mark]))).toEqual(['moved 12']);
    raw.tamper(swap(10, 11));
    raw.tamper(`DELETE FROM events WHERE position > 10; UPDATE streams SET revision = 1 WHERE name = '${BILL}'`);
    expect(await findings(raw)).toEqual([]);
    expect(inShort(await findings(raw, [mark]))).toEqual(['lost 12']);
  });

  it('finds what somebody wrote who has not the key', async () => {
    const last = (await all(raw.readStream(ANNE))).at(-1);
    const before = last && linkedEvent(last).link?.hash;
    const forged = event({ metadata: withLink({}, { ...(before !== undefined && { before }), hash: 'x'.repeat(43) }) });
    await raw.append(ANNE, 3, [forged]);
    await raw.append('test_person-C0003CC', 'no-stream', events(1));
    expect(inShort(await findings(raw))).toEqual(['changed 13', 'unlinked 14']);
  });

  it('finds one thing after another', async () => {
    raw.tamper(`UPDATE events SET data = '{}' WHERE position IN (3, 7, 12); DELETE FROM events WHERE position = 10`);
    expect(inShort(await findings(raw))).toEqual(['changed 3', 'changed 7', 'removed 11', 'changed 12']);
  });

  it('is not led astray by what was changed before the last digest that it begins with', async () => {
    const log = await chainOn(raw, PREFIX);
    const from = log.records.marks.at(-1);
    raw.tamper(`UPDATE events SET data = '{}' WHERE position IN (3, 10)`);
    const check = await checkLog(log, from);
    expect(inShort(check.findings)).toEqual(['changed 10']);
  });
});

describe('a log on an event server', () => {
  const { server, store } = onServers(PREFIX);

  it('is checked in the same way', async () => {
    const played = await server();
    const raw = store(played.url);
    await told(raw);
    const mark = await markOf(raw);
    expect(await findings(raw, [mark])).toEqual([]);
    const { events: stored } = played.log;
    const position = (index: number): Promise<string> => all(raw.readAll()).then((read) => read[index]?.position ?? '');
    const [third, seventh] = [await position(2), await position(6)];
    const [before] = stored.splice(2, 1, { ...stored[2], data: Buffer.from('{"what":"another"}') } as never);
    expect(inShort(await findings(raw))).toEqual([`changed ${third}`]);
    stored.splice(2, 1, before as never);
    stored.splice(4, 1);
    expect(inShort(await findings(raw))).toEqual([`removed ${seventh}`]);
  });
});
