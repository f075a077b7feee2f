import { describe, expect, it } from '@jest/globals';
import { Rulebook } from '../../src/kernel/rulebook.js';
import type { Snapshot, SnapshotStore } from '../../src/store/snapshot-store.js';
import { eventsOf, expectedOf } from '../acceptance/cases.js';
import { eachCase } from '../acceptance/each-case.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { InMemorySnapshotStore } from '../in-memory-snapshot-store.js';
import { live, some } from './lives.js';
import { ordinaryLives } from './ordinary-lives.js';
import { days, GRACE, RULEBOOK, RULES, Service } from './service.js';

/** How many events have been read from the log since somebody last asked. */
class Counted extends InMemoryEventStore {
  private events = 0;

  get read(): number {
    const { events } = this;
    this.events = 0;
    return events;
  }

  override subscribeToAll(...[options, handle]: Parameters<InMemoryEventStore['subscribeToAll']>) {
    return super.subscribeToAll(options, (message) => {
      if (message.kind === 'event') this.events += 1;
      return handle(message);
    });
  }
}

const withSnapshots = (snapshots: SnapshotStore, store = new InMemoryEventStore()): Service =>
  new Service(store, undefined, RULEBOOK, snapshots);

/** A second passes, in which a snapshot is taken; then another process begins from it. */
const beginFromSnapshot = async (service: Service): Promise<void> => {
  await service.wait(service.clock.now() + 1_000);
  await service.restart();
};

describe('a watch that is started from a snapshot', () => {
  eachCase('%s: after every event, makes exactly the alerts that were expected', async (name) => {
    const { events, expected } = some(name, 3);
    const snapshots = new InMemorySnapshotStore();
    expect(await live(events, beginFromSnapshot, withSnapshots(snapshots))).toEqual(expected);
    expect(snapshots.loaded).toBeGreaterThan(events.length / 4);
  });

  eachCase('%s: now and then, makes exactly the alerts that were expected of everybody', async (name) => {
    let turn = 0;
    const nowAndThen = async (service: Service): Promise<void> => {
      if (++turn % 97 === 0) await beginFromSnapshot(service);
    };
    const lived = await live(eventsOf(name), nowAndThen, withSnapshots(new InMemorySnapshotStore()));
    expect(lived).toEqual([...expectedOf(name)].sort());
  });
});

const { instants, until } = ordinaryLives(6);

/** Ordinary lives, one after another; then everything falls due. */
const liveOn = async (service: Service): Promise<string[]> => {
  await service.start();
  for (const [instant, event] of instants) {
    await service.know(instant, event);
    await beginFromSnapshot(service);
  }
  await service.wait(until + GRACE);
  return service.transitions();
};

describe('a start', () => {
  it('reads nothing of what the snapshot holds, and decides as if it had', async () => {
    const store = new Counted();
    const service = withSnapshots(new InMemorySnapshotStore(), store);
    const transitions = await liveOn(service);
    expect(transitions).toEqual(await liveOn(new Service()));
    expect(store.read).toBe(instants.length);
  });

  it('reads the whole log where the rules have changed since', async () => {
    const store = new Counted();
    const service = withSnapshots(new InMemorySnapshotStore(), store);
    await liveOn(service);
    expect(store.read).toBe(instants.length);
    await service.restart({ rulebook: new Rulebook(RULES.slice(1), days) });
    expect(store.read).toBe(instants.length);
  });

  it('decides the same where a snapshot could be written only now and then', async () => {
    class Failing extends InMemorySnapshotStore {
      private saves = 0;
      override save(consumer: string, version: string, snapshot: Snapshot): Promise<void> {
        if (this.saves++ % 3 === 0) return super.save(consumer, version, snapshot);
        return Promise.reject(Object.assign(new Error('No space left.'), { code: 'ENOSPC' }));
      }
    }
    expect(await liveOn(withSnapshots(new Failing()))).toEqual(await liveOn(new Service()));
  });
});
