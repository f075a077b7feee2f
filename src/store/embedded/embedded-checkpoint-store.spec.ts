import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckpointStore } from '../checkpoint-store.js';
import { StoreUnreadable } from '../errors.js';
import { InMemoryCheckpointStore } from '../../../test/in-memory-checkpoint-store.js';
import { EmbeddedCheckpointStore } from './embedded-checkpoint-store.js';

describe('checkpoints', () => {
  let folder: string;
  let store: CheckpointStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const inFolder = (logId = 'this log'): CheckpointStore => EmbeddedCheckpointStore.open(folder, { id: logId });

  it.each([
    ['in memory', () => new InMemoryCheckpointStore()],
    ['in the folder of the log', () => inFolder()],
  ])('%s: each consumer finds what it saved last, and nothing before', async (_, open) => {
    store = open();
    expect(await store.load('watch')).toBeUndefined();
    await store.save('watch', { position: '1' });
    await store.save('watch', { position: '2', nested: { people: ['é'] } });
    await store.save('figures', { position: '1' });
    expect(await store.load('watch')).toEqual({ position: '2', nested: { people: ['é'] } });
    expect(await store.load('figures')).toEqual({ position: '1' });
  });

  it('are still there when the folder is opened again', async () => {
    store = inFolder();
    await store.save('watch', { position: '7' });
    await store.close();
    store = inFolder();
    expect(await store.load('watch')).toEqual({ position: '7' });
  });

  it('do not count for another log that took the place of theirs: it is read from its start', async () => {
    store = inFolder('the log before');
    await store.save('watch', { position: '7' });
    await store.close();
    store = inFolder('the log now');
    expect(await store.load('watch')).toBeUndefined();
  });

  it('say so when their file is none of ours', () => {
    store = new InMemoryCheckpointStore();
    writeFileSync(join(folder, 'local.db'), 'no database'.repeat(100));
    expect(() => inFolder()).toThrow(StoreUnreadable);
  });
});
