import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCESS_STREAMS, toStored } from '../../dist/access-records/access-record.js';
import { AlertIndex } from '../../dist/safety-alerts/list/alert-index.js';
import { issuer } from './issuer.js';
import { personOf, PRISONS, raise } from './raised-alerts.js';
import { running } from './running-service.js';

const DAY = 86_400_000;
const DAYS = 100;
const AT_ONCE = 200;

// A service with a sign-in, so many open alerts and records of who saw whom, and tokens for so many who listen, until
// whoever started it goes away.
const [alerts, records, listeners] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'custody-watch-bench-'));
const { settings, tokenOf, stop } = await issuer();
const env = { ...settings, DATA_DIR: folder, MASTER_KEY: randomBytes(32).toString('base64'), RATE_LIMIT: '0' };
// Nobody watches: the rules ask for none of these alerts, and would close them.
const service = await running(env, fill, false);
process.send({
  port: service.port,
  alerts: service.app
    .get(AlertIndex)
    .open()
    .map(({ id }) => id),
  tokens: {
    listeners: await Promise.all(
      Array.from({ length: listeners }, (_, n) => tokenOf(`LISTENER_${n}`, 'ROLE_CUSTODY_WATCH__ALERTS__RO', PRISONS)),
    ),
    officer: await tokenOf('OFFICER', 'ROLE_CUSTODY_WATCH__ALERTS__RW', PRISONS),
    administrator: await tokenOf('ADMINISTRATOR', 'ROLE_CUSTODY_WATCH__ADMIN__RW', PRISONS),
    stranger: await tokenOf('STRANGER', undefined, PRISONS),
  },
});
await once(process, 'disconnect');
await service.stop();
stop();
rmSync(folder, { recursive: true });

async function fill(estate) {
  await raise(estate, alerts);
  await recordLooks(estate);
}

/** Who saw whom, on each of the last hundred days as often. */
async function recordLooks({ store, settings: { streamPrefix }, clock }) {
  for (let day = 0; day < DAYS; day++) {
    const at = new Date(clock.now() - day * DAY).toISOString();
    const looks = Array.from({ length: Math.ceil(records / DAYS) }, (_, n) =>
      toStored({
        ...{ at, kind: 'user', user: `OFFICER_${n % 50}`, address: '127.0.0.1', access: 'read' },
        ...{ operation: 'readSafetyAlert', prisonNumbers: [personOf(n % 1_000)] },
      }),
    );
    const stream = `${streamPrefix}${ACCESS_STREAMS}${at.slice(0, 10)}-bench`;
    for (let from = 0; from < looks.length; from += AT_ONCE)
      await store.append(stream, from === 0 ? 'no-stream' : from - 1, looks.slice(from, from + AT_ONCE));
  }
}
