import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventServer } from './tools/event-server.js';
import { median } from './tools/median.js';
import { node, startOn } from './tools/nodes.js';
import { sized } from './tools/sized.js';

const ROUNDS = sized(3);
const EVENTS = sized(6_858);
const PEOPLE = 75;
const MOST_SECONDS = 5;
const BACKLOG = fileURLToPath(new URL('./tools/backlog.js', import.meta.url));

/**
 * A start of the whole service on an event server that holds what a backlog made of it: so many events of 75 people that all
 * became known months after they happened. Without snapshots, in a folder that is not there yet; a process for each start. On
 * the server at EVENTSTORE_URL, or on one that only speaks the protocol and keeps its log in memory.
 */
export default async function serverStart() {
  const { url, stop } = await eventServer();
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
  const env = {
    ...{ STORE: 'eventstoredb', EVENTSTORE_URL: url, MASTER_KEY: randomBytes(32).toString('base64') },
    STREAM_PREFIX: `bench${Math.trunc(Math.random() * 1e9)}_`,
  };
  let count = 0;
  const start = (how) => startOn({ ...env, DATA_DIR: join(folder, `data-${count++}`) }, how);
  try {
    await node([BACKLOG, String(EVENTS), String(PEOPLE)], { ...env, DATA_DIR: join(folder, 'backlog') });
    await start('decide');
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await start('replay'));
    const seconds = median(rounds) / 1000;
    return [
      {
        figure: `start on an event server, ${EVENTS.toLocaleString('en-GB')} late events of ${PEOPLE} people`,
        value: `${seconds.toFixed(2)} s`,
        peer: `limit, ${MOST_SECONDS} s`,
        ratio: MOST_SECONDS / seconds,
        target: 1,
      },
    ];
  } finally {
    stop();
    rmSync(folder, { recursive: true });
  }
}
