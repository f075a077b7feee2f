import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedKeyRing } from '../../src/personal-data/embedded-key-ring.js';
import { EmbeddedEventStore } from '../../src/store/embedded/embedded-event-store.js';
import { START } from '../../src/store/event-store.js';
import { mustBeWhole } from '../../src/store/log-stream.js';
import { exported, keptBy, MASTER, PREFIX, readableLog, told, toldKeys, toldLog } from '../moving/told-log.js';

/** Nothing that a test starts outlives it by long, whatever happens. In milliseconds. */
const LONGEST_LIFE = 60_000;
const keys = toldKeys();

let folder: string;
let file: string;
let log: Awaited<ReturnType<typeof toldLog>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  log = await toldLog();
  file = await exported(log, keys, folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Restores in a process of its own. Answers with the number of its writes; nothing where it was killed on the way. */
const restore = async (dataDir: string, when = 'never', nth = 0): Promise<number | undefined> => {
  const here = import.meta.dirname;
  const script = ['--import', join(here, 'store-typescript.mjs'), join(here, 'restore-life.ts')];
  const child = spawn(process.execPath, [...script, file, dataDir, when, String(nth)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LONGEST_LIFE,
    killSignal: 'SIGTERM',
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal === 'SIGKILL' || code === 0).toBe(true);
  return code === 0 ? Number(out) : undefined;
};

/** What is there after a kill: whether it passes for a whole log. */
const passesForWhole = async (dataDir: string): Promise<boolean> => {
  const store = EmbeddedEventStore.open(dataDir);
  try {
    if ((await store.end()) === START) return false;
    return await mustBeWhole(store, PREFIX).then(
      () => true,
      () => false,
    );
  } finally {
    await store.close();
  }
};

it.each(['before', 'after'])(
  'a restore that is killed right %s any of its writes is never taken for the log, and is completed by another',
  async (when) => {
    const writes = (await restore(join(folder, `undisturbed-${when}`))) ?? 0;
    expect(writes).toBeGreaterThan(10);
    for (let nth = 1; nth <= writes; nth += 1) {
      const dataDir = join(folder, `${when}-${nth}`);
      expect(await restore(dataDir, when, nth)).toBeUndefined();
      expect(await passesForWhole(dataDir)).toBe(when === 'after' && nth === writes);
      if (when === 'after' && nth === writes) break;
      await restore(dataDir);
      expect(await passesForWhole(dataDir)).toBe(true);
      const store = EmbeddedEventStore.open(dataDir);
      const ring = EmbeddedKeyRing.open(dataDir, MASTER);
      expect(await told(await readableLog(store, ring))).toEqual(await told(log));
      await store.close();
      expect(await keptBy(ring)).toEqual(keys);
      await ring.close();
    }
  },
);
