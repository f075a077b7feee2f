import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fate } from './service-fate.js';
import { clockFile, layRules, liveOn } from './service-story.js';

const AT_ONCE = 2;
/** Nothing that a test starts outlives it by long, whatever happens. In milliseconds. */
const LONGEST_LIFE = 60_000;

let folder: string;
let writes: number;
let undisturbed: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  layRules(folder);
  const fate = new Fate();
  undisturbed = await liveOn(join(folder, 'undisturbed'), fate);
  writes = fate.writes;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Lives the history in a process of its own, which is killed on the way. */
const liveUntilKilled = async (dataDir: string, when: string, nth: number): Promise<void> => {
  const here = import.meta.dirname;
  const script = ['--import', join(here, 'store-typescript.mjs'), join(here, 'service-life.ts')];
  const child = spawn(process.execPath, [...script, dataDir, when, String(nth)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: LONGEST_LIFE,
    killSignal: 'SIGTERM',
  });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
};

describe('a service that is killed', () => {
  it('has alerts of every kind to lose', () => {
    const kinds = undisturbed.map((line) => line.split(' ')[1]?.replace('SafetyAlert', ''));
    expect(new Set(kinds)).toEqual(new Set(['Raised', 'Escalated', 'Resolved', 'Expired']));
    expect(writes).toBeGreaterThan(undisturbed.length);
  });

  it.each(['before', 'after'])(
    'right %s any of its writes has lost no alert, doubled none and dated none wrongly once it is back',
    async (when) => {
      const moments = Array.from({ length: writes }, (_, index) => index + 1);
      const wrong: unknown[] = [];
      const killAndReturn = async (): Promise<void> => {
        for (let nth = moments.shift(); nth !== undefined; nth = moments.shift()) {
          const dataDir = join(folder, `${when}-${nth}`);
          await liveUntilKilled(dataDir, when, nth);
          const told = await liveOn(dataDir, new Fate());
          if (told.join() !== undisturbed.join()) wrong.push({ nth, told });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, killAndReturn));
      expect(wrong).toEqual([]);
    },
  );
});

describe('a service whose clock was set back while it was down', () => {
  it('raises and closes nothing again', async () => {
    const dataDir = join(folder, 'set-back');
    await liveOn(dataDir, new Fate());
    rmSync(clockFile(dataDir));
    expect(await liveOn(dataDir, new Fate())).toEqual(undisturbed);
  });
});
