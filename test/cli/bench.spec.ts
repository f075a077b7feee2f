import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ended, programOfFile } from './program.js';

const ROOT = join(import.meta.dirname, '../..');
const SMALL = { SCALE: '0.001' };

const program = programOfFile();
cpSync(join(ROOT, 'bench'), join(program.folder, 'bench'), { recursive: true });
symlinkSync(join(ROOT, 'test'), join(program.folder, 'test'));

/** Those that put parts of the service together by themselves: nothing else notices where the parts want something new. */
describe('bench', () => {
  it.each(['append', 'eventstoredb', 'memory', 'scrape', 'server-start', 'siege', 'simulate'])(
    '"%s" still measures',
    async (name) => {
      const env = { PATH: process.env['PATH'], ...SMALL };
      const { code, out, err } = await ended(
        spawn(process.execPath, ['bench/run.js', name], { cwd: program.folder, env }),
      );
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/ratio/);
      expect(out).not.toMatch(/NaN/);
    },
  );
});
