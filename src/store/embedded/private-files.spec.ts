import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeToOthers, makePrivateFile } from './private-files.js';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'custody-watch-'));
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('what is private', () => {
  it('is made so, whatever the umask', () => {
    const before = process.umask(0);
    makePrivateFile(join(place, 'data/deeper/file'));
    process.umask(before);
    expect(['data', 'data/deeper', 'data/deeper/file'].map((path) => modeOf(join(place, path)))).toEqual([
      '700',
      '700',
      '600',
    ]);
  });

  it('is closed to others where it was left open, and what it only points at is left alone', () => {
    const data = join(place, 'data');
    const elsewhere = join(place, 'elsewhere');
    mkdirSync(join(data, 'snapshots'), { recursive: true });
    for (const file of [join(data, 'log.db'), join(data, 'snapshots/watch.ndjson'), elsewhere]) {
      writeFileSync(file, '');
      chmodSync(file, 0o664);
    }
    for (const folder of [data, join(data, 'snapshots')]) chmodSync(folder, 0o775);
    symlinkSync(elsewhere, join(data, 'link'));
    closeToOthers(data);
    expect([data, join(data, 'snapshots')].map(modeOf)).toEqual(['700', '700']);
    expect([join(data, 'log.db'), join(data, 'snapshots/watch.ndjson')].map(modeOf)).toEqual(['600', '600']);
    expect(modeOf(elsewhere)).toBe('664');
  });
});
