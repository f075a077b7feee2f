import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WrongUsage } from './exit.js';
import { isFile } from './files.js';

describe('what import is to read', () => {
  it('has its content for a name only where it can be read more than once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'files-'));
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    try {
      expect(await isFile(import.meta.filename)).toBe(true);
      expect(await isFile('-')).toBe(false);
      expect(await isFile(pipe)).toBe(false);
      await expect(isFile(join(folder, 'nowhere'))).rejects.toBeInstanceOf(WrongUsage);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
