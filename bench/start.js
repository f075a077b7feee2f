import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeHistory } from './tools/history.js';
import { median } from './tools/median.js';

const ROUNDS = 3;
const PEOPLE = Number(process.env.PEOPLE ?? 80_000);
const HERE = fileURLToPath(import.meta.url);
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
    node([CLI, 'import', '--history', file], { DATA_DIR: dataDir });
    startOn(dataDir, 'decide');
    const rounds = Array.from({ length: ROUNDS }, () => ({
      snapshot: startOn(dataDir, 'snapshot'),
      replay: startOn(dataDir, 'replay'),
    }));
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

function node(args, env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=6144', ...args], {
    env: { ...process.env, LOG_LEVEL: 'error', ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Milliseconds. */
const startOn = (dataDir, how) => Number(node([HERE, how], { DATA_DIR: dataDir, PORT: '0' }));

if (process.argv[1] === HERE && process.argv[2]) process.stdout.write(String(await started(process.argv[2])));

/** `decide`: afterwards everything has been decided on and written down. `replay`: without snapshots. */
async function started(how) {
  const { createApp } = await import('../dist/app/create-app.js');
  const { openEstate } = await import('../dist/app/estate.js');
  const { readSettings } = await import('../dist/app/settings.js');
  const { KeyWorkProjection } = await import('../dist/key-work/figures/key-work-projection.js');
  const { AlertProjection } = await import('../dist/safety-alerts/list/alert-projection.js');
  const { AlertIndex } = await import('../dist/safety-alerts/list/alert-index.js');
  const { Watch } = await import('../dist/watch/watch.js');
  const began = performance.now();
  const estate = await openEstate(readSettings(process.env), false);
  const app = await createApp(how === 'replay' ? { ...estate, snapshots: undefined } : estate, false);
  await app.init();
  const turn = () => new Promise((resolve) => globalThis.setImmediate(resolve));
  const [watch, keyWork] = [app.get(Watch), app.get(KeyWorkProjection)];
  await app.get(AlertProjection).caughtUp;
  while (!watch.caughtUp || !keyWork.caughtUp) await turn();
  const took = performance.now() - began;
  if (how === 'decide') {
    const end = await estate.store.end();
    while (estate.store.compare(watch.decided.position, end) < 0) await watch.tick(estate.clock.now());
    const alerts = app.get(AlertIndex);
    for (const all = await estate.store.end(); estate.store.compare(alerts.read.position, all) < 0;) await turn();
    while (!estate.digests.caughtUp) await turn();
    await estate.digests.tick(estate.clock.now());
  }
  await app.close();
  await estate.checkpoints.close();
  await estate.keys.close();
  await estate.store.close();
  return took;
}
