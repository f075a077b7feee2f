import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ended, programOfFile } from './program.js';

const ROOT = join(import.meta.dirname, '../..');
/** Services are started one after the other. In milliseconds. */
const LONG = 180_000;

const program = programOfFile();
symlinkSync(join(ROOT, 'test'), join(program.folder, 'test'));

const besieged = (...args: readonly string[]) => {
  const script = ['--import', './test/crash/store-typescript.mjs', 'test/siege/run.ts', '--seed', '7'];
  const env = { PATH: process.env['PATH'] };
  return ended(spawn(process.execPath, [...script, ...args], { cwd: program.folder, env }));
};

it.each([
  ['damage', ['--starts', '3'], /damage: 3 damaged starts: \d right, \d refused, \d told; held/],
  ['clock', ['--jumps', '40'], /clock: 40 times the clock was set, .*; held/],
  ['soak', ['--minutes', '0.05'], /soak: 0.05 minutes, .*memory/],
])(
  'the siege "%s" goes on for as long as it is told to, and says by which seed and what came of it',
  async (part, args, verdict) => {
    const { out, err } = await besieged(part, ...args);
    expect(out).toMatch(/^seed 7\n/);
    expect(out).toMatch(verdict);
    expect(err).not.toMatch(/refused|ended by itself/);
  },
  LONG,
);

it('a siege of something that is none is refused', async () => {
  const { code, err } = await besieged('famine');
  expect([code, err]).toEqual([1, expect.stringContaining('parts are damage, clock, soak')]);
});
