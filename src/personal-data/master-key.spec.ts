import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnusableMasterKey } from './errors.js';
import { masterKeyFrom, type MasterKeySource } from './master-key.js';

const KEY = Buffer.alloc(32, 7).toString('base64');

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'master-'));
  dataDir = join(folder, 'data');
  mkdirSync(dataDir);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the master key', () => {
  it('comes from a file or from the environment', () => {
    const file = join(folder, 'elsewhere.key');
    writeFileSync(file, `${KEY}\n`, { mode: 0o400 });
    for (const source of [{ file }, { value: KEY }] satisfies MasterKeySource[]) {
      const { key } = masterKeyFrom(source, { dataDir, isLocked: true });
      expect(key.export().toString('base64')).toBe(KEY);
    }
    expect(existsSync(join(dataDir, 'master.key'))).toBe(false);
  });

  it('is made on the first start, for its owner alone, and found again', () => {
    const made = masterKeyFrom({}, { dataDir, isLocked: false });
    expect(made.file).toBe(join(dataDir, 'master.key'));
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
    expect(masterKeyFrom({}, { dataDir, isLocked: true }).key.equals(made.key)).toBe(true);
  });

  it('is never made anew where keys are locked already: that would look like an erasure', () => {
    expect(() => masterKeyFrom({}, { dataDir, isLocked: true })).toThrow(UnusableMasterKey);
    expect(existsSync(join(dataDir, 'master.key'))).toBe(false);
  });

  it.each<[MasterKeySource, RegExp]>([
    [{ value: 'c2hvcnQ=' }, /MASTER_KEY must hold 32 bytes/],
    [{ value: 'not base64 at all, and yet as long as one' }, /MASTER_KEY must hold/],
    [{ file: '/nowhere/at/all' }, /\/nowhere\/at\/all cannot be read \(ENOENT\)/],
    [{ file: '/nowhere', value: KEY }, /both set/],
  ])('is refused where it is none, and not repeated: %j', (source, why) => {
    const given = () => masterKeyFrom(source, { dataDir, isLocked: false });
    expect(given).toThrow(UnusableMasterKey);
    expect(given).toThrow(why);
    expect(given).not.toThrow(source.value ?? 'no value was given');
  });

  it('is told to lie open in the data folder, or where others can read it; with real people that is refused', () => {
    const given = (file: string, mode: number, mustBeApart: boolean) => {
      writeFileSync(file, KEY);
      chmodSync(file, mode);
      return masterKeyFrom({ file }, { dataDir, isLocked: true, mustBeApart });
    };
    const open: [string, number, RegExp][] = [
      [join(dataDir, 'deep.key'), 0o600, /lies in the folder of the data/],
      [join(folder, 'group.key'), 0o640, /can be read by other users/],
      [join(folder, 'world.key'), 0o604, /can be read by other users/],
    ];
    for (const [file, mode, why] of open) {
      expect(given(file, mode, false).exposure).toMatch(why);
      expect(() => given(file, mode, true)).toThrow(why);
    }
    const apart = join(folder, 'apart.key');
    expect(given(apart, 0o600, true).exposure).toBeUndefined();
  });

  it('is not made beside the data of real people', () => {
    expect(() => masterKeyFrom({}, { dataDir, isLocked: false, mustBeApart: true })).toThrow(
      /AUTH=oidc needs a master key/,
    );
    expect(existsSync(join(dataDir, 'master.key'))).toBe(false);
  });
});
