import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { StoreUnreadable } from './errors.js';
import { beginLog, beginRestore, endRestore, logIdentity, logStreamIn, mustBeWhole } from './log-stream.js';
import { revisionOf } from './transact.js';

const PREFIX = 'cw_';

let store: InMemoryEventStore;

beforeEach(() => {
  store = new InMemoryEventStore();
});

describe('what a log says of itself', () => {
  it('is begun once, by the first of several', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => beginLog(store, PREFIX)));
    expect(new Set(ids)).toEqual(new Set([await logIdentity(store, PREFIX)]));
    expect(await store.end()).toBe('1');
  });

  it('is whole again only once the restore has ended, whatever a later version says in between', async () => {
    await beginRestore(store, PREFIX, 'sum', false);
    const unknown = { id: '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a05', type: 'FromTheFuture', data: {}, metadata: {} };
    await store.append(logStreamIn(PREFIX), await revisionOf(store, logStreamIn(PREFIX)), [unknown]);
    await expect(mustBeWhole(store, PREFIX)).rejects.toThrow(StoreUnreadable);
    await endRestore(store, PREFIX);
    await expect(mustBeWhole(store, PREFIX)).resolves.toBeUndefined();
  });
});
