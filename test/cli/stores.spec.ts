import { describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { programOfFile } from './program.js';

const NOBODY = 65_534;
const ROOT = process.getuid?.() === 0;

const program = programOfFile();

/** A folder with a log in which nothing has happened yet. */
const withLog = async (): Promise<string> => {
  const folder = program.freshFolder();
  expect(await program.run(['import', '-'], { env: { DATA_DIR: folder } })).toMatchObject({ code: 0 });
  return folder;
};

const serveOn = (folder: string, surroundings: { readonly uid?: number } = {}) =>
  program.run(['serve'], { ...surroundings, env: { DATA_DIR: folder } });

describe('a data folder that cannot be used', () => {
  it('because another service holds it: ends with 3, naming the folder and the other', async () => {
    const folder = program.freshFolder();
    const serving = await program.serve(folder);
    const { code, out, err } = await serveOn(folder);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(`The log in ${folder} is in use by process`);
    expect(err).toContain(serving.url);
  });

  it('because a file is in its place: ends with 3', async () => {
    const { code, err } = await serveOn(program.file('not a folder'));
    expect(code).toBe(3);
    expect(err).toContain('a file stands where the data folder should be');
  });

  it('because it cannot be made: ends with 3', async () => {
    const file = program.file('not a folder');
    const { code, err } = await serveOn(join(file, 'data'));
    expect(code).toBe(3);
    expect(err).toContain(join(file, 'data'));
  });

  it('because this user may only read it: ends with 3', async () => {
    const folder = await withLog();
    chmodSync(program.folder, 0o755);
    chmodSync(folder, 0o555);
    const { code, err } = await serveOn(folder, ROOT ? { uid: NOBODY } : {});
    chmodSync(folder, 0o755);
    expect(code).toBe(3);
    expect(err).toMatch(/read-only|no right to use it|may not be used|cannot be opened/);
    expect(err).toContain(folder);
  });

  it.each(['log.db', 'local.db'])('because %s is no database: ends with 3, and leaves it as it is', async (name) => {
    const folder = program.freshFolder();
    mkdirSync(folder);
    const content = 'This was never a database. '.repeat(500);
    writeFileSync(join(folder, name), content);
    const { code, err } = await serveOn(folder);
    expect(code).toBe(3);
    expect(err).toContain(`${join(folder, name)} is not a database`);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(content);
  });

  it('because its log is damaged: ends with 3, and says what to do', async () => {
    const folder = await withLog();
    const file = openSync(join(folder, 'log.db'), 'r+');
    for (let page = 1; page < 8; page++) writeSync(file, Buffer.alloc(4000, 0xa5), 0, 4000, page * 4096);
    const { code, err } = await serveOn(folder);
    expect(code).toBe(3);
    expect(err).toMatch(/is damaged\. Put a backup in its place/);
  });

  it('because it holds nothing yet: verify ends with 3', async () => {
    const { code, err } = await program.run(['verify']);
    expect(code).toBe(3);
    expect(err).toContain('There is no log at');
  });
});

describe('verify', () => {
  it('says that it has looked at nobody, instead of that it found nothing', async () => {
    const folder = program.freshFolder();
    const serving = await program.serve(folder);
    await fetch(`${serving.url}/custody-events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: EVENT,
    });
    const here = (env: Record<string, string> = {}) =>
      program.run(['verify', '--json'], { env: { DATA_DIR: folder, ...env } });
    const right = await here();
    expect([right.code, right.out]).toEqual([0, expect.stringContaining('"missing":0,"extra":0,"wrongTime":0}')]);
    for (const [setting, value] of Object.entries({ STREAM_PREFIX: 'mistyped_', WATCH_PARTITION: '1/2' })) {
      const { code, out, err } = await here({ [setting]: value });
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('Nothing was verified');
    }
  });
});

describe('a port that is taken', () => {
  it('ends a second service with 3, and says so', async () => {
    const serving = await program.serve(program.freshFolder());
    const { port } = new URL(serving.url);
    const { code, err } = await program.run(['serve'], { env: { PORT: port } });
    expect(code).toBe(3);
    expect(err).toContain(`PORT=${port} is taken by another process`);
  });
});

describe('demonstration data and real data', () => {
  it('never mix: what holds the demonstration refuses the service and an import', async () => {
    const folder = program.freshFolder();
    const serving = await program.serve(folder, '--demo');
    const through = await program.run(['import', '-'], { env: { DATA_DIR: folder }, input: EVENT });
    expect(through.code).toBe(2);
    expect(through.err).toContain('demonstration data never mixes with real data');
    expect(await serving.stop()).toMatchObject({ code: 0 });
    for (const args of [['serve'], ['import', '-'], ['import', '--history', '-']]) {
      const { code, err } = await program.run(args, { env: { DATA_DIR: folder }, input: EVENT });
      expect(code).toBe(2);
      expect(err).toContain('demonstration');
    }
  });

  it('is refused where people sign in at an issuer', async () => {
    const sso = { AUTH: 'oidc', OIDC_ISSUER: 'https://sign-in.example/auth', OIDC_AUDIENCE: 'custody-watch' };
    const { code, err } = await program.run(['serve', '--demo'], { env: { ...sso, DATA_DIR: program.freshFolder() } });
    expect([code, err]).toEqual([2, expect.stringContaining('Leave out AUTH=oidc')]);
  });

  it('never mix: what holds real data refuses the demonstration', async () => {
    const { code, err } = await program.run(['serve', '--demo'], { env: { DATA_DIR: await withLog() } });
    expect(code).toBe(2);
    expect(err).toContain('demonstration');
  });
});

const EVENT = JSON.stringify({
  type: 'PrisonerReceived',
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: '2026-01-05T15:20:00Z',
  data: { reason: 'NEW_ADMISSION' },
});
