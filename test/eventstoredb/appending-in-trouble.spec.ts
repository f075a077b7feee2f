import { describe, expect, it } from '@jest/globals';
import { LARGEST_APPEND } from '../../src/store/append-size.js';
import { InvalidAppend, StoreAccessDenied, StoreUnavailable, WrongExpectedRevision } from '../../src/store/errors.js';
import { all, event, events, freshPrefix, idsOf } from '../contract/store-under-test.js';
import { leastPatience } from './client-under-test.js';
import { accessDenied, notReady, unavailable } from './faults.js';
import { onServers } from './stores.js';

describe('an append to an event server', () => {
  const { server, store } = onServers();
  const stream = `${freshPrefix()}a`;

  it('never takes the path on which the client has no deadline, and asks no server what it can do', async () => {
    const node = await server();
    await store(node.url).append(stream, 'no-stream', events(2));
    expect(node.calls).toMatchObject({ append: 1, batchAppend: 0, features: 0 });
  });

  it('answers with the revision that the stream is at', async () => {
    const log = store((await server()).url);
    await log.append(stream, 'no-stream', events(4));
    expect(await log.append(stream, 3, events(1))).toMatchObject({ revision: 4 });
  });

  it('gives up when the server says nothing, and harms no other', async () => {
    const [silent, well] = [await server(), await server()];
    silent.faults.muteAppends = true;
    const impatient = store(silent.url, { patience: 200 });
    const given = impatient.append(stream, 'no-stream', events(1));
    await expect(given).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(given).rejects.toThrow(/may have been stored/);
    expect(await store(well.url).append(stream, 'no-stream', events(1))).toMatchObject({ outcome: 'appended' });
    silent.faults.muteAppends = false;
    expect(await impatient.append(stream, 'no-stream', events(1))).toMatchObject({ outcome: 'appended' });
  });

  it('is not undone by the trouble of another', async () => {
    const [slow, dying] = [await server(), await server()];
    slow.faults.muteAppends = true;
    const waiting = store(slow.url, { patience: 1_000 }).append(stream, 'no-stream', events(1));
    const lost = store(dying.url).append(stream, 'no-stream', events(1));
    dying.kill();
    await Promise.allSettled([lost]);
    await expect(waiting).rejects.toThrow(/deadline-exceeded|took too long/);
  });

  it('is found out to have been stored when its acknowledgement was lost, by sending it again', async () => {
    const node = await server();
    const log = store(node.url);
    const sent = events(3);
    node.faults.loseAcknowledgements = 1;
    await expect(log.append(stream, 'no-stream', sent)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await log.append(stream, 'no-stream', sent)).toMatchObject({ outcome: 'duplicate', revision: 2 });
    expect(idsOf(await all(log.readStream(stream)))).toEqual(idsOf(sent));
  });

  it('takes its time on a slow network, and is stored once', async () => {
    const node = await server();
    const log = store(node.url);
    node.faults.late = async () => {
      for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const streams = Array.from({ length: 20 }, (_, index) => `${stream}-${index}`);
    await Promise.all(streams.map((name) => log.append(name, 'no-stream', events(2))));
    expect(node.log.events).toHaveLength(40);
    expect(log.trouble).toBeUndefined();
  });

  it('that a network too slow did not let us hear of is known to be stored when it is sent again', async () => {
    const node = await server();
    const log = store(node.url, { patience: leastPatience });
    const sent = events(2);
    node.faults.late = () => new Promise(() => undefined);
    await expect(log.append(stream, 'no-stream', sent)).rejects.toThrow(/may have been stored/);
    node.faults.late = () => Promise.resolve();
    expect(await log.append(stream, 'no-stream', sent)).toMatchObject({ outcome: 'duplicate', revision: 1 });
    expect(node.log.events).toHaveLength(2);
  });

  it('is known for a duplicate, or a conflict, once the nodes have agreed on what came before', async () => {
    const node = await server();
    const log = store(node.url);
    const sent = events(2);
    await log.append(stream, 'no-stream', sent);
    node.faults.disagreements = 3;
    expect(await log.append(stream, 'no-stream', sent)).toMatchObject({ outcome: 'duplicate', revision: 1 });
    node.faults.disagreements = 3;
    await expect(log.append(stream, 'no-stream', events(3))).rejects.toBeInstanceOf(WrongExpectedRevision);
    expect(await all(log.readStream(stream))).toHaveLength(2);
  });

  it('is neither a duplicate nor a conflict while the nodes do not agree on what came before', async () => {
    const node = await server();
    const log = store(node.url, { patience: leastPatience });
    await log.append(stream, 'no-stream', events(2));
    node.faults.disagreements = Infinity;
    const again = log.append(stream, 'no-stream', events(1));
    await expect(again).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(again).rejects.toThrow(/may have been stored/);
  });

  it('tells two instances apart that send the same id with other content at the same revision', async () => {
    const { url } = await server();
    const shared = event({ data: { note: 'seen at 10:00' } });
    const other = { ...shared, data: { note: 'refused to come' } };
    const outcomes = await Promise.all([
      store(url).append(stream, 'no-stream', [shared]),
      store(url).append(stream, 'no-stream', [other]),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['appended', 'duplicate']);
  });

  it('turns to the leader', async () => {
    const leader = await server();
    const follower = await server(leader.log);
    follower.faults.leader = leader;
    const log = store(follower.url);
    expect(await log.append(stream, 'no-stream', events(1))).toMatchObject({ outcome: 'appended' });
    expect([leader.calls.append, follower.calls.append]).toEqual([1, 1]);
    expect(await all(log.readStream(stream))).toHaveLength(1);
  });

  it.each([
    ['a code and nothing else', unavailable],
    ['a word that the client does not know', notReady],
  ])('says that the server is away, and works once it is back, after %s', async (_, as) => {
    const node = await server();
    const log = store(node.url);
    node.faults.refuse = { times: 1, as: as() };
    await expect(log.append(stream, 'no-stream', events(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(log.trouble).toBeInstanceOf(StoreUnavailable);
    expect(await log.append(stream, 'no-stream', events(1))).toMatchObject({ outcome: 'appended' });
    expect(log.trouble).toBeUndefined();
  });

  it('works again after a time in which no leader could be found', async () => {
    const [one, two] = [await server(), await server()];
    one.faults.leaderless = two.faults.leaderless = true;
    const cluster = `esdb://127.0.0.1:${one.port},127.0.0.1:${two.port}?tls=false&maxDiscoverAttempts=2`;
    const log = store(cluster);
    for (let n = 0; n < 3; n += 1)
      await expect(log.append(stream, 'no-stream', events(1))).rejects.toBeInstanceOf(StoreUnavailable);
    one.faults.leaderless = false;
    expect(await log.append(stream, 'no-stream', events(1))).toMatchObject({ outcome: 'appended' });
  });

  it('is refused with its own word where the server lets us do nothing', async () => {
    const node = await server();
    node.faults.refuse = { times: 1, as: accessDenied() };
    const refused = store(node.url).append(stream, 'no-stream', events(1));
    await expect(refused).rejects.toBeInstanceOf(StoreAccessDenied);
  });

  it('is never larger than what any server takes in one piece', async () => {
    const node = await server();
    const log = store(node.url);
    const half = (): string => 'x'.repeat(LARGEST_APPEND / 2);
    const tooMuch = [event({ data: { half: half() } }), event({ data: { half: half() } })];
    await expect(log.append(stream, 'no-stream', tooMuch)).rejects.toBeInstanceOf(InvalidAppend);
    expect(node.calls.append).toBe(0);
    expect(await log.append(stream, 'no-stream', tooMuch.slice(1))).toMatchObject({ outcome: 'appended' });
  });

  it('tells nothing of what was sent when it fails', async () => {
    const node = await server();
    node.kill();
    const secret = event({ data: { concern: 'said goodbye to everybody' } });
    const failed = store(node.url).append(`${stream}-A1234BC`, 'no-stream', [secret]);
    await expect(failed).rejects.not.toThrow(/goodbye|A1234BC/);
  });
});
