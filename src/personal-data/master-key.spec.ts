import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnusableMasterKey } from './errors.js';
import { masterKeyFrom, type MasterKeySource } from './master-key.js';

const KEY = Buffer.alloc(32, 7).toString('base64');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'master-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the master key', () => {
  it('comes from a file or from the environment', () => {
    const file = join(folder, 'elsewhere.key');
    writeFileSync(file, `${KEY}\n`);
    for (const source of [{ file }, { value: KEY }] satisfies MasterKeySource[]) {
      const { key, beside } = masterKeyFrom(source, folder, true);
      expect(key.export().toString('base64')).toBe(KEY);
      expect(beside).toBeUndefined();
    }
    expect(existsSync(join(folder, 'master.key'))).toBe(false);
  });

  it('is made on the first start, for its owner alone, and found again', () => {
    const made = masterKeyFrom({}, folder, false);
    expect(made.beside).toBe(join(folder, 'master.key'));
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
    expect(masterKeyFrom({}, folder, true).key.equals(made.key)).toBe(true);
  });

  it('is never made anew where keys are locked already: that would look like an erasure', () => {
    expect(() => masterKeyFrom({}, folder, true)).toThrow(UnusableMasterKey);
    expect(existsSync(join(folder, 'master.key'))).toBe(false);
  });

  it.each<[MasterKeySource, RegExp]>([
    [{ value: 'c2hvcnQ=' }, /MASTER_KEY must hold 32 bytes/],
    [{ value: 'not base64 at all, and yet as long as one' }, /MASTER_KEY must hold/],
    [{ file: '/nowhere/at/all' }, /\/nowhere\/at\/all cannot be read \(ENOENT\)/],
    [{ file: '/nowhere', value: KEY }, /both set/],
  ])('is refused where it is none, and not repeated: %j', (source, why) => {
    const given = () => masterKeyFrom(source, folder, false);
    expect(given).toThrow(UnusableMasterKey);
    expect(given).toThrow(why);
    expect(given).not.toThrow(source.value ?? 'no value was given');
  });
});
