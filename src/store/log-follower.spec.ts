import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { StoreUnavailable } from './errors.js';
import type { RecordedEvent, Subscription, SubscriptionMessage } from './event-store.js';
import { type LogModel, LogFollower } from './log-follower.js';
import { Waterline } from './waterline.js';

/** A log that can go away, and say that it cannot be followed just now. */
class Unsteady extends InMemoryEventStore {
  private tell: ((message: SubscriptionMessage) => Promise<void> | void) | undefined;

  override subscribeToAll(...[options, handle]: Parameters<InMemoryEventStore['subscribeToAll']>): Subscription {
    this.tell = handle;
    return super.subscribeToAll(options, handle);
  }

  async interrupt(): Promise<void> {
    await this.tell?.({ kind: 'interrupted' });
  }
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const plain = { type: 'X', data: {}, metadata: {} };

let store: Unsteady;
let taken: string[];
/** How many more events are taken in before the log is away. */
let steps: number;
let follower: LogFollower;

const takeIn = async ({ id, position }: RecordedEvent): Promise<void> => {
  await Promise.resolve();
  if (steps-- <= 0) throw new StoreUnavailable('away');
  taken.push(id);
  read.rise(position);
};
let read: Waterline;

const happen = async (...ids: string[]): Promise<void> => {
  for (const id of ids) await store.append(`person-${id}`, 'no-stream', [{ id, ...plain }]);
  await turns();
};

beforeEach(() => {
  store = new Unsteady();
  read = new Waterline((a, b) => store.compare(a, b));
  taken = [];
  steps = Infinity;
  follower = new LogFollower(store, kept());
});

const kept = (): LogModel => ({ name: 'Tests', filter: { streamPrefixes: ['person-'] }, read, takeIn });

const noHurry = new AbortController().signal;

describe('whoever follows the log', () => {
  it('takes in what is there, and says that it has', async () => {
    await happen('a', 'b');
    follower.follow();
    await expect(follower.untilCaughtUp(noHurry)).resolves.toBe(true);
    expect(taken).toEqual(['a', 'b']);
    expect(follower.failure).toBeUndefined();
  });

  it.each([0, 1, 2, 3])(
    'goes on with the next tick after a failure at event %d: nothing dropped, nothing twice',
    async (n) => {
      steps = n;
      follower.follow();
      await happen('a', 'b', 'c');
      const failed = n < 3;
      expect({ taken: taken.length, failed: follower.failure !== undefined }).toEqual({ taken: n, failed });
      follower.tick();
      await turns();
      expect({ taken: taken.length, failed: follower.failure !== undefined }).toEqual({ taken: n, failed });
      steps = Infinity;
      follower.tick();
      await happen('d');
      expect(taken).toEqual(['a', 'b', 'c', 'd']);
      expect(follower.failure).toBeUndefined();
    },
  );

  it('does not let anybody wait for a log that cannot be followed, until it can', async () => {
    steps = 0;
    await happen('a');
    follower.follow();
    await turns();
    await expect(follower.untilCaughtUp(noHurry)).resolves.toBe(false);
    steps = Infinity;
    follower.tick();
    await turns();
    await expect(follower.untilCaughtUp(noHurry)).resolves.toBe(true);
  });

  it('has failed while the log says that it cannot be followed just now', async () => {
    follower.follow();
    await turns();
    await store.interrupt();
    expect(follower.failure).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await happen('a');
    expect(follower.failure).toBeUndefined();
  });

  it('waits, before it says that it is at the end, for what another has written a moment ago', async () => {
    const atTheEnd: string[][] = [];
    const told = (): void => void atTheEnd.push([...taken]);
    follower = new LogFollower(store, { ...kept(), settle: told });
    follower.follow();
    await turns();
    const written = store.append('person-a', 'no-stream', [{ id: 'a', ...plain }]);
    expect(follower.isAtTheEnd).toBe(true);
    await expect(Promise.all([written, follower.hasReadToTheEnd()])).resolves.toMatchObject([{}, true]);
    expect(taken).toEqual(['a']);
    await turns();
    expect(atTheEnd).toEqual([[], ['a']]);
  });

  it('waits for that end only, though the log goes on to grow', async () => {
    follower.follow();
    await turns();
    await happen('a');
    const end = store.end.bind(store);
    store.end = async () => {
      const asked = await end();
      void grow();
      return asked;
    };
    let grown = 0;
    const grow = async (): Promise<void> => {
      for (; grown < 1000; grown++) await store.append(`person-${grown}`, 'no-stream', [{ id: `${grown}`, ...plain }]);
    };
    await expect(follower.hasReadToTheEnd()).resolves.toBe(true);
    expect(grown).toBeLessThan(1000);
    grown = 1000;
  });

  it.each([
    ['the log cannot be followed just now', () => store.interrupt()],
    ['it is stopped', () => follower.stop()],
  ])('does not wait for that end when %s', async (_, happens) => {
    follower.follow();
    await turns();
    store.end = () => Promise.resolve('99');
    const waiting = follower.hasReadToTheEnd();
    await turns();
    await happens();
    await expect(waiting).resolves.toBe(false);
  });

  it('does not let anybody wait any more once it was stopped', async () => {
    const waiting = follower.untilCaughtUp();
    await follower.stop();
    await expect(waiting).resolves.toBe(false);
    await expect(follower.untilCaughtUp()).resolves.toBe(false);
  });

  it('does not begin again once it was stopped', async () => {
    follower.follow();
    await follower.stop();
    follower.tick();
    await happen('a');
    expect(taken).toEqual([]);
  });
});
