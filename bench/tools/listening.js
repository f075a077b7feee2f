import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { systemClock } from '../../dist/store/clock.js';
import { Tick } from '../../dist/watch/tick.js';
import { answered, longestWait } from './asking.js';

/**
 * Many who listen for changes, and one who makes them: so many each second, for so many seconds. Says how long it took at
 * most until all had heard of one, and how long somebody waited for a list meanwhile, in milliseconds.
 */
process.on('message', async ({ port, listeners, tokens, officer, alerts, changes, seconds }) => {
  const agent = new Agent({ keepAlive: true });
  const heard = new Heard(listeners);
  const streams = [];
  for (let n = 0; n < listeners; n++)
    streams.push(await heard.listen({ agent, port, token: tokens[n % tokens.length] }));
  const sent = new Map();
  let second = 0;
  const sentAll = Promise.withResolvers();
  const tick = new Tick(systemClock, async () => {
    if (second === seconds) return sentAll.resolve();
    await Promise.all(
      Array.from({ length: changes }, async (_, n) => {
        const before = performance.now();
        const path = `/safety-alerts/${alerts[(second * changes + n) % alerts.length]}/note`;
        const body = JSON.stringify({ note: `Looked at, ${second} ${n}.` });
        const answer = await answered({ port, path, type: 'application/json', body, token: officer });
        const { position } = JSON.parse(answer);
        if (position === undefined) throw new Error(`A note was answered ${answer}`);
        sent.set(position, before);
      }),
    );
    second++;
  });
  tick.start();
  const over = sentAll.promise.then(() => Promise.all([...sent.keys()].map((position) => heard.byAll(position))));
  const page = await longestWait(() => answered({ port, path: '/safety-alerts?size=20', token: officer }), over);
  await tick.stop();
  const told = [...sent].map(([position, before]) => heard.at(position) - before);
  for (const stream of streams) stream.destroy();
  process.send({ longest: Math.max(...told), page });
});

/** How many have heard of each change, and when the last of them did. */
class Heard {
  counts = new Map();
  waiting = new Map();

  constructor(listeners) {
    this.listeners = listeners;
  }

  async listen({ agent, port, token }) {
    const headers = { Authorization: `Bearer ${token}` };
    const [stream] = await once(
      get({ agent, host: '127.0.0.1', port, path: '/safety-alerts/stream', headers }),
      'response',
    );
    if (stream.statusCode !== 200) throw new Error(`A stream was answered ${stream.statusCode}.`);
    let rest = '';
    stream.setEncoding('utf8').on('data', (text) => {
      const frames = (rest + text).split('\n\n');
      rest = frames.pop();
      for (const frame of frames) if (!frame.includes('event: ping')) this.note(/id: (\S+)/.exec(frame)?.[1]);
    });
    stream.on('error', () => undefined);
    return stream;
  }

  note(position) {
    const { count } = this.counts.get(position) ?? { count: 0 };
    this.counts.set(position, { count: count + 1, at: performance.now() });
    if (count + 1 === this.listeners) this.waiting.get(position)?.resolve();
  }

  at(position) {
    return this.counts.get(position).at;
  }

  byAll(position) {
    if (this.counts.get(position)?.count === this.listeners) return undefined;
    const waiting = Promise.withResolvers();
    this.waiting.set(position, waiting);
    return waiting.promise;
  }
}
