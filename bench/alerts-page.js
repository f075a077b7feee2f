import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../dist/app/create-app.js';
import { openEstate } from '../dist/app/estate.js';
import { readSettings } from '../dist/app/settings.js';
import { alertStreamOf } from '../dist/safety-alerts/alert-ids.js';
import { AlertFeed } from '../dist/safety-alerts/alert-feed.js';
import { toStored } from '../dist/safety-alerts/stored-safety-alert-event.js';
import { median } from './tools/median.js';
import { readOnce, readsPerSecond } from './tools/reads.js';

const ALERTS = 50_000;
const ON_A_PAGE = 25;
const CALLERS = 20;
const LOAD = { reads: 800, callers: CALLERS };
const ROUNDS = 9;
const AT_ONCE = 500;
const PATH = '/alerts?view=open';

const RULES = ['KW-01', 'KW-02', 'KW-04', 'FAM-01', 'SEG-02'];
const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const PRISONS = ['XYI', 'XYM', 'XYO'];
const HOUR = 3_600_000;

/**
 * The list of safety alerts as a browser asks for it, where 50,000 are open: against the same page of a service with none,
 * and of one with as many as a page shows. All listen at once and take turns; callers keep their connections; each ratio
 * is the median of the rounds.
 */
export default async function alertsPage() {
  const [full, few, none] = [await serviceWith(ALERTS), await serviceWith(ON_A_PAGE), await serviceWith(0)];
  const rates = [];
  for (let round = 0; round <= ROUNDS; round++)
    rates.push({
      full: await full.pagesPerSecond(),
      few: await few.pagesPerSecond(),
      none: await none.pagesPerSecond(),
    });
  rates.shift();
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

/** A service of its own with so many open alerts, on a log of its own. */
async function serviceWith(count) {
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
  const estate = await openEstate(readSettings({ DATA_DIR: folder, PORT: '0' }), false);
  await raise(estate, count);
  const app = await createApp(estate, false);
  await app.listen(0, '127.0.0.1');
  await app.get(AlertFeed).caughtUp;
  const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
  const { port } = app.getHttpServer().address();
  const headers = { Accept: 'text/html' };
  return {
    pagesPerSecond: () => readsPerSecond(() => readOnce({ agent, port, headers, path: PATH, host: '127.0.0.1' }), LOAD),
    async stop() {
      agent.destroy();
      await app.close();
      await estate.checkpoints.close();
      await estate.keys.close();
      await estate.store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Writes alerts into the log as the watch does, in all severities, of several rules, prisons and months. */
async function raise({ store, settings, clock }, count) {
  const now = clock.now();
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i);
    await Promise.all(
      numbers.map((number) => {
        const at = new Date(now - (count - number) * (HOUR / 10)).toISOString();
        const { stream, event } = raised(number, at);
        return store.append(settings.streamPrefix + stream, 'no-stream', [toStored(event, stream, 0, at)]);
      }),
    );
  }
}

function raised(number, at) {
  const rule = RULES[number % RULES.length];
  const prisonNumber = personOf(Math.floor(number / RULES.length));
  const data = {
    ...{ episode: 1, at, decidedOn: '0', rule, ruleVersion: 1, prisonNumber },
    ...{ severity: SEVERITIES[(number * 7) % SEVERITIES.length], prisonId: PRISONS[number % PRISONS.length] },
    ...{ reason: 'No key worker session is recorded.', why: {}, evidence: [] },
  };
  return { stream: alertStreamOf(rule, prisonNumber), event: { type: 'SafetyAlertRaised', data } };
}

const personOf = (number) => `${'ABCDEFGH'[Math.floor(number / 10_000)]}${String(number % 10_000).padStart(4, '0')}AA`;
