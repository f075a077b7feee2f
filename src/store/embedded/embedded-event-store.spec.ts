import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreInUse, StoreKindMismatch, StoreReadOnly, StoreUnavailable, StoreUnreadable } from '../errors.js';
import { UnknownPosition } from '../errors.js';
import type { NewEvent, RecordedEvent } from '../event-store.js';
import { openForWriting } from './database-file.js';
import { EmbeddedEventStore } from './embedded-event-store.js';
import { LOG } from './log-schema.js';

const events = (count: number): NewEvent[] =>
  Array.from({ length: count }, () => ({ id: randomUUID(), type: 'T', data: { text: 'x'.repeat(100) }, metadata: {} }));

const all = async (reading: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> => {
  const read: RecordedEvent[] = [];
  for await (const event of reading) read.push(event);
  return read;
};

describe('the embedded log', () => {
  let folder: string;
  let open: EmbeddedEventStore[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((store) => store.close()));
    rmSync(folder, { recursive: true });
  });

  const opened = (): EmbeddedEventStore => {
    const store = EmbeddedEventStore.open(folder);
    open.push(store);
    return store;
  };
  const reader = (): EmbeddedEventStore => {
    const store = EmbeddedEventStore.openReadOnly(folder);
    open.push(store);
    return store;
  };

  it('has one writer', async () => {
    const first = opened();
    expect(() => opened()).toThrow(StoreInUse);
    await first.close();
    opened();
  });

  it('lets others have their turn while it reads many short streams', async () => {
    const store = opened();
    for (let n = 0; n < 30; n++) await store.append(`t-${String(n).padStart(2, '0')}`, 'no-stream', events(100));
    let turns = 0;
    let read = false;
    const count = (): void => {
      turns++;
      if (!read) setImmediate(count);
    };
    setImmediate(count);
    expect(await all(store.readStreams('t-', 't-~'))).toHaveLength(3_000);
    read = true;
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('lets go of the lock when it cannot be opened', async () => {
    const db = openForWriting(join(folder, 'log.db'), LOG);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => opened()).toThrow(StoreUnreadable);
    expect(() => opened()).toThrow(StoreUnreadable);
    await Promise.resolve();
  });

  it('of the first version keeps its events and becomes a log with an id of its own', async () => {
    const first = openForWriting(join(folder, 'log.db'), { ...LOG, migrations: LOG.migrations.slice(0, 1) });
    first.exec(`INSERT INTO streams VALUES (1, 'a', 0); INSERT INTO events VALUES (1, 1, 0, 'e', 'T', '{}', '{}')`);
    first.close();
    const store = opened();
    expect(await all(store.readAll())).toMatchObject([{ stream: 'a', id: 'e', position: '1' }]);
    expect(store.id).toMatch(/^[\da-f]{32}$/);
  });

  it('keeps what was handed in before it is closed, and says so afterwards that it is', async () => {
    const store = opened();
    const appended = store.append('a', 'no-stream', events(1));
    await store.close();
    await expect(appended).resolves.toMatchObject({ outcome: 'appended' });
    await expect(store.append('a', 0, events(1))).rejects.toThrow(StoreUnavailable);
    await expect(all(store.readAll())).rejects.toThrow(/has been closed/);
    await store.close();
    expect(await all(opened().readStream('a'))).toHaveLength(1);
  });

  it('refuses a position beyond its end: a subscriber would miss what comes there', async () => {
    const store = opened();
    await store.append('a', 'no-stream', events(2));
    const subscription = store.subscribeToAll({ after: '3' }, () => undefined);
    await expect(subscription.ended).rejects.toThrow(UnknownPosition);
    await expect(all(store.readAll({ after: '3' }))).rejects.toThrow(UnknownPosition);
    expect(await all(store.readAll({ after: '2' }))).toEqual([]);
  });

  it('lets the rest of the process have its turn after each fifty events that a subscriber is told', async () => {
    const store = opened();
    await store.append('a', 'no-stream', events(500));
    const toldByTurn = [0];
    const kinds: string[] = [];
    const subscription = store.subscribeToAll({}, ({ kind }) => {
      if (kind === 'event') toldByTurn.push((toldByTurn.pop() ?? 0) + 1);
      kinds.push(kind);
    });
    while (kinds.at(-1) !== 'caught-up') {
      await new Promise((resolve) => setImmediate(resolve));
      toldByTurn.push(0);
    }
    await subscription.stop();
    expect(toldByTurn.filter((told) => told > 0)).toEqual(Array.from({ length: 10 }, () => 50));
  });

  describe('opened for reading beside its writer', () => {
    it('shows what has been acknowledged, at every look', async () => {
      const writer = opened();
      await writer.append('a', 'no-stream', events(2));
      const beside = reader();
      expect(await all(beside.readAll())).toHaveLength(2);
      await writer.append('a', 1, events(1));
      expect(await all(beside.readAll())).toHaveLength(3);
      expect(await beside.end()).toBe('3');
    });

    it('reads up to the end as it was when it began, though the log grows meanwhile', async () => {
      const writer = opened();
      await writer.append('a', 'no-stream', events(1500));
      const positions: string[] = [];
      for await (const { position } of reader().readAll()) {
        if (positions.length === 0) await writer.append('a', 1499, events(500));
        positions.push(position);
      }
      expect(positions).toEqual(Array.from({ length: 1500 }, (_, index) => String(index + 1)));
    });

    it('refuses to write and to subscribe', async () => {
      await opened().append('a', 'no-stream', events(1));
      const beside = reader();
      await expect(beside.append('a', 0, events(1))).rejects.toThrow(StoreReadOnly);
      expect(() => beside.subscribeToAll({}, () => undefined)).toThrow(StoreReadOnly);
      expect(() => {
        beside.declareKind('real');
      }).toThrow(StoreReadOnly);
      expect(() => {
        beside.announce('http://127.0.0.1:1');
      }).toThrow(StoreReadOnly);
    });

    it('also works when no writer is there', async () => {
      const writer = opened();
      await writer.append('a', 'no-stream', events(2));
      await writer.close();
      expect(await all(reader().readAll())).toHaveLength(2);
    });
  });

  describe('that is damaged', () => {
    const damage = (from: number, bytes: number): void => {
      const file = openSync(join(folder, 'log.db'), 'r+');
      writeSync(file, Buffer.alloc(bytes, 0xff), 0, bytes, from);
      closeSync(file);
    };
    const size = (): number => statSync(join(folder, 'log.db')).size;
    const filled = async (): Promise<void> => {
      const store = opened();
      await store.append('a', 'no-stream', events(2000));
      await store.close();
    };
    const readWhole = async (): Promise<RecordedEvent[]> => all(opened().readAll());

    it('in its header says so when it is opened', async () => {
      await filled();
      damage(0, 100);
      expect(() => opened()).toThrow(StoreUnreadable);
    });

    it('in its body says so when it is read', async () => {
      await filled();
      damage(8192, size() - 8192);
      await expect(readWhole()).rejects.toThrow(StoreUnreadable);
    });

    it('by losing its second half says so', async () => {
      await filled();
      truncateSync(join(folder, 'log.db'), 4096 * Math.floor(size() / 8192));
      await expect(readWhole()).rejects.toThrow(/is damaged/);
    });

    it('in one event hands that over empty, to be set aside, and the others as they are', async () => {
      await filled();
      const db = new DatabaseSync(join(folder, 'log.db'));
      db.exec(`DROP TRIGGER events_are_never_changed; UPDATE events SET data = '{"tex' WHERE position = 7`);
      db.close();
      const read = await readWhole();
      expect(read.filter(({ data }) => Object.keys(data).length === 0).map(({ position }) => position)).toEqual(['7']);
    });
  });

  describe('declared to be of a kind', () => {
    it('stays of it, also when it is opened again', async () => {
      const store = opened();
      expect(store.kind()).toBeUndefined();
      store.declareKind('demonstration');
      store.declareKind('demonstration');
      await store.close();
      expect(opened().kind()).toBe('demonstration');
    });

    it('refuses to be of the other', () => {
      const store = opened();
      store.declareKind('real');
      expect(() => {
        store.declareKind('demonstration');
      }).toThrow(StoreKindMismatch);
      expect(store.kind()).toBe('real');
    });
  });
});
