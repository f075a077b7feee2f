import { beforeEach, describe, expect, it } from '@jest/globals';
import { chained, chainOn, NOW } from '../../../test/chain.js';
import { events } from '../../../test/contract/store-under-test.js';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { logStreamIn } from '../log-stream.js';
import { beginChain } from './begin-chain.js';
import { logDigested, readChainRecords } from './chain-records.js';
import { cutRecorded, cutStreams, pastStreams, type PastStreams } from './cut-streams.js';
import { checkLog } from './log-check.js';
import type { DigestMark } from './log-digest.js';

const PREFIX = 'test_';
const [ANNE, OLD, OTHER, NEW] = ['person-A0001AA', 'access-01-1', 'access-01-2', 'access-02-1'].map(
  (name) => PREFIX + name,
) as [string, string, string, string];

/** A log whose streams can be cut, as on an event server: it shows what was cut off until it is scavenged. */
class Server extends InMemoryEventStore {
  readonly truncated = new Map<string, number>();

  truncateBefore(stream: string, revision: number): Promise<void> {
    this.truncated.set(stream, revision);
    return Promise.resolve();
  }

  override missingBetween(): undefined {
    return undefined;
  }

  scavenge(): void {
    for (const [stream, revision] of this.truncated) this.lose(`name = '${stream}' AND events.revision < ${revision}`);
  }

  lose(where: string): void {
    this.tamper(`DELETE FROM events WHERE position IN
      (SELECT position FROM events JOIN streams USING (stream_key) WHERE ${where})`);
  }
}

let server: Server;

const record = async (): Promise<DigestMark> => {
  const { mark } = await checkLog(await chainOn(server, PREFIX));
  const { revision } = await readChainRecords(server, PREFIX);
  await (await chained(server, PREFIX)).append(logStreamIn(PREFIX), revision, [logDigested(mark, NOW)]);
  return mark;
};

const past = async (): Promise<PastStreams> =>
  pastStreams(await chainOn(server, PREFIX), `${PREFIX}access-`, (stream) => stream < NEW);

/** Everything from the first day is cut off, or is said to be. */
const cut = async (): Promise<void> => {
  const log = { ...(await chainOn(server, PREFIX)), store: server, prefix: PREFIX };
  await cutStreams(log, (await past()).streams, 'somebody', NOW);
};

const found = async (known: readonly DigestMark[] = []): Promise<string[]> =>
  (await checkLog(await chainOn(server, PREFIX), undefined, known)).findings.map(({ kind }) => kind);

/** Records of who saw whom of two days, a digest in between, and one at the end. */
beforeEach(async () => {
  server = new Server();
  const log = await chained(server, PREFIX);
  await log.append(OLD, 'no-stream', events(2));
  await log.append(ANNE, 'no-stream', events(2));
  await log.append(OTHER, 'no-stream', events(2));
  await record();
  await log.append(OLD, 1, events(2));
  await log.append(NEW, 'no-stream', events(2));
  await record();
});

describe('a cut that was recorded first', () => {
  it('is not found, before the server has been scavenged, after it, and when more has come and was recorded', async () => {
    await cut();
    expect(Object.fromEntries(server.truncated)).toEqual({ [OLD]: 4, [OTHER]: 2 });
    expect(await found()).toEqual([]);
    const before = await record();
    server.scavenge();
    expect(await found([before])).toEqual([]);
    await (await chained(server, PREFIX)).append(ANNE, 1, events(1));
    await record();
    expect(await found()).toEqual([]);
  });

  it('says which streams, up to where, the hash there, and by whom', async () => {
    await cut();
    const { cuts } = await readChainRecords(server, PREFIX);
    expect([...cuts.values()]).toEqual([
      { stream: OLD, before: 4, hash: expect.any(String) },
      { stream: OTHER, before: 2, hash: expect.any(String) },
    ]);
  });

  it('can be made again where it was stopped', async () => {
    await cut();
    server.truncated.clear();
    const { streams, events: left, shown } = await past();
    expect([streams, left]).toEqual([[], 0]);
    await cutRecorded({ ...(await chainOn(server, PREFIX)), store: server, prefix: PREFIX }, shown);
    expect(server.truncated.size).toBe(2);
  });

  it('is not asked for again once nothing of it is there', async () => {
    await cut();
    expect((await past()).shown.map(({ stream }) => stream).sort()).toEqual([OLD, OTHER]);
    server.scavenge();
    expect((await past()).shown).toEqual([]);
  });

  it('is recorded once where two runs found the same, and the other is told to run again where it found more', async () => {
    const log = { ...(await chainOn(server, PREFIX)), store: server, prefix: PREFIX };
    const { streams } = await past();
    const some = streams.slice(0, 1);
    await cutStreams(log, some, 'somebody', NOW);
    await cutStreams(log, some, 'somebody else', NOW);
    await expect(cutStreams(log, streams, 'somebody else', NOW)).rejects.toThrow(/Run it again/);
    const { shares } = await readChainRecords(server, PREFIX);
    expect(shares.reduce((sum, { events }) => sum + events, 0)).toBe(4);
    expect(await found()).toEqual([]);
    server.scavenge();
    expect(await found()).toEqual([]);
  });

  it('holds also where the chain begins anew after it', async () => {
    await cut();
    const { store, records, ...log } = await chainOn(server, PREFIX);

    await beginChain({ ...log, store, prefix: PREFIX }, records.begun?.key ?? '', () => NOW, {
      found: ['X'],
      by: 'me',
    });
    server.scavenge();
    expect(await found()).toEqual([]);
  });

  it('leaves alone what came since the last digest', async () => {
    await (await chained(server, PREFIX)).append(OTHER, 1, events(1));
    expect((await past()).streams.map(({ stream }) => stream)).toEqual([OLD]);
  });

  it('is refused over an event that was changed', async () => {
    server.tamper(`UPDATE events SET data = '{}' WHERE position = 3`);
    server.tamper(`UPDATE events SET data = '{"a":1}' WHERE position = 2`);
    await expect(past()).rejects.toThrow(/at position 2 is not as it was written/);
  });
});

describe('a cut that was not recorded', () => {
  it.each([
    ['none was recorded at all', `name = '${OLD}'`, false],
    ['more is gone of a stream than was recorded', `name = '${NEW}' AND events.revision < 1`, true],
    ['another stream is gone', `name = '${ANNE}'`, true],
  ])('is found: %s', async (_, where, isCut) => {
    if (isCut) {
      await cut();
      server.scavenge();
    }
    server.lose(where);
    expect(await found()).not.toEqual([]);
  });
});
