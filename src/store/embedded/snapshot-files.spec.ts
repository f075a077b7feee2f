import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import type { Json } from '../event-store.js';
import { SnapshotFiles } from './snapshot-files.js';

const LOG = { id: 'log-1' };
const ID = '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a01';
const UP_TO = { stream: 'test_person-A0001AA', id: ID, position: '1' };
const PARTS: readonly Json[] = Array.from({ length: 20_000 }, (_, n) => ({ n, text: `zażółć\n${n}` }));

let folder: string;
let files: SnapshotFiles;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  files = new SnapshotFiles(folder, LOG, 'program-1');
  await files.save('watch', 'rules-1', { upTo: UP_TO, parts: PARTS });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = (): string => join(folder, 'snapshots', 'watch.ndjson');
const loaded = async (from = files, version = 'rules-1'): Promise<unknown[] | undefined> => {
  const snapshot = await from.load('watch', version);
  return snapshot && [snapshot.upTo, ...snapshot.parts];
};

function* failing(): Iterable<Json> {
  yield* PARTS;
  throw new Error('The disk is full.');
}

describe('a snapshot', () => {
  it('comes back as it was saved, the newest only', async () => {
    expect(await loaded()).toEqual([UP_TO, ...PARTS]);
    await files.save('watch', 'rules-1', { upTo: UP_TO, parts: [{ newer: true }] });
    expect(await loaded()).toEqual([UP_TO, { newer: true }]);
    expect(readdirSync(join(folder, 'snapshots'))).toEqual(['watch.ndjson']);
  });

  it('is not there for another consumer, other rules, another program or another log', async () => {
    expect(await files.load('open-alerts', 'rules-1')).toBeUndefined();
    expect(await loaded(files, 'rules-2')).toBeUndefined();
    expect(await loaded(new SnapshotFiles(folder, LOG, 'program-2'))).toBeUndefined();
    expect(await loaded(new SnapshotFiles(folder, { id: 'log-2' }, 'program-1'))).toBeUndefined();
  });

  it('stays as it was when the next one cannot be written to its end', async () => {
    await expect(files.save('watch', 'rules-1', { upTo: UP_TO, parts: failing() })).rejects.toThrow('full');
    expect(await loaded()).toEqual([UP_TO, ...PARTS]);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['one line', () => Buffer.from('7\n')],
    ['cut off', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['cut off after a line', (bytes) => bytes.subarray(0, bytes.lastIndexOf('\n', -2) + 1)],
    ['changed in one place', (bytes) => Buffer.from(bytes).fill('x', 5_000, 5_001)],
  ])('is as good as none when its file is %s', async (_, damage) => {
    writeFileSync(file(), damage(readFileSync(file())));
    expect(await loaded()).toBeUndefined();
  });

  it('does not keep others from being taken when its file is spoilt', async () => {
    truncateSync(file(), 100);
    await files.save('watch', 'rules-1', { upTo: UP_TO, parts: [{ newer: true }] });
    expect(await loaded()).toEqual([UP_TO, { newer: true }]);
  });
});

describe('a log', () => {
  const event = { id: ID, type: 'T', data: {}, metadata: {} };
  const other = { ...event, id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a02' };
  const logOf = async (...events: readonly (typeof event)[]): Promise<InMemoryEventStore> => {
    const store = new InMemoryEventStore();
    await store.append(UP_TO.stream, 'no-stream', events);
    return store;
  };

  it('keeps the snapshots that rest on it', async () => {
    await files.keepOnlyThoseOf(await logOf(event, other));
    expect(existsSync(file())).toBe(true);
  });

  it.each([
    ['shorter', [other]],
    ['another one by now', [other, event]],
  ])('that was put back from a backup and is %s throws them away', async (_, events) => {
    await files.keepOnlyThoseOf(await logOf(...events));
    expect(existsSync(file())).toBe(false);
  });

  it('throws away what is no snapshot, and what another program left', async () => {
    const store = await logOf(event);
    writeFileSync(join(folder, 'snapshots', 'watch.new'), 'half');
    await files.keepOnlyThoseOf(store);
    expect(readdirSync(join(folder, 'snapshots'))).toEqual(['watch.ndjson']);
    await new SnapshotFiles(folder, LOG, 'program-2').keepOnlyThoseOf(store);
    expect(readdirSync(join(folder, 'snapshots'))).toEqual([]);
    writeFileSync(file(), 'x'.repeat(10_000));
    await files.keepOnlyThoseOf(store);
    expect(readdirSync(join(folder, 'snapshots'))).toEqual([]);
  });

  it('without any snapshot has none to throw away', async () => {
    rmSync(join(folder, 'snapshots'), { recursive: true });
    await expect(files.keepOnlyThoseOf(new InMemoryEventStore())).resolves.toBeUndefined();
  });
});
