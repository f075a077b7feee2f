import { fork } from 'node:child_process';
import { once } from 'node:events';
import { sized } from './tools/sized.js';

const SERVICE = new URL('./tools/service-with-alerts.js', import.meta.url);
const BARE = new URL('./tools/bare-server.js', import.meta.url);
const JSON_TYPE = 'application/json';
const NDJSON = 'application/x-ndjson';

const unknown = (count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}x`, n]));

const events = (count, more = {}) =>
  Array.from({ length: count }, (_, n) => ({
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    type: 'KeyWorkerSessionHeld',
    prisonNumber: 'A1234BC',
    prisonId: 'XYI',
    occurredAt: new Date(Date.UTC(2026, 0, 5) + n * 60_000).toISOString(),
    data: { staffId: '1001' },
    ...more,
  }));

const SIEGES = () => [
  {
    named: `ten arrays of ${sized(10_000).toLocaleString('en-GB')} refused events at once`,
    sent: {
      path: '/custody-events',
      type: JSON_TYPE,
      body: JSON.stringify(events(sized(10_000), { wrong: 1 })),
      atOnce: 10,
    },
  },
  {
    named: `a note of ${sized(6_000).toLocaleString('en-GB')} unknown members`,
    sent: { path: '/safety-alerts/x/note', type: JSON_TYPE, body: JSON.stringify(unknown(sized(6_000))), atOnce: 10 },
  },
  {
    named: `${sized(20_000).toLocaleString('en-GB')} lines of 40 unknown members`,
    sent: {
      path: '/custody-events',
      type: NDJSON,
      body: `${JSON.stringify(unknown(40))}\n`.repeat(sized(20_000)),
      atOnce: 1,
    },
  },
  {
    named: `${sized(5_000).toLocaleString('en-GB')} events of one person, until they are decided on`,
    sent: {
      path: '/custody-events',
      type: JSON_TYPE,
      body: JSON.stringify(events(sized(5_000))),
      atOnce: 1,
      until: '/safety-alerts?atLeast=',
    },
  },
];

/** How long somebody else waits for an answer while much that is wrong, or long, is sent: beside a server that only reads it. */
export default async function siege() {
  const [service, bare] = [await started(SERVICE, '0', 'watching'), await started(BARE)];
  const besieger = fork(new URL('./tools/besieging.js', import.meta.url));
  const rows = [];
  for (const { named, sent } of SIEGES()) {
    const [ours, theirs] = [await waitsOf(besieger, service.port, sent), await waitsOf(besieger, bare.port, sent)];
    rows.push({
      figure: `longest wait of others: ${named}`,
      value: `${ours.longest.toFixed(0)} ms of ${ours.took.toFixed(0)} ms`,
      peer: `bare server, ${theirs.longest.toFixed(0)} ms of ${theirs.took.toFixed(0)} ms`,
      ratio: theirs.longest / ours.longest,
    });
  }
  besieger.disconnect();
  for (const server of [service, bare]) await server.stop();
  return rows;
}

const waitsOf = async (besieger, port, sent) => {
  const told = once(besieger, 'message');
  besieger.send({ port, ...sent });
  const [waits] = await told;
  return waits;
};

/** A server in a process of its own. */
async function started(program, ...args) {
  const server = fork(program, args);
  const ended = once(server, 'exit');
  const [port] = await once(server, 'message');
  return {
    port,
    stop: async () => {
      server.disconnect();
      await ended;
    },
  };
}
