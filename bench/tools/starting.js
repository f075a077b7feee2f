import { createApp } from '../../dist/app/create-app.js';
import { openEstate } from '../../dist/app/estate.js';
import { readSettings } from '../../dist/app/settings.js';
import { KeyWorkProjection } from '../../dist/key-work/figures/key-work-projection.js';
import { AlertProjection } from '../../dist/safety-alerts/list/alert-projection.js';
import { Watch } from '../../dist/watch/watch.js';

// A start of the whole service with the settings of the environment. Says how many milliseconds it takes until all that
// follow the log have caught up. `decide`: then everything is decided on and written down. `replay`: without snapshots.
const how = process.argv[2];
const began = performance.now();
const estate = await openEstate(readSettings(process.env), false);
const app = await createApp(how === 'replay' ? { ...estate, snapshots: undefined } : estate, false);
await app.init();
const turn = () => new Promise((resolve) => globalThis.setImmediate(resolve));
const [watch, keyWork, alerts] = [app.get(Watch), app.get(KeyWorkProjection), app.get(AlertProjection)];
await alerts.readable();
while (!watch.caughtUp || !keyWork.caughtUp) await turn();
const took = performance.now() - began;
if (how === 'decide') {
  const end = await estate.store.end();
  while (estate.store.compare(watch.decided.position, end) < 0) await watch.tick(estate.clock.now());
  await alerts.reached(end, new globalThis.AbortController().signal);
  while (!estate.digests.caughtUp) await turn();
  await estate.digests.tick(estate.clock.now());
}
await app.close();
await estate.checkpoints.close();
await estate.close();
process.stdout.write(String(took));
