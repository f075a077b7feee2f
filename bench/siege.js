import { fork } from 'node:child_process';
import { once } from 'node:events';
import { sized } from './tools/sized.js';

const BARE = new URL('./tools/bare-server.js', import.meta.url);
const OPEN = new URL('./tools/service-with-alerts.js', import.meta.url);
const SIGNED_IN = new URL('./tools/signed-in-service.js', import.meta.url);
const BESIEGING = new URL('./tools/besieging.js', import.meta.url);
const LISTENING = new URL('./tools/listening.js', import.meta.url);
const JSON_TYPE = 'application/json';
const NDJSON = 'application/x-ndjson';
/** What is open in the service that people sign in to, and how often somebody was looked at there. */
const ALERTS = sized(1_000);
const LOOKS = sized(100_000);
const LISTENERS = sized(1_000);
/** Nobody may have more open. */
const STREAMS_EACH = 10;
const CHANGES = sized(50);
const SECONDS = sized(10);
const MEGABYTES = 8;

const inWords = (count) => count.toLocaleString('en-GB');

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
    named: `ten arrays of ${inWords(sized(10_000))} refused events at once`,
    sent: {
      path: '/custody-events',
      type: JSON_TYPE,
      body: JSON.stringify(events(sized(10_000), { wrong: 1 })),
      atOnce: 10,
    },
  },
  {
    named: `a note of ${inWords(sized(6_000))} unknown members`,
    sent: { path: '/safety-alerts/x/note', type: JSON_TYPE, body: JSON.stringify(unknown(sized(6_000))), atOnce: 10 },
  },
  {
    named: `${inWords(sized(20_000))} lines of 40 unknown members`,
    sent: {
      path: '/custody-events',
      type: NDJSON,
      body: `${JSON.stringify(unknown(40))}\n`.repeat(sized(20_000)),
      atOnce: 1,
    },
  },
  {
    named: `${inWords(sized(5_000))} events of one person, until they are decided on`,
    sent: {
      path: '/custody-events',
      type: JSON_TYPE,
      body: JSON.stringify(events(sized(5_000))),
      atOnce: 1,
      until: 'decided',
    },
  },
];

/** The same person, told of again: somebody else tells of another one meanwhile. */
const OF_ONE_PERSON = () => ({
  path: '/custody-events',
  type: JSON_TYPE,
  body: JSON.stringify(events(sized(5_000), { prisonNumber: 'A1234BD' })),
  until: 'decided',
  others: 'tell',
});

/** What is sent by those who sign in. @param tokens of the service */
const SIGNED_SIEGES = ({ stranger, officer, administrator }) => [
  {
    named: `ten bodies of ${MEGABYTES} MB by somebody without a role`,
    sent: { path: '/custody-events', type: JSON_TYPE, body: eightMegabytes(), atOnce: 10, token: stranger },
  },
  {
    named: `ten notes of ${MEGABYTES} MB`,
    sent: { path: '/safety-alerts/x/note', type: JSON_TYPE, body: eightMegabytes(), atOnce: 10, token: officer },
  },
  {
    named: `a page of ${inWords(LOOKS)} access records of all days`,
    sent: {
      path: '/access-records?from=0001-01-01&to=9999-12-31&size=20',
      atOnce: 1,
      token: administrator,
    },
  },
];

const eightMegabytes = () => JSON.stringify('x'.repeat(sized(MEGABYTES * 1024 * 1024 - 2)));

/**
 * How long somebody else waits for an answer while much that is wrong, or long, is sent or asked, and until all who listen
 * have heard of a change: beside a server that reads and writes the same, and does nothing else.
 */
export default async function siege() {
  const bare = await started(BARE);
  const besieger = new Besieger(BESIEGING);
  const service = await started(OPEN, '0', 'watching');
  const rows = await besieged(besieger, SIEGES(), service.told, bare.told);
  rows.push(await delayed(besieger, service.told));
  await service.stop();
  const tokens = Math.ceil(LISTENERS / STREAMS_EACH);
  const signedIn = await started(SIGNED_IN, ALERTS, LOOKS, tokens);
  const { port } = signedIn.told;
  rows.push(...(await besieged(besieger, SIGNED_SIEGES(signedIn.told.tokens), port, bare.told)));
  besieger.stop();
  rows.push(await listenedTo(signedIn.told, bare.told));
  for (const server of [signedIn, bare]) await server.stop();
  return rows;
}

async function besieged(besieger, sieges, port, barePort) {
  const rows = [];
  for (const { named, sent } of sieges) {
    const [ours, theirs] = [await besieger.told({ port, ...sent }), await besieger.told({ port: barePort, ...sent })];
    rows.push({
      figure: `longest wait of others: ${named}`,
      value: `${ours.longest.toFixed(0)} ms of ${ours.took.toFixed(0)} ms`,
      peer: `bare server, ${theirs.longest.toFixed(0)} ms of ${theirs.took.toFixed(0)} ms`,
      ratio: theirs.longest / ours.longest,
    });
  }
  return rows;
}

/** Whatever is told is decided on within some seconds, for time has to pass: so it is beside the same with nothing else going on. */
async function delayed(besieger, port) {
  const sent = OF_ONE_PERSON();
  const alone = await besieger.told({ port, ...sent, atOnce: 0 });
  const meanwhile = await besieger.told({ port, ...sent, atOnce: 1 });
  return {
    figure: `until what others tell is decided on: ${inWords(sized(5_000))} events of one person`,
    value: `${meanwhile.longest.toFixed(0)} ms of ${meanwhile.took.toFixed(0)} ms`,
    peer: `with nothing else, ${alone.longest.toFixed(0)} ms`,
    ratio: alone.longest / meanwhile.longest,
  };
}

async function listenedTo({ port, alerts, tokens }, barePort) {
  const listening = new Besieger(LISTENING);
  const load = { listeners: LISTENERS, changes: CHANGES, seconds: SECONDS, alerts };
  const asked = { ...load, tokens: tokens.listeners, officer: tokens.officer };
  const [ours, theirs] = [await listening.told({ port, ...asked }), await listening.told({ port: barePort, ...asked })];
  listening.stop();
  return {
    figure: `until all of ${inWords(LISTENERS)} streams are told, ${CHANGES} changes a second`,
    value: `${ours.longest.toFixed(0)} ms; a list within ${ours.page.toFixed(0)} ms`,
    peer: `bare server, ${theirs.longest.toFixed(0)} ms; ${theirs.page.toFixed(0)} ms`,
    ratio: theirs.longest / ours.longest,
  };
}

/** A process that besieges what it is told to, and tells what came of it. */
class Besieger {
  constructor(program) {
    this.process = fork(program);
    this.gaveUp = once(this.process, 'exit').then(([code]) => {
      if (code !== 0) throw new Error('The besieger gave up.');
    });
  }

  /** @throws Error when the process gives up */
  async told(asked) {
    const told = once(this.process, 'message');
    this.process.send(asked);
    const [answer] = await Promise.race([told, this.gaveUp]);
    return answer;
  }

  stop() {
    this.process.disconnect();
  }
}

/** A server in a process of its own, with what it tells of itself. @throws Error when it ends before it tells */
async function started(file, ...args) {
  const server = fork(file, args.map(String));
  const ended = once(server, 'exit');
  const [told] = await Promise.race([once(server, 'message'), ended]);
  if (server.exitCode !== null) throw new Error(`${file} ended with ${server.exitCode} before it was ready.`);
  return {
    told,
    stop: async () => {
      server.disconnect();
      await ended;
    },
  };
}
