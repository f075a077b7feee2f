import { describe, expect, it } from '@jest/globals';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import type { EventStore } from '../../src/store/event-store.js';
import { onServers } from '../eventstoredb/stores.js';
import { InMemoryEventStore } from '../in-memory-event-store.js';
import { Instance } from './instance.js';
import { ordinaryLives } from './ordinary-lives.js';
import { GRACE, Service } from './service.js';

const { instants, until } = ordinaryLives(30);

/** What one undisturbed instance makes of these lives. */
const undisturbed = async (): Promise<string[]> => {
  const service = await new Service().start();
  for (const [instant, event] of instants) {
    await service.know(instant, event);
    await service.wait(instant + 1_000);
  }
  await service.wait(until + GRACE);
  return service.transitions();
};

/** Lives these lives on several instances, which take turns at taking in what happens. */
const lived = async (
  instances: readonly Instance[],
  meanwhile: (count: number) => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  for (const { service } of instances) await service.watch.start();
  for (const [count, [instant, event]] of instants.entries()) {
    const position = (await instances[count % instances.length]?.know(instant, event)) ?? '';
    await meanwhile(count);
    for (const instance of instances) await instance.hasHeard(position, instant);
    await Promise.all(instances.map((instance) => instance.tick(instant + 1_000)));
  }
  for (const instance of instances) {
    await instance.tick(until + GRACE);
    await instance.tick(until + GRACE + 1_000);
  }
};

it('is tested with lives in which safeguards are broken and met', async () => {
  const transitions = (await undisturbed()).map((line) => line.split(' ')[3]);
  expect(transitions.filter((transition) => transition === 'raised').length).toBeGreaterThan(30);
  expect(new Set(transitions)).toEqual(new Set(['raised', 'escalated', 'resolved', 'expired']));
});

describe('the watch on an event server', () => {
  const { server, store } = onServers('test_');

  it('makes the same alerts, each once, though the server is killed and comes back under load', async () => {
    const node = await server();
    const instance = new Instance(store(node.url));
    await lived([instance], async (count) => {
      if (count % 5 !== 0) return;
      node.kill();
      if (count % 10 === 0) await instance.tick(instants[count]?.[0] ?? 0);
      await node.restart();
    });
    expect(await instance.service.transitions()).toEqual(await undisturbed());
  });

  it('makes the same alerts, each once, though every third acknowledgement is lost', async () => {
    const node = await server();
    const instance = new Instance(store(node.url));
    await lived([instance], (count) => {
      if (count % 3 === 0) node.faults.loseAcknowledgements = 1;
      return Promise.resolve();
    });
    node.faults.loseAcknowledgements = 0;
    await instance.tick(until + GRACE + 2_000);
    expect(await instance.service.transitions()).toEqual(await undisturbed());
  });

  it('decides nothing while it cannot know what has happened', async () => {
    const near = await server();
    const cutOff = new Instance(store(near.url));
    await cutOff.service.watch.start();
    const [instant, arrival] = instants[0] ?? never();
    await cutOff.hasHeard(await cutOff.know(instant, arrival), instant);
    near.kill();
    while (cutOff.service.watch.isAtTheEnd) await new Promise((resolve) => setImmediate(resolve));
    await cutOff.tick(until);
    const other = new Instance(store((await server(near.log)).url));
    const [, session] = instants.find(([, event]) => isSessionOf(event, arrival)) ?? never();
    const inTime = instant + 3_600_000;
    const position = await other.know(inTime, { ...session, occurredAtMs: inTime, recordedAtMs: inTime });
    await near.restart();
    await cutOff.hasHeard(position, until);
    await cutOff.tick(instant + 2 * 86_400_000);
    expect(await cutOff.service.transitions()).toEqual([]);
  });

  it('loses nothing that was acknowledged', async () => {
    const node = await server();
    const instance = new Instance(store(node.url));
    await lived([instance], async (count) => {
      if (count % 7 !== 0) return;
      node.kill();
      await node.restart();
    });
    const kept = new Set<string>();
    for await (const { id } of store(node.url).readAll({ filter: { streamPrefixes: ['test_person-'] } })) kept.add(id);
    expect([...kept].sort()).toEqual(instants.map(([, { id }]) => id).sort());
  });
});

describe.each<[string, number]>([
  ['two', 2],
  ['three', 3],
])('%s instances on one log, their clocks three seconds apart, their news late', (_, count) => {
  const { server, store } = onServers('test_');
  const among = (open: () => EventStore): Instance[] =>
    Array.from({ length: count }, (_one, index) => new Instance(open(), index * 3_000, index * 4));

  it('raise and close each alert once, on a log in memory', async () => {
    const log = new InMemoryEventStore();
    const instances = among(() => log);
    await lived(instances);
    expect(await instances[0]?.service.transitions()).toEqual(await undisturbed());
  });

  it('raise and close each alert once, on an event server', async () => {
    const { url } = await server();
    const instances = among(() => store(url));
    await lived(instances);
    expect(await instances[0]?.service.transitions()).toEqual(await undisturbed());
  });

  it('go on when one of them is killed', async () => {
    const { url } = await server();
    const instances = among(() => store(url));
    await lived(instances, async (at) => {
      if (at === 20) await instances.pop()?.store.close();
    });
    expect(await instances[0]?.service.transitions()).toEqual(await undisturbed());
  });
});

const isSessionOf = ({ type, prisonNumber }: CustodyEvent, arrival: CustodyEvent): boolean =>
  type === 'KeyWorkerSessionHeld' && prisonNumber === arrival.prisonNumber;

const never = (): never => {
  throw new Error('These lives hold no such event.');
};
