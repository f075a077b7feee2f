import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Callers } from './tools/callers.js';
import { median } from './tools/median.js';

const ALERTS = 50_000;
const ON_A_PAGE = 25;
const CALLERS = 20;
const WARMING_UP = 8;
const ROUNDS = 31;
const LOAD = { reads: 400, callers: CALLERS, path: '/alerts?view=open', accept: 'text/html' };

/**
 * The list of safety alerts as a browser asks for it, where 50,000 are open: against the same page of a service with none,
 * and of one with as many as a page shows. All listen at once and take turns; callers keep their connections, and run in a
 * process of their own; each ratio is the median of the rounds.
 */
export default async function alertsPage() {
  const callers = new Callers();
  const [full, few, none] = [await serviceWith(ALERTS), await serviceWith(ON_A_PAGE), await serviceWith(0)];
  const rates = [];
  for (let round = 0; round < WARMING_UP + ROUNDS; round++)
    rates.push({
      full: await callers.readsPerSecond({ ...LOAD, port: full.port }),
      few: await callers.readsPerSecond({ ...LOAD, port: few.port }),
      none: await callers.readsPerSecond({ ...LOAD, port: none.port }),
    });
  rates.splice(0, WARMING_UP);
  callers.stop();
  for (const service of [full, few, none]) await service.stop();
  return [compared(rates, 'none', 'none open'), compared(rates, 'few', `${ON_A_PAGE} open`)];
}

const compared = (rates, peer, named) => ({
  figure: `alerts page, ${ALERTS.toLocaleString('en-GB')} open, ${CALLERS} callers`,
  value: `${Math.round(median(rates.map((rate) => rate.full)))}/s`,
  peer: `${Math.round(median(rates.map((rate) => rate[peer])))}/s with ${named}`,
  ratio: median(rates.map((rate) => rate.full / rate[peer])),
  target: 0.7,
});

/** A service with so many open alerts, in a process of its own. */
async function serviceWith(count) {
  const service = fork(new URL('./tools/service-with-alerts.js', import.meta.url), [String(count)]);
  const ended = once(service, 'exit').then(([code]) => {
    if (code !== 0) throw new Error('A service ended by itself.');
  });
  const [port] = await Promise.race([once(service, 'message'), ended]);
  const stop = async () => {
    service.disconnect();
    await ended;
  };
  return { port, stop };
}
