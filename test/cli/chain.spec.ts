import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, chownSync, cpSync, existsSync, globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Ended, ended, programOfFile, saidUntil } from './program.js';

const program = programOfFile();
/** A folder in which a service has recorded something and was stopped, and a copy of it from the day before. */
let left: string;
let older: string;
let dataDir: string;

const event = (occurredAt: string, type: string, data: object): string =>
  JSON.stringify({ type, prisonNumber: 'A0001AA', prisonId: 'XYI', occurredAt, data });
const FIRST = event('2026-01-05T15:20:00Z', 'PrisonerReceived', { reason: 'NEW_ADMISSION' });
const SECOND = event('2026-01-06T15:20:00Z', 'PersonDetailsChanged', { firstName: 'John', lastName: 'Smith' });

/** A service records an event, and is stopped. */
const recorded = async (folder: string, body: string): Promise<void> => {
  const serving = await program.serve(folder);
  const headers = { 'Content-Type': 'application/json' };
  await fetch(`${serving.url}/custody-events`, { method: 'POST', headers, body });
  await serving.decided();
  expect(await serving.stop()).toMatchObject({ code: 0 });
};

beforeAll(async () => {
  [left, older] = [program.freshFolder(), program.freshFolder()];
  await recorded(left, FIRST);
  cpSync(left, older, { recursive: true });
  await recorded(left, SECOND);
});
beforeEach(() => {
  dataDir = program.freshFolder();
  cpSync(left, dataDir, { recursive: true });
});
const run = (...args: readonly string[]): Promise<Ended> => program.run(args, { env: { DATA_DIR: dataDir } });

const onDisk = <T>(work: (log: DatabaseSync) => T): T => {
  const log = new DatabaseSync(join(dataDir, 'log.db'));
  try {
    return work(log);
  } finally {
    log.close();
  }
};

/** What somebody does who has the file: nothing keeps them from it. */
const tamper = (sql: string): void => {
  onDisk((log) => {
    log.exec(`DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted; ${sql}`);
  });
};

const put = (name: string, from: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, name + suffix), { force: true });
  if (from !== '') cpSync(join(from, name), join(dataDir, name));
};

const positionOf = (type: string): number =>
  onDisk((log) => Number(log.prepare('SELECT max(position) AS at FROM events WHERE type = ?').get(type)?.['at']));

const typesInLog = (): unknown[] =>
  onDisk((log) => log.prepare('SELECT type FROM events').all()).map(({ type }) => type);

describe('a start on what is not as it was left', () => {
  it('ends with 3, and says what was found and what to do; where that is accepted, it goes on', async () => {
    put('log.db', older);
    const { code, out, err } = await run('serve');
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/was left at position \d+, and ends at \d+.*serve --accept-restored/);
    const restored = await program.serve(dataDir, '--accept-restored');
    await restored.stop();
    const serving = await program.serve(dataDir);
    await serving.stop();
    expect(await run('verify', '--log')).toMatchObject({ code: 0 });
  });

  it('is not made an import, which would make a new log in its place', async () => {
    put('log.db', '');
    expect(await program.run(['import', '-'], { env: { DATA_DIR: dataDir }, input: FIRST })).toMatchObject({ code: 3 });
    expect(existsSync(join(dataDir, 'log.db'))).toBe(false);
  });
});

describe('verify --log', () => {
  const found = async (...more: readonly string[]) => {
    const { code, out } = await run('verify', '--log', '--json', ...more);
    const { findings } = JSON.parse(out) as { findings: { kind: string; position: string }[] };
    return [code, ...findings.map(({ kind, position }) => `${kind} ${position}`)];
  };

  it('finds nothing in a log that is as it was left, also while the service runs', async () => {
    expect(await found()).toEqual([0]);
    await program.serve(dataDir);
    expect(await found()).toEqual([0]);
  });

  it('names by position what was changed, and ends with 1', async () => {
    const position = positionOf('PrisonerReceived');
    tamper(`UPDATE events SET data = json_set(data, '$.reason', 'RECALL') WHERE position = ${position}`);
    expect(await found()).toEqual([1, `changed ${position}`]);
    const { code, out } = await run('verify', '--log');
    expect([code, out]).toEqual([1, expect.stringContaining(`changed  ${position}`)]);
  });

  it('finds what was cut off by what is remembered beside the log, and by a line that was kept elsewhere', async () => {
    const line = (await run('verify', '--log')).out;
    const last = positionOf('PersonDetailsChanged');
    tamper(`DELETE FROM events WHERE position >= ${last}`);
    expect((await found())[1]).toMatch(/^lost/);
    put('local.db', '');
    expect(await found()).toEqual([0]);
    expect((await found('--kept', line))[1]).toMatch(/^lost/);
  });

  it('finds keys that do not open any more', async () => {
    const keys = new DatabaseSync(join(dataDir, 'keys.db'));
    keys.exec(`UPDATE keys SET subject = 'person-A0001AB' WHERE subject = 'person-A0001AA'`);
    keys.close();
    expect(await found()).toEqual([1, 'key ']);
  });

  it('and verify check what lies on a disk that nothing can be written to', async () => {
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    chmodSync(program.folder, 0o755);
    for (const name of ['.', ...globSync('**', { cwd: dataDir })]) {
      const path = join(dataDir, name);
      if (uid !== undefined) chownSync(path, uid, uid);
      chmodSync(path, statSync(path).isDirectory() ? 0o500 : 0o400);
    }
    const before = readdirSync(dataDir);
    for (const verb of [['verify', '--log'], ['verify']])
      expect(await program.run(verb, { env: { DATA_DIR: dataDir }, uid })).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(dataDir)).toEqual(before);
    chmodSync(dataDir, 0o700);
    writeFileSync(join(dataDir, 'log.db-wal'), 'what a killed service left');
    chmodSync(dataDir, 0o500);
    expect(await program.run(['verify'], { env: { DATA_DIR: dataDir }, uid })).toMatchObject({
      ...{ code: 3, err: expect.stringMatching(/log\.db-wal holds the newest part .* Copy the folder/) },
    });
    chmodSync(dataDir, 0o700);
  });

  it('refuses a line that is none, and a log that was never served', async () => {
    expect(await run('verify', '--log', '--kept', 'nothing')).toMatchObject({ code: 2 });
    expect(await run('verify', '--kept', 'nothing')).toMatchObject({ code: 2 });
  });
});

describe('a service on a log in which an event was changed', () => {
  it('sets it aside, tells its position, is DOWN, and ends when it is asked to', async () => {
    const position = positionOf('PrisonerReceived');
    tamper(`UPDATE events SET data = '{"reason":"REC' WHERE position = ${position}`);
    rmSync(join(dataDir, 'snapshots'), { recursive: true, force: true });
    const serving = await program.serve(dataDir);
    await serving.decided();
    const health = (await (await fetch(`${serving.url}/health`)).json()) as object;
    expect(health).toMatchObject({
      status: 'DOWN',
      components: { log: { details: { reason: 'LOG_DAMAGED', damaged: 1 } }, watch: { details: { parked: 1 } } },
    });
    const ended = await serving.stop();
    expect(ended).toMatchObject({ code: 0, err: expect.stringContaining(`position ${position}`) as unknown });
    expect(typesInLog()).not.toContain('SafetyAlertExpired');
  });
});

describe('a service to which nobody listens any more', () => {
  it('goes on when its standard output is closed, says so on standard error, and ends with 0', async () => {
    const env = { DATA_DIR: dataDir, MASTER_KEY: readFileSync(join(dataDir, 'master.key'), 'utf8').trim() };
    const child = program.spawn(['serve'], { env: { ...env, LOG_LEVEL: 'error' } });
    child.stdout.destroy();
    const ending = ended(child);
    await saidUntil(child, /standard output cannot be written: EPIPE/, 'stderr');
    const { url } = JSON.parse(readFileSync(join(dataDir, 'holder.json'), 'utf8')) as { url: string };
    expect((await fetch(`${url}/ping`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ending).toMatchObject({ code: 0 });
  });
});
