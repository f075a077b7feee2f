import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeHistory } from './tools/history.js';
import { median } from './tools/median.js';
import { node, startOn } from './tools/nodes.js';

const ROUNDS = 3;
const PEOPLE = Number(process.env.PEOPLE ?? 80_000);
const CLI = fileURLToPath(new URL('../bin/custody-watch.js', import.meta.url));

/**
 * A start of the whole service on a log of a million custody events and all the alerts that come of them, until it has
 * caught up: from snapshots, against a start that reads the log from its beginning. A process for each start.
 */
export default async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
  try {
    const file = join(folder, 'estate.ndjson');
    const events = await writeHistory(file, PEOPLE);
    const dataDir = join(folder, 'data');
    const env = { DATA_DIR: dataDir };
    await node([CLI, 'import', '--history', file], env);
    await startOn(env, 'decide');
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ snapshot: await startOn(env, 'snapshot'), replay: await startOn(env, 'replay') });
    const snapshot = median(rounds.map((round) => round.snapshot));
    const replay = median(rounds.map((round) => round.replay));
    return [
      {
        figure: `start from snapshots, ${events} events, ${PEOPLE} people`,
        value: `${(snapshot / 1000).toFixed(2)} s, ${sizeOf(join(dataDir, 'snapshots'))} MB of snapshots`,
        peer: `full replay, ${(replay / 1000).toFixed(1)} s`,
        ratio: replay / snapshot,
        target: 10,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sizeOf = (folder) =>
  Math.round(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6);
