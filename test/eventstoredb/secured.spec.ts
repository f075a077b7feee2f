import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { all, events, freshPrefix, idsOf, Listener } from '../contract/store-under-test.js';
import { Authority } from './certificates.js';
import type { ProtocolServer } from './protocol-server.js';
import { onServers, patiently } from './stores.js';

const USER = 'custody-watch';
const PASSWORD = 'pass:w@rd';

describe('a secured event server', () => {
  const { server, store } = onServers();
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  const caFile = join(folder, 'ca.crt');
  const prefix = freshPrefix();
  const stream = `${prefix}a`;
  let ours: Authority;

  beforeAll(async () => {
    ours = await Authority.create('Ours');
    writeFileSync(caFile, ours.certificate);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A server with a certificate for a host, by an authority, that knows one user. */
  const secured = async ({ by = ours, host = 'localhost', until = '2099-01-01' } = {}): Promise<ProtocolServer> =>
    server(undefined, { certified: await by.certify(host, until), users: { [USER]: PASSWORD } });

  const addressOf = ({ port }: ProtocolServer, password = PASSWORD): string =>
    `esdb://${USER}:${encodeURIComponent(password)}@localhost:${port}?tlsCAFile=${encodeURIComponent(caFile)}`;

  it('is written to, read and followed, each call with user and password', async () => {
    const node = await secured();
    const log = store(addressOf(node));
    const sent = events(3);
    await log.append(stream, 'no-stream', sent);
    expect(idsOf(await all(log.readStream(stream)))).toEqual(idsOf(sent));
    const listener = new Listener(log, { filter: { streamPrefixes: [prefix] } });
    await listener.caughtUpTo(log, await log.end());
    expect(idsOf(listener.events)).toEqual(idsOf(sent));
    expect(new Set(node.callers)).toEqual(new Set([`Basic ${btoa(`${USER}:${PASSWORD}`)}`]));
    expect(node.calls).toMatchObject({ append: 1, batchAppend: 0 });
  });

  it.each([
    ['has expired', () => ({ until: '2021-01-01' }), /has expired. Renew it on the server \(CERT_HAS_EXPIRED\)/],
    ['is for another name', () => ({ host: 'elsewhere' }), /is for another name. Use a name in EVENTSTORE_URL/],
    ['is by somebody unknown', async () => ({ by: await Authority.create('Theirs') }), /trusted here. Check tlsCAFile/],
    ['is by somebody who takes our name', async () => ({ by: await Authority.create('Ours') }), /Check tlsCAFile/],
  ])('is sent nothing when its certificate %s, and the error says what to do', async (_, certificate, what) => {
    const node = await secured(await certificate());
    const log = store(addressOf(node));
    const refused = { code: 'STORE_NOT_TRUSTED', message: expect.stringMatching(what) };
    await expect(log.append(stream, 'no-stream', events(1))).rejects.toMatchObject(refused);
    await expect(all(log.readStream(stream))).rejects.toMatchObject(refused);
    await expect(log.end()).rejects.toMatchObject(refused);
    expect(log.trouble).toMatchObject(refused);
    expect(node.callers).toEqual([]);
  });

  it('says the same of a cluster, whose client only says that it found no leader', async () => {
    const [one, other] = [await secured({ until: '2021-01-01' }), await secured({ until: '2021-01-01' })];
    const address = addressOf(one).replace('?', `,localhost:${other.port}?maxDiscoverAttempts=1&`);
    await expect(store(address).end()).rejects.toMatchObject({ code: 'STORE_NOT_TRUSTED' });
  });

  it('is used again once its certificate is renewed, without a restart here', async () => {
    const node = await secured({ until: '2021-01-01' });
    const log = store(addressOf(node));
    const listener = new Listener(log, { filter: { streamPrefixes: [prefix] } });
    const sent = events(1);
    await expect(log.append(stream, 'no-stream', sent)).rejects.toMatchObject({ code: 'STORE_NOT_TRUSTED' });
    node.kill();
    node.security = { certified: await ours.certify('localhost'), users: { [USER]: PASSWORD } };
    await node.restart();
    const { position } = await patiently(() => log.append(stream, 'no-stream', sent));
    await listener.caughtUpTo(log, position);
    expect(idsOf(listener.events)).toEqual(idsOf(sent));
    expect(log.trouble).toBeUndefined();
  });

  it('lets nobody in with a wrong password: each call is answered so, once, and is not tried again by itself', async () => {
    const node = await secured();
    const log = store(addressOf(node, 'wrong'));
    const denied = { code: 'STORE_ACCESS_DENIED', message: expect.stringContaining('Check the user and password') };
    await expect(log.append(stream, 'no-stream', events(1))).rejects.toMatchObject(denied);
    await expect(all(log.readStream(stream))).rejects.toMatchObject(denied);
    await expect(log.end()).rejects.toMatchObject(denied);
    await expect(log.end()).rejects.not.toThrow(/wrong/);
    expect(node.callers).toHaveLength(4);
  });

  it('is asked once, and after a pause, by who follows the log with a wrong password', async () => {
    const node = await secured();
    const anHour = 3_600_000;
    const log = store(addressOf(node, 'wrong'), { firstPause: anHour, longestPause: anHour });
    const listener = new Listener(log, { filter: { streamPrefixes: [prefix] } });
    while (log.trouble === undefined) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 1_000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(node.callers).toHaveLength(1);
    await listener.subscription.stop();
  });

  it('cannot be addressed any more when the file of its authority goes away, and says which setting names it', async () => {
    const node = await secured();
    const log = store(addressOf(node));
    rmSync(caFile);
    try {
      const refused = { code: 'STORE_NOT_TRUSTED', message: expect.stringContaining('tlsCAFile in EVENTSTORE_URL') };
      await expect(log.end()).rejects.toMatchObject(refused);
    } finally {
      writeFileSync(caFile, ours.certificate);
    }
    expect(await log.end()).toBe('0');
  });
});
