/**
 * Writes `log-of-0.1.0.ndjson`, the log of a version, with the program of that version:
 *
 *   node test/upgrade/write-log.ts CHECKOUT FILE
 *
 * CHECKOUT is a built checkout of the version. The history beside this file goes in as history, some events live, and
 * people act on some of the safety alerts. The master key that the export is locked with is the one of `master-key`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [checkout = '', file = ''] = process.argv.slice(2);
const here = import.meta.dirname;
const PORT = '3917';
const dataDir = mkdtempSync(join(tmpdir(), 'custody-watch-'));
copyFileSync(join(here, 'master-key'), join(dataDir, 'master.key'));
const env = { ...process.env, DATA_DIR: join(dataDir, 'data'), PORT, MASTER_KEY_FILE: join(dataDir, 'master.key') };
const program = join(checkout, 'bin/custody-watch.js');

const run = (...args: string[]): string =>
  execFileSync(process.execPath, [program, ...args], { env, cwd: checkout, encoding: 'utf8' });

const post = async (path: string, body: object): Promise<void> => {
  const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
};

interface Page {
  readonly content: readonly { readonly id: string }[];
}

const alertsOf = async (query: string): Promise<Page['content']> =>
  ((await (await fetch(`http://127.0.0.1:${PORT}/safety-alerts?${query}`)).json()) as Page).content;

/** Asks again and again: each question takes its time. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 20_000; tries++) if (await holds().catch(() => false)) return;
  throw new Error('The service did not come so far.');
};

const alertOf = async (rule: string, prisonNumber: string): Promise<string> => {
  const [alert] = await alertsOf(`rule=${rule}&prisonNumber=${prisonNumber}&state=OPEN,ACKNOWLEDGED`);
  if (!alert) throw new Error(`${rule} is not open for ${prisonNumber}.`);
  return alert.id;
};

process.stdout.write(run('import', '--history', join(here, 'history.ndjson')));
const service = spawn(process.execPath, [program, 'serve'], { env, cwd: checkout, stdio: 'inherit' });
try {
  await until(async () => (await fetch(`http://127.0.0.1:${PORT}/health/readiness`)).ok);
  await until(async () => (await alertsOf('prisonNumber=C0001CC')).length > 0);
  const act = async (rule: string, prisonNumber: string, verb: string, body: object) =>
    post(`/safety-alerts/${await alertOf(rule, prisonNumber)}/${verb}`, body);
  await act('KW-01', 'C0001CC', 'acknowledge', {});
  await act('KW-04', 'C0001CC', 'assign', { to: 'DBAKER_GEN' });
  await act('KW-02', 'C0007CC', 'snooze', { untilWorse: true, reasonCode: 'SESSION_PLANNED' });
  await act('VUL-01', 'C0006CC', 'resolve', { reasonCode: 'RAISED_IN_ERROR', note: 'Looked at, wrong person.' });
  await act('KW-03', 'C0010CC', 'note', { note: 'Asked the key-work manager.' });
} finally {
  service.kill('SIGTERM');
  await once(service, 'exit');
}
process.stdout.write(run('export', file));
