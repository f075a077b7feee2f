import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, globSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programOfFile } from './program.js';

const program = programOfFile();

const EVENT = JSON.stringify({
  type: 'PersonDetailsChanged',
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: '2026-01-05T15:20:00Z',
  data: { firstName: 'John', lastName: 'Smith' },
});

const OPEN_TO_OTHERS = 0o077;

/** Whatever in the folder, itself included, others may do anything with. */
const openIn = (folder: string): string[] =>
  ['.', ...globSync('**', { cwd: folder })].filter((name) => statSync(join(folder, name)).mode & OPEN_TO_OTHERS);

describe('the data folder', () => {
  it('and everything in it is for the user of the service alone, whatever the umask', async () => {
    const folder = program.freshFolder();
    const before = process.umask(0);
    const serving = await program.serve(folder).finally(() => process.umask(before));
    await fetch(`${serving.url}/custody-events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: EVENT,
    });
    await serving.decided();
    expect(globSync('*', { cwd: folder })).toEqual(expect.arrayContaining(['log.db-wal', 'keys.db', 'local.db']));
    expect(openIn(folder)).toEqual([]);
  });

  it('that an earlier version left open is closed with the next start', async () => {
    const folder = program.freshFolder();
    await program.run(['import', '-'], { env: { DATA_DIR: folder }, input: EVENT });
    for (const name of globSync('*', { cwd: folder })) chmodSync(join(folder, name), 0o644);
    chmodSync(folder, 0o755);
    await program.serve(folder);
    expect(openIn(folder)).toEqual([]);
  });

  it('holds no print any more that was killed, once the service has been started again', async () => {
    const folder = program.freshFolder();
    const print = join(folder, 'printing/print-abc');
    mkdirSync(print, { recursive: true });
    writeFileSync(join(print, 'page.html'), 'Smith, John');
    await program.serve(folder);
    expect(existsSync(join(folder, 'printing'))).toBe(false);
  });
});

describe('a master key that lies open', () => {
  const oidc = { AUTH: 'oidc', OIDC_ISSUER: 'https://sign-in.example/auth', OIDC_AUDIENCE: 'custody-watch' };
  const key = (): string => `${randomBytes(32).toString('base64')}\n`;

  it('is refused with AUTH=oidc, with exit code 2, and none is made beside the data', async () => {
    const folder = program.freshFolder();
    const none = await program.run(['serve'], { env: { ...oidc, DATA_DIR: folder } });
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('AUTH=oidc needs a master key')]);
    expect(existsSync(join(folder, 'master.key'))).toBe(false);
    const readable = program.file(key());
    chmodSync(readable, 0o644);
    const open = await program.run(['serve'], { env: { ...oidc, DATA_DIR: folder, MASTER_KEY_FILE: readable } });
    expect([open.code, open.err]).toEqual([2, expect.stringContaining('can be read by other users')]);
    const beside = join(folder, 'master.key');
    writeFileSync(beside, key(), { mode: 0o400 });
    const inside = await program.run(['serve'], { env: { ...oidc, DATA_DIR: folder } });
    expect([inside.code, inside.err]).toEqual([2, expect.stringContaining('lies in the folder of the data')]);
  });
});
