import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { UnknownPosition } from '../../src/store/errors.js';
import type { EventStore, Position } from '../../src/store/event-store.js';
import { Waterline } from '../../src/store/waterline.js';
import { all, events, freshPrefix, idsOf, Listener } from '../contract/store-under-test.js';
import { leastPatience } from './client-under-test.js';
import type { ProtocolServer } from './protocol-server.js';
import { onServers, patiently } from './stores.js';

const noHurry = new AbortController().signal;

describe('a subscription to an event server', () => {
  const { server, store } = onServers();
  const prefix = freshPrefix();
  const filter = { streamPrefixes: [prefix] };

  const append = async (log: EventStore, name: string, count = 2): Promise<{ ids: string[]; position: Position }> => {
    const sent = events(count);
    const { position } = await log.append(`${prefix}${name}`, 'no-stream', sent);
    return { ids: idsOf(sent), position };
  };

  /** A listener that has caught up and followed, before something happens to the server. */
  const begun = async () => {
    const node = await server();
    const log = store(node.url);
    const first = await append(log, 'first');
    const listener = new Listener(log, { filter });
    await listener.caughtUpTo(log, first.position);
    const { ids, position } = await append(log, 'second');
    await listener.caughtUpTo(log, position);
    return { node, log, before: [...first.ids, ...ids], listener };
  };

  it.each<[string, (node: ProtocolServer) => Promise<void> | void]>([
    [
      'was ended in good order',
      (node) => {
        node.endSubscriptions();
      },
    ],
    [
      'lost its server, which came back',
      async (node) => {
        node.kill();
        await node.restart();
      },
    ],
  ])('goes on where it was when it %s, with nothing lost or doubled', async (_, happen) => {
    const { node, log, before, listener } = await begun();
    await happen(node);
    const after = await patiently(() => append(log, 'after'));
    await listener.caughtUpTo(log, after.position);
    expect(idsOf(listener.events)).toEqual([...before, ...after.ids]);
  });

  it('says that it was interrupted, and again that it has caught up, though nothing was missed', async () => {
    const { node, log, listener } = await begun();
    const before = listener.told.length;
    node.kill();
    await node.restart();
    const since = (): string[] => listener.told.slice(before).map(({ kind }) => kind);
    while (since().length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(since()).toEqual(['interrupted', 'caught-up']);
    expect(log.trouble).toBeUndefined();
  });

  it('comes to an end that others wrote, though it was asked for while something was handled', async () => {
    const node = await server();
    const log = store(node.url, { silence: 3_600_000 });
    const read = new Waterline((a, b) => log.compare(a, b));
    const [atWork, goOn] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const subscription = log.subscribeToAll({ filter }, async (message) => {
      if (message.kind === 'caught-up') read.rise(message.position);
      if (message.kind !== 'event' || !message.event.stream.endsWith('handled')) return;
      atWork.resolve(undefined);
      await goOn.promise;
    });
    const first = await append(log, 'before');
    await read.reached(first.position, noHurry);
    await append(log, 'handled', 1);
    await atWork.promise;
    await log.append('elsewhere-1', 'no-stream', events(1));
    const end = await log.end();
    goOn.resolve(undefined);
    await read.reached(end, noHurry);
    await subscription.stop();
  });

  it('begins once the server is there', async () => {
    const node = await server();
    const log = store(node.url);
    node.kill();
    const listener = new Listener(log, { filter });
    await expect(log.end()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await node.restart();
    const { ids, position } = await patiently(() => append(log, 'a'));
    await listener.caughtUpTo(log, position);
    expect(idsOf(listener.events)).toEqual(ids);
  });

  it('hands over once what the server delivers twice', async () => {
    const node = await server();
    const log = store(node.url);
    node.faults.repeatDeliveries = true;
    const first = await append(log, 'first');
    const listener = new Listener(log, { filter });
    await listener.caughtUpTo(log, first.position);
    const second = await append(log, 'second');
    await listener.caughtUpTo(log, second.position);
    expect(idsOf(listener.events)).toEqual([...first.ids, ...second.ids]);
  });

  it('believes no checkpoint: it neither skips events nor claims to have come so far', async () => {
    const node = await server();
    const log = store(node.url);
    node.faults.wrongCheckpoints = true;
    const first = await append(log, 'first', 50);
    const listener = new Listener(log, { filter });
    await listener.caughtUpTo(log, first.position);
    node.endSubscriptions();
    const second = await append(log, 'second');
    await listener.caughtUpTo(log, second.position);
    expect(idsOf(listener.events)).toEqual([...first.ids, ...second.ids]);
    const end = await log.end();
    for (const { position } of listener.told.filter((message) => message.kind === 'caught-up'))
      expect(log.compare(position, end)).toBeLessThanOrEqual(0);
  });

  it('says that it has caught up only when everything has been handled, however slowly', async () => {
    const log = store((await server()).url);
    await append(log, 'a', 200);
    const handled: string[] = [];
    await new Promise<void>((resolve) => {
      log.subscribeToAll({ filter }, async (message) => {
        for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
        if (message.kind === 'event') handled.push(message.event.id);
        else resolve();
      });
    });
    expect(handled).toHaveLength(200);
  });

  it('holds the server back while its handler is at work', async () => {
    const node = await server();
    const log = store(node.url);
    for (let n = 0; n < 20; n += 1) await append(log, `${n}`, 100);
    const gate = Promise.withResolvers<undefined>();
    const listener: string[] = [];
    const caughtUp = new Promise<undefined>((resolve) => {
      log.subscribeToAll({ filter }, async (message) => {
        await gate.promise;
        if (message.kind === 'event') listener.push(message.event.id);
        else resolve(undefined);
      });
    });
    for (let n = 0; n < 20; n += 1) expect(await all(log.readStream(`${prefix}${n}`))).toHaveLength(100);
    expect(node.sent).toBeLessThan(2_000);
    gate.resolve(undefined);
    await caughtUp;
    expect(listener).toHaveLength(2_000);
  });

  it('goes on where it was when the server finds it too slow, and holds nothing against the server', async () => {
    const { node, log, before, listener } = await begun();
    node.faults.letGoAfter = 3;
    const after = await append(log, 'after', 10);
    await listener.caughtUpTo(log, after.position);
    expect(idsOf(listener.events)).toEqual([...before, ...after.ids]);
    expect(log.trouble).toBeUndefined();
  });

  it('comes back to a server that has forgotten it, once somebody asks for the end', async () => {
    const { node, log, before, listener } = await begun();
    node.faults.forgetSubscribers = true;
    const after = await append(log, 'after');
    await log.end();
    await listener.caughtUpTo(log, after.position);
    expect(idsOf(listener.events)).toEqual([...before, ...after.ids]);
  });

  it('comes back to a server that has forgotten it, by itself, after a long silence', async () => {
    const node = await server();
    const log = store(node.url, { silence: 20 });
    const listener = new Listener(log, { filter });
    node.faults.forgetSubscribers = true;
    for (const name of ['first', 'second', 'third']) {
      const { position } = await append(log, name);
      await listener.caughtUpTo(log, position);
    }
    expect(listener.events).toHaveLength(6);
  });

  it('is told that it was interrupted by a server that answers nothing any more, though its connection is well', async () => {
    const node = await server();
    const log = store(node.url, { silence: 20, patience: leastPatience });
    const { position } = await append(log, 'first');
    const listener = new Listener(log, { filter });
    await listener.caughtUpTo(log, position);
    node.faults.muteReads = true;
    const kinds = (): string[] => listener.told.map(({ kind }) => kind);
    while (!kinds().includes('interrupted')) await new Promise((resolve) => setImmediate(resolve));
    node.faults.muteReads = false;
    const after = await patiently(() => append(log, 'second'));
    await listener.caughtUpTo(log, after.position);
    expect(listener.events).toHaveLength(4);
  });

  it('comes as far as the log goes although the last events are of another application', async () => {
    const { node, log, before, listener } = await begun();
    const alien = { id: randomUUID(), type: 'Alien', data: Buffer.from('{}'), metadata: Buffer.from('') };
    node.log.append('elsewhere', 'any', [alien]);
    await listener.caughtUpTo(log, await log.end());
    expect(idsOf(listener.events)).toEqual(before);
  });

  it('ends where the log no longer goes as far as it had come', async () => {
    const { node, before, listener } = await begun();
    node.log.loseAll();
    node.endSubscriptions();
    await expect(listener.subscription.ended).rejects.toBeInstanceOf(UnknownPosition);
    expect(idsOf(listener.events)).toEqual(before);
  });

  it('stops although the server is away', async () => {
    const { node, listener } = await begun();
    node.kill();
    await listener.subscription.stop();
    await expect(listener.subscription.ended).resolves.toBeUndefined();
  });
});

describe('reading from an event server', () => {
  const { server, store } = onServers();
  const prefix = freshPrefix();

  it('keeps to the filter, which the client leaves out, and to the end as it was', async () => {
    const node = await server();
    const log = store(node.url);
    await log.append(`${prefix}person-1`, 'no-stream', events(3));
    await log.append(`${prefix}alert-1`, 'no-stream', events(3));
    const read = await all(log.readAll({ filter: { streamPrefixes: [`${prefix}person-`] } }));
    expect(read.map(({ stream }) => stream)).toEqual(Array.from({ length: 3 }, () => `${prefix}person-1`));
  });

  it('comes to the end although the server finds it too slow on the way', async () => {
    const node = await server();
    const log = store(node.url);
    node.faults.letGoAfter = 3;
    const sent = events(10);
    await log.append(`${prefix}slowly-read`, 'no-stream', sent);
    const read = await all(log.readAll({ filter: { streamPrefixes: [`${prefix}slowly-`] } }));
    expect(idsOf(read)).toEqual(idsOf(sent));
  });

  it('never takes a part of the log for all of it when the server breaks off', async () => {
    const node = await server();
    const log = store(node.url);
    for (let n = 0; n < 20; n += 1) await log.append(`${prefix}${n}`, 'no-stream', events(100));
    const reading = (async () => {
      for await (const { revision } of log.readAll()) if (revision === 0) node.endSubscriptions();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('gives what others wrote into our streams, for its consumers to set aside', async () => {
    const node = await server();
    const log = store(node.url);
    const id = randomUUID();
    const broken = { id, type: 'Broken', data: Buffer.from('no JSON'), metadata: Buffer.from('neither') };
    node.log.append(`${prefix}person-1`, 'any', [broken]);
    expect(await all(log.readStream(`${prefix}person-1`))).toMatchObject([{ id, type: 'Broken', data: {} }]);
  });

  it('finds an event that another instance appended a moment ago', async () => {
    const node = await server();
    const [one, other] = [store(node.url), store(node.url)];
    const [first, second] = [events(1), events(1)];
    await one.append(`${prefix}a`, 'no-stream', first);
    expect(await one.findEvent(`${prefix}a`, first[0]?.id ?? '')).toMatchObject({ revision: 0 });
    await other.append(`${prefix}a`, 0, second);
    expect(await one.findEvent(`${prefix}a`, second[0]?.id ?? '')).toMatchObject({ revision: 1 });
  });

  it('says that the server is away', async () => {
    const node = await server();
    const log = store(node.url);
    node.kill();
    await expect(all(log.readStream(`${prefix}a`))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(all(log.readAll())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(log.findEvent(`${prefix}a`, '1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
