import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessLog } from '../dist/access-records/access-log.js';
import { createApp } from '../dist/app/create-app.js';
import { openEstate } from '../dist/app/estate.js';
import { readSettings } from '../dist/app/settings.js';
import { loadDemonstration } from '../dist/cli/demonstration.js';
import { AlertIndex } from '../dist/safety-alerts/list/alert-index.js';
import { Watch } from '../dist/watch/watch.js';
import { Callers } from './tools/callers.js';
import { median } from './tools/median.js';

const ROUNDS = 9;
const WARMING_UP = 3;
const LOAD = { reads: 800, callers: 50 };

/**
 * Reads over HTTP that leave a record in the log before they answer, against the same reads of the same service with the
 * recording taken out. Both take turns, callers keep their connections and run in a process of their own; each ratio is the median of the rounds.
 */
export default async function accessRecords() {
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
  const estate = await openEstate(readSettings({ DATA_DIR: folder, PORT: '0', ACCESS_RECORDS: 'on' }), true);
  await loadDemonstration(estate);
  const app = await createApp(estate, false);
  await app.listen(0, '127.0.0.1');
  const one = await alertIn(app, estate);
  const figures = [
    await compare(app, 'pages of 20 safety alerts, 50 callers', '/safety-alerts'),
    await compare(app, 'one safety alert with its history, 50 callers', `/safety-alerts/${one}`),
  ];
  await app.close();
  await estate.checkpoints.close();
  await estate.keys.close();
  await estate.store.close();
  rmSync(folder, { recursive: true });
  return figures;
}

/** The id of one, once the watch has decided on all there is, and the decisions are to be seen. */
async function alertIn(app, { store, clock }) {
  const watch = app.get(Watch);
  const { port } = app.getHttpServer().address();
  const end = await store.end();
  while (store.compare(watch.decided.position, end) < 0 || app.get(AlertIndex).open().length === 0) {
    await watch.tick(clock.now());
    await fetch(`http://127.0.0.1:${port}/ping`);
  }
  return app.get(AlertIndex).open()[0].id;
}

async function compare(app, figure, path) {
  const log = app.get(AccessLog);
  const callers = new Callers();
  const { port } = app.getHttpServer().address();
  const read = () => callers.readsPerSecond({ ...LOAD, port, path });
  const recording = [];
  const bare = [];
  for (let round = 0; round < WARMING_UP; round++) await read();
  for (let round = 0; round < ROUNDS; round++) {
    recording.push(await read());
    // Hides the method of the class.
    log.record = () => Promise.resolve();
    bare.push(await read());
    delete log.record;
  }
  callers.stop();
  return {
    figure: `${figure}, each recorded`,
    value: `${Math.round(median(recording))}/s`,
    peer: `${Math.round(median(bare))}/s the same, unrecorded`,
    ratio: median(recording.map((rate, round) => rate / bare[round])),
    target: 0.8,
  };
}
