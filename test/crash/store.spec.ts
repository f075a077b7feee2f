import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EmbeddedEventStore } from '../../src/store/embedded/embedded-event-store.js';
import type { RecordedEvent } from '../../src/store/event-store.js';

interface Acknowledged {
  readonly stream: string;
  readonly append: string;
  readonly size: number;
  readonly revision: number;
  readonly position: string;
}

const KILLS = 7;
const MOST_ACKNOWLEDGED = 1500;
const anyKills = fc.array(fc.nat(MOST_ACKNOWLEDGED), { minLength: KILLS, maxLength: KILLS });

describe('a log whose process is killed at any moment', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('holds all that was acknowledged, nothing torn, and can be written again', async () => {
    const acknowledged: Acknowledged[] = [];
    const survives = async (kills: readonly number[]): Promise<void> => {
      for (const [round, killAfter] of [0, ...kills].entries()) {
        acknowledged.push(...(await writeUntilKilled(folder, round, killAfter)));
        const log = await readLog(folder);
        expect(missing(acknowledged, log)).toEqual([]);
        expect(torn(log)).toEqual([]);
        expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => String(index + 1)));
        expect(outOfOrder(log)).toEqual([]);
      }
      expect(acknowledged.length).toBeGreaterThan(0);
    };
    // One log, killed again and again. A failure names its seed, and after how many appends it was killed.
    await fc.assert(fc.asyncProperty(anyKills, survives), { numRuns: 1, endOnFailure: true, unbiased: true });
  }, 60_000);
});

/** Runs a writer and kills it once it has acknowledged that many appends; gives all that it acknowledged. */
const writeUntilKilled = async (folder: string, round: number, killAfter: number): Promise<Acknowledged[]> => {
  const here = import.meta.dirname;
  const child = spawn(
    process.execPath,
    ['--import', join(here, 'store-typescript.mjs'), join(here, 'store-writer.ts'), folder, String(round)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === 1 + killAfter) child.kill('SIGKILL');
  }
  expect(await gone).toEqual([null, 'SIGKILL']);
  return lines.slice(1).map((line) => JSON.parse(line) as Acknowledged);
};

const readLog = async (folder: string): Promise<RecordedEvent[]> => {
  const store = EmbeddedEventStore.open(folder);
  const log: RecordedEvent[] = [];
  for await (const event of store.readAll()) log.push(event);
  await store.close();
  return log;
};

const missing = (acknowledged: readonly Acknowledged[], log: readonly RecordedEvent[]): Acknowledged[] =>
  acknowledged.filter(({ stream, append, revision, position }) => {
    const last = log[Number(position) - 1];
    return !(last?.stream === stream && last.revision === revision && last.metadata['append'] === append);
  });

/** Appends of which a part is there. */
const torn = (log: readonly RecordedEvent[]): string[] => {
  const parts = Map.groupBy(log, ({ metadata }) => metadata['append'] as string);
  return [...parts].flatMap(([append, there]) => (there.length === there[0]?.metadata['size'] ? [] : [append]));
};

/** Events that do not follow the one before them in their stream. */
const outOfOrder = (log: readonly RecordedEvent[]): RecordedEvent[] => {
  const last = new Map<string, number>();
  return log.filter(({ stream, revision }) => {
    const follows = revision === (last.get(stream) ?? -1) + 1;
    last.set(stream, revision);
    return !follows;
  });
};
