import type { NestExpressApplication } from '@nestjs/platform-express';
import { Tick } from '../src/watch/tick.js';
import { Watch } from '../src/watch/watch.js';
import type { VirtualClock } from './virtual-clock.js';

/** In milliseconds of the service, for each second here: the watch lets five pass before it decides. */
const PACE = 10_000;

/** From now on time goes on by itself, as for whoever works at a page, until it is stopped. */
export const passingTime = (app: NestExpressApplication, clock: VirtualClock): Tick => {
  const tick = new Tick({ now: () => clock.pass(PACE) }, (now) => app.get(Watch).tick(now));
  tick.start();
  return tick;
};
