import { describe, expect, it } from '@jest/globals';
import type { KeyObject } from 'node:crypto';
import { WrongMasterKey } from '../../src/personal-data/errors.js';
import { SharedKeyRing } from '../../src/personal-data/shared-key-ring.js';
import { StoreAccessDenied, StoreUnavailable } from '../../src/store/errors.js';
import type { TruncatingEventStore } from '../../src/store/event-store.js';
import { newMasterKey } from '../personal-data/keys.js';
import { VirtualClock } from '../virtual-clock.js';
import { onServers } from './stores.js';

const PREFIX = 'test_';
const WHO = 'person-A1234BC';
const erasure = { reason: 'COURT_ORDER', by: 'local', at: '2026-11-22T09:00:00.000Z' };
const LATER = '2026-11-22T10:00:00.000Z';

const { server, store } = onServers(PREFIX);
const clock = new VirtualClock(0);
const master = newMasterKey();
const ringOn = (log: TruncatingEventStore, key: KeyObject = master) => SharedKeyRing.open(log, PREFIX, key, clock);

/** The same store, but the process dies before it hides anything. */
const dyingOn = (log: TruncatingEventStore): TruncatingEventStore =>
  Object.assign(Object.create(log) as TruncatingEventStore, {
    truncateBefore: (stream: string, revision: number) =>
      revision > 0 ? Promise.reject(new StoreUnavailable('Gone.')) : log.truncateBefore(stream, revision),
  });

describe('keys on an event server', () => {
  it('never lie there unlocked, and do not open with another master key', async () => {
    const node = await server();
    const made = await (await ringOn(store(node.url))).current(WHO);
    const wire = Buffer.concat(node.log.events.map(({ data }) => data)).toString('latin1');
    for (const text of [made.key.export().toString('base64'), made.key.export().toString('latin1')])
      expect(wire).not.toContain(text);
    await expect(ringOn(store(node.url), newMasterKey())).rejects.toThrow(WrongMasterKey);
    expect((await (await ringOn(store(node.url))).current(WHO)).id).toBe(made.id);
  });

  it('are asked for once a second, however often they are used', async () => {
    const node = await server();
    const ring = await ringOn(store(node.url));
    const { id } = await ring.current(WHO);
    const before = node.calls.read;
    await Promise.all(Array.from({ length: 50 }, () => ring.find(WHO, id)));
    for (let n = 0; n < 50; n += 1) await ring.find(WHO, id);
    expect(node.calls.read - before).toBe(1);
  });
});

describe('an erasure on an event server', () => {
  it('is no surprise to somebody who may not truncate: without the right there is no ring', async () => {
    const node = await server();
    node.faults.denyMetadata = true;
    await expect(ringOn(store(node.url))).rejects.toThrow(StoreAccessDenied);
    node.faults.denyMetadata = false;
    await (await ringOn(store(node.url))).current(WHO);
  });

  it('hides the key from every reader of its stream at once, and is pending until every node is scavenged', async () => {
    const node = await server();
    const ring = await ringOn(store(node.url));
    await ring.current(WHO);
    expect(await ring.erase(WHO, erasure)).toMatchObject({ pending: true });
    expect(node.log.stream(`${PREFIX}key-${WHO}`).map(({ type }) => type)).toEqual(['KeyDestroyed']);
    expect(await ring.pending()).toMatchObject([{ subject: WHO, onLeader: true }]);
    node.log.scavenge();
    expect(await ring.pending()).toMatchObject([{ subject: WHO, onLeader: false }]);
    expect(await ring.confirmScavenge(LATER)).toEqual([]);
    expect(await ring.pending()).toEqual([]);
    expect(await ring.erase(WHO, erasure)).toMatchObject({ pending: false });
  });

  it('is not confirmed while the leader is seen to hold the key', async () => {
    const node = await server();
    const ring = await ringOn(store(node.url));
    await ring.current(WHO);
    await ring.erase(WHO, erasure);
    expect(await ring.confirmScavenge(LATER)).toMatchObject([{ subject: WHO }]);
    expect(await ring.pending()).toHaveLength(1);
  });

  it('is not covered by a scavenge that began before it', async () => {
    const node = await server();
    const ring = await ringOn(store(node.url));
    await ring.current(WHO);
    await ring.erase(WHO, { ...erasure, at: '2026-11-22T11:00:00.000Z' });
    expect(await ring.confirmScavenge(LATER)).toEqual([]);
    expect(await ring.pending()).toHaveLength(1);
  });

  it('has nothing to wait for where there was no key', async () => {
    const ring = await ringOn(store((await server()).url));
    expect(await ring.erase(WHO, erasure)).toMatchObject({ pending: false });
    expect(await ring.pending()).toEqual([]);
  });

  it.each(['the next start', 'doing it again'])('that was cut short is completed by %s', async (how) => {
    const node = await server();
    const log = store(node.url);
    const dying = await ringOn(dyingOn(log));
    const { id } = await dying.current(WHO);
    await expect(dying.erase(WHO, erasure)).rejects.toThrow(StoreUnavailable);
    const keyStream = () => node.log.stream(`${PREFIX}key-${WHO}`).map(({ type }) => type);
    expect(keyStream()).toEqual(['KeyMade', 'KeyDestroyed']);
    const ring = await ringOn(log);
    expect(how === 'the next start' ? await ring.erasures() : [await ring.erase(WHO, erasure)]).toMatchObject([{ id }]);
    expect(keyStream()).toEqual(['KeyDestroyed']);
  });

  it('is remembered with all that came before it, though the records of those are scavenged', async () => {
    const node = await server();
    const ring = await ringOn(store(node.url));
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      ids.push((await ring.current(WHO)).id);
      await ring.erase(WHO, erasure);
      node.log.scavenge();
    }
    expect((await ring.erasures()).map(({ id }) => id)).toEqual(ids);
    expect(await ring.find(WHO, ids[0] ?? '')).toBe('erased');
  });
});
