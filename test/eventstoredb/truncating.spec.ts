import { describe, expect, it } from '@jest/globals';
import { all, event, events, freshPrefix, idsOf } from '../contract/store-under-test.js';
import { onServers } from './stores.js';

describe('truncating a stream on an event server', () => {
  const { server, store } = onServers();
  const stream = `${freshPrefix()}a`;

  it('hides its beginning from its readers at once, and from the log once the server is scavenged', async () => {
    const node = await server();
    const log = store(node.url);
    const written = events(4);
    await log.append(stream, 'no-stream', written);
    await log.truncateBefore(stream, 3);
    expect(idsOf(await all(log.readStream(stream)))).toEqual(idsOf(written.slice(3)));
    expect(idsOf(await all(log.readAll()))).toEqual(idsOf(written));
    node.log.scavenge();
    expect(idsOf(await all(log.readAll()))).toEqual(idsOf(written.slice(3)));
  });

  it('leaves the revisions as they are, and never shows again what was truncated', async () => {
    const log = store((await server()).url);
    await log.append(stream, 'no-stream', events(3));
    await log.truncateBefore(stream, 2);
    await log.truncateBefore(stream, 1);
    expect(await log.append(stream, 2, events(1))).toMatchObject({ outcome: 'appended', revision: 3 });
    expect((await all(log.readStream(stream))).map(({ revision }) => revision)).toEqual([2, 3]);
  });

  it('keeps what else is said of the stream, and takes the path that has a deadline', async () => {
    const node = await server();
    const log = store(node.url);
    await log.append(stream, 'no-stream', events(2));
    const acl = { $acl: { $r: 'custodywatch' } };
    await log.append(`$$${stream}`, 'no-stream', [event({ type: '$metadata', data: acl })]);
    await log.truncateBefore(stream, 1);
    const [last] = node.log.stream(`$$${stream}`).slice(-1);
    expect(JSON.parse(Buffer.from(last?.data ?? []).toString('utf8'))).toEqual({ ...acl, $tb: 1 });
    expect(node.calls.batchAppend).toBe(0);
  });
});
