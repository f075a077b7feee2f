import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/in-memory-event-store.js';
import { StoreUnreadable } from '../../store/errors.js';
import type { Subscription } from '../../store/event-store.js';
import { AlertProjection } from './alert-projection.js';
import { AlertIndex } from './alert-index.js';

/** A log whose first reader ends with an error. */
class ShakyAtFirst extends InMemoryEventStore {
  private readers = 0;

  override subscribeToAll(...read: Parameters<InMemoryEventStore['subscribeToAll']>): Subscription {
    this.readers += 1;
    if (this.readers > 1) return super.subscribeToAll(...read);
    return { stop: () => Promise.resolve(), ended: Promise.reject(new StoreUnreadable('log.db is damaged')) };
  }
}

/** A log whose reader never gets anywhere, or ends with an error. */
class Stuck extends InMemoryEventStore {
  constructor(private readonly ended: Promise<void>) {
    super();
  }

  override subscribeToAll(): Subscription {
    return { stop: () => Promise.resolve(), ended: this.ended };
  }
}

const projectionOf = (store: InMemoryEventStore): AlertProjection => {
  const projection = new AlertProjection({
    store,
    alerts: new AlertIndex('', (a, b) => store.compare(a, b)),
    prefix: '',
    clock: { now: () => 0 },
    snapshots: undefined,
  });
  void projection.onModuleInit();
  return projection;
};

describe('the read model of safety alerts', () => {
  it('can be read once the log has been read to its end', async () => {
    const projection = projectionOf(new InMemoryEventStore());
    await expect(projection.readable(new AbortController().signal)).resolves.toBeUndefined();
  });

  it('is not taken for an empty one before that', async () => {
    const waiting = new AbortController();
    const readable = projectionOf(new Stuck(new Promise(() => undefined))).readable(waiting.signal);
    waiting.abort();
    await expect(readable).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('is not taken for an empty one where the log is damaged', async () => {
    const damaged = Promise.reject(new StoreUnreadable('log.db is damaged'));
    const readable = projectionOf(new Stuck(damaged)).readable(new AbortController().signal);
    await expect(readable).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('is read again with the next tick after its reader has ended, and says meanwhile that it stands still', async () => {
    const projection = projectionOf(new ShakyAtFirst());
    await new Promise((resolve) => setImmediate(resolve));
    expect({ code: projection.failure, isStale: projection.isStale }).toMatchObject({
      code: { code: 'STORE_UNREADABLE' },
      isStale: true,
    });
    await projection.tick(0);
    await new Promise((resolve) => setImmediate(resolve));
    await expect(projection.readable(new AbortController().signal)).resolves.toBeUndefined();
    expect({ failure: projection.failure, isStale: projection.isStale }).toEqual({
      failure: undefined,
      isStale: false,
    });
  });
});
