import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../dist/app/create-app.js';
import { openEstate } from '../../dist/app/estate.js';
import { readSettings } from '../../dist/app/settings.js';
import { alertStreamOf } from '../../dist/safety-alerts/alert/alert-ids.js';
import { AlertProjection } from '../../dist/safety-alerts/list/alert-projection.js';
import { Tick } from '../../dist/watch/tick.js';
import { Watch } from '../../dist/watch/watch.js';
import { toStored } from '../../dist/safety-alerts/alert/stored-safety-alert-event.js';

const AT_ONCE = 500;
const RULES = ['KW-01', 'KW-02', 'KW-04', 'FAM-01', 'SEG-02'];
const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const PRISONS = ['XYI', 'XYM', 'XYO'];
const HOUR = 3_600_000;

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
    episode: 1,
    at,
    decidedOn: '0',
    rule,
    ruleVersion: 1,
    prisonNumber,
    severity: SEVERITIES[(number * 7) % SEVERITIES.length],
    prisonId: PRISONS[number % PRISONS.length],
    reason: 'No key worker session is recorded.',
    why: {},
    evidence: [],
  };
  return { stream: alertStreamOf(rule, prisonNumber), event: { type: 'SafetyAlertRaised', data } };
}

const personOf = (number) => `${'ABCDEFGH'[Math.floor(number / 10_000)]}${String(number % 10_000).padStart(4, '0')}AA`;

// A service with so many open alerts, on a log of its own, which is watched where that is asked for, until whoever started it goes away.
const count = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
const estate = await openEstate(readSettings({ DATA_DIR: folder, PORT: '0' }), false);
await raise(estate, count);
const app = await createApp(estate, false);
await app.listen(0, '127.0.0.1');
await app.get(AlertProjection).caughtUp;
const tick = new Tick(estate.clock, (now) => app.get(Watch).tick(now));
if (process.argv[3] === 'watching') tick.start();
process.send(app.getHttpServer().address().port);
await once(process, 'disconnect');
await tick.stop();
await app.close();
await estate.checkpoints.close();
await estate.keys.close();
await estate.store.close();
rmSync(folder, { recursive: true });
