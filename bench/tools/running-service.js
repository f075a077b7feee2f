import { createApp } from '../../dist/app/create-app.js';
import { openEstate } from '../../dist/app/estate.js';
import { readSettings } from '../../dist/app/settings.js';
import { AlertProjection } from '../../dist/safety-alerts/list/alert-projection.js';
import { Tick } from '../../dist/watch/tick.js';
import { Watch } from '../../dist/watch/watch.js';

/**
 * A service in this process, on a data folder that is not there yet, once its lists have been read.
 * @param before writes into the log what it begins with
 * @param watching whether anything is decided as time passes
 */
export async function running(env, before, watching) {
  const estate = await openEstate(readSettings({ PORT: '0', ...env }), false);
  await before(estate);
  const app = await createApp(estate, false);
  await app.listen(0, '127.0.0.1');
  await app.get(AlertProjection).readable();
  const tick = new Tick(estate.clock, (now) => app.get(Watch).tick(now));
  if (watching) tick.start();
  return {
    app,
    port: app.getHttpServer().address().port,
    stop: async () => {
      await tick.stop();
      await app.close();
      await estate.checkpoints.close();
      await estate.close();
    },
  };
}
