import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventFilter, EventStore, Position } from '../../src/store/event-store.js';
import { events, freshPrefix, idsOf, Listener, type OpenStore, type StoreUnderTest } from './store-under-test.js';

export const subscribingContract = (openStore: OpenStore): void => {
  describe('subscribing', () => {
    let underTest: StoreUnderTest;
    let store: EventStore;
    let prefix: string;
    let filter: EventFilter;

    beforeEach(async () => {
      underTest = await openStore();
      store = underTest.store;
      prefix = freshPrefix();
      filter = { streamPrefixes: [prefix] };
    });
    afterEach(() => underTest.dispose());

    const append = async (name: string, count: number): Promise<{ ids: string[]; position: Position }> => {
      const sent = events(count);
      const { position } = await store.append(`${prefix}${name}`, 'no-stream', sent);
      return { ids: idsOf(sent), position };
    };

    it('hands over all that is there, in order, and then says that it has caught up', async () => {
      const sent = [await append('a', 3), await append('b', 1200)];
      const listener = new Listener(store, { filter });
      await listener.caughtUpTo(store, sent[1]?.position ?? '');
      expect(idsOf(listener.events)).toEqual(sent.flatMap(({ ids }) => ids));
      expect(listener.told.findIndex(({ kind }) => kind === 'caught-up')).toBe(1203);
    });

    it('says that it has caught up although there was nothing to hand over', async () => {
      const listener = new Listener(store, { filter });
      await listener.caughtUpTo(store, await store.end());
      expect(listener.events).toEqual([]);
    });

    it('goes on with what is appended later, and says again that it has caught up', async () => {
      const first = await append('a', 1);
      const listener = new Listener(store, { filter });
      await listener.caughtUpTo(store, first.position);
      const second = await append('b', 2);
      await listener.caughtUpTo(store, second.position);
      expect(idsOf(listener.events)).toEqual([...first.ids, ...second.ids]);
      expect(listener.told.at(1)?.kind).toBe('caught-up');
      expect(listener.told.at(-1)?.kind).toBe('caught-up');
    });

    it('resumes after a position, without the event at it', async () => {
      const first = await append('a', 2);
      const second = await append('b', 2);
      const listener = new Listener(store, { after: first.position, filter });
      await listener.caughtUpTo(store, second.position);
      expect(idsOf(listener.events)).toEqual(second.ids);
    });

    it('passes by what the filter leaves out, and still says how far it has come', async () => {
      const listener = new Listener(store, { filter: { streamPrefixes: [`${prefix}person-`] } });
      const person = await append('person-1', 1);
      const alert = await append('alert-1', 1);
      await listener.caughtUpTo(store, alert.position);
      expect(idsOf(listener.events)).toEqual(person.ids);
    });

    it('misses nothing that is appended while it catches up', async () => {
      const before = await append('before', 1500);
      const listener = new Listener(store, { filter });
      const during = await Promise.all(Array.from({ length: 30 }, (_, n) => append(`during-${n}`, 3)));
      for (const { position } of during) await listener.caughtUpTo(store, position);
      const heard = idsOf(listener.events);
      expect(heard.slice(0, 1500)).toEqual(before.ids);
      expect(heard.slice(1500).sort()).toEqual(during.flatMap(({ ids }) => ids).sort());
      const positions = listener.events.map(({ position }) => position);
      expect([...positions].sort((a, b) => store.compare(a, b))).toEqual(positions);
    });

    it('waits for its handler before it hands over the next', async () => {
      const sent = await append('a', 20);
      let busy = 0;
      let most = 0;
      await new Promise<void>((resolve) => {
        store.subscribeToAll({ filter }, async ({ kind }) => {
          most = Math.max(most, (busy += 1));
          await new Promise((done) => setImmediate(done));
          busy -= 1;
          if (kind === 'caught-up') resolve();
        });
      });
      expect(sent.ids).toHaveLength(20);
      expect(most).toBe(1);
    });

    it('ends with the error that its handler throws, and skips nothing', async () => {
      const sent = await append('a', 5);
      const heard: string[] = [];
      const { ended } = store.subscribeToAll({ filter }, (message) => {
        if (message.kind !== 'event') return;
        heard.push(message.event.id);
        if (heard.length === 3) throw new Error('this event cannot be handled');
      });
      await expect(ended).rejects.toThrow('this event cannot be handled');
      await append('b', 2);
      expect(heard).toEqual(sent.ids.slice(0, 3));
    });

    it('stops after the message at hand', async () => {
      await append('a', 5);
      const heard: string[] = [];
      const begun = signal();
      const finish = signal();
      const subscription = store.subscribeToAll({ filter }, async ({ kind }) => {
        begun.give();
        await finish.given;
        heard.push(kind);
      });
      await begun.given;
      const stopped = subscription.stop();
      expect(heard).toEqual([]);
      finish.give();
      await stopped;
      await append('b', 2);
      expect(heard).toEqual(['event']);
    });

    it('stops while it waits for more', async () => {
      const listener = new Listener(store, { filter });
      await listener.caughtUpTo(store, await store.end());
      await listener.subscription.stop();
      await expect(listener.subscription.ended).resolves.toBeUndefined();
      await append('a', 1);
      expect(listener.events).toEqual([]);
    });

    it('serves each subscriber on its own', async () => {
      const failing = store.subscribeToAll({ filter }, () => {
        throw new Error('only this one');
      });
      const failed = expect(failing.ended).rejects.toThrow('only this one');
      const listeners = [new Listener(store, { filter }), new Listener(store, { filter })];
      const sent = await append('a', 3);
      for (const listener of listeners) {
        await listener.caughtUpTo(store, sent.position);
        expect(idsOf(listener.events)).toEqual(sent.ids);
      }
      await failed;
    });

    it('ends when the store is closed', async () => {
      const listener = new Listener(store, { filter });
      await listener.caughtUpTo(store, await store.end());
      await store.close();
      await expect(listener.subscription.ended).resolves.toBeUndefined();
    });
  });
};

const signal = (): { given: Promise<void>; give: () => void } => {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
};
