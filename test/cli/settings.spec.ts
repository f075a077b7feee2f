import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { programOfFile } from './program.js';

const program = programOfFile();

describe('a setting that the service cannot run with', () => {
  it.concurrent.each([
    ['PORT', 'abc', 'a whole number from 0 (any free port) to 65535'],
    ['PORT', '65536', 'a whole number'],
    ['HOST', '0.0.0.0', 'use 127.0.0.1, localhost, ::1'],
    ['AUTH', 'basic', 'use off, oidc'],
    ['STORE', 'x', 'use embedded'],
    ['STREAM_PREFIX', 'A-', 'lower-case letters'],
    ['LOG_LEVEL', 'loud', 'use fatal, error, warn, info, debug'],
    ['CONFIG_DIR', 'nowhere', 'It must hold definitions.yml'],
  ])('%s=%s ends it with 2, and says the name, the value and what is allowed', async (name, value, allowed) => {
    const dataDir = program.freshFolder();
    const { code, out, err } = await program.run(['serve'], { env: { DATA_DIR: dataDir, [name]: value } });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(name === 'CONFIG_DIR' ? value : `${name}=${value}`);
    expect(err).toContain(allowed);
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe('the program', () => {
  it('may be run as it comes from the repository: what links to it does not find it locked', () => {
    const { mode } = statSync(join(import.meta.dirname, '../../bin/custody-watch.js'));
    expect((mode & 0o111).toString(8)).toBe('111');
  });
});

const majorOf = (node: string): number =>
  Number(/^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout)?.[1]);

/** A Node of this machine that is older than the one the service needs. */
const olderNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .find((node) => existsSync(node) && majorOf(node) < 24);

describe(`an older Node (${olderNode ?? 'none on this machine, so skipped'})`, () => {
  const withOlder = olderNode === undefined ? it.skip : it;

  withOlder('hands over to the one that came with the packages', async () => {
    const { code, out, err } = await program.run(['rules', 'explain', 'KW-04'], { node: olderNode });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('KW-04');
  });

  withOlder('passes on how it ended', async () => {
    expect((await program.run(['rules', 'explain', 'KW-99'], { node: olderNode })).code).toBe(2);
  });

  withOlder('says what to do when that one is missing', async () => {
    const modules = join(program.folder, 'node_modules');
    unlinkSync(modules);
    mkdirSync(modules);
    const { code, out, err } = await program.run(['rules', 'list'], { node: olderNode });
    rmSync(modules, { recursive: true });
    symlinkSync(join(import.meta.dirname, '../../node_modules'), modules);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('npm rebuild node');
    expect(err).not.toContain('    at ');
  });
});
