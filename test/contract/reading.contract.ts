import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UnknownPosition } from '../../src/store/errors.js';
import { START, type EventStore, type ReadOptions } from '../../src/store/event-store.js';
import { all, event, events, freshPrefix, idsOf, type OpenStore, type StoreUnderTest } from './store-under-test.js';

/** More than a page of any implementation. */
const MANY = 2500;

export const readingContract = (openStore: OpenStore): void => {
  describe('reading', () => {
    let underTest: StoreUnderTest;
    let store: EventStore;
    let prefix: string;

    beforeEach(async () => {
      underTest = await openStore();
      store = underTest.store;
      prefix = freshPrefix();
    });
    afterEach(() => underTest.dispose());

    it('finds nothing in a stream that is not there', async () => {
      expect(await all(store.readStream(`${prefix}none`))).toEqual([]);
      expect(await all(store.readStream(`${prefix}none`, { direction: 'backward' }))).toEqual([]);
      expect(await store.findEvent(`${prefix}none`, event().id)).toBeUndefined();
    });

    it.each<[ReadOptions, number[]]>([
      [{}, [0, 1, 2, 3, 4]],
      [{ from: 3 }, [3, 4]],
      [{ from: 1, limit: 2 }, [1, 2]],
      [{ from: 9 }, []],
      [{ limit: 0 }, []],
      [{ direction: 'backward' }, [4, 3, 2, 1, 0]],
      [{ direction: 'backward', limit: 1 }, [4]],
      [{ direction: 'backward', from: 2, limit: 2 }, [2, 1]],
      [{ direction: 'backward', from: 9, limit: 2 }, [4, 3]],
      [{ direction: 'backward', limit: 0 }, []],
      [{ direction: 'backward', limit: 99 }, [4, 3, 2, 1, 0]],
    ])('of a stream of five with %j gives revisions %j', async (options, revisions) => {
      const stream = `${prefix}five`;
      await store.append(stream, 'no-stream', events(5));
      const read = await all(store.readStream(stream, options));
      expect(read.map(({ revision }) => revision)).toEqual(revisions);
    });

    it('reads a long stream whole, both ways', async () => {
      const stream = `${prefix}long`;
      const ids = await appendMany(store, stream, MANY);
      expect(idsOf(await all(store.readStream(stream)))).toEqual(ids);
      expect(idsOf(await all(store.readStream(stream, { direction: 'backward' })))).toEqual(ids.reverse());
    });

    it('can be broken off', async () => {
      const stream = `${prefix}broken-off`;
      await store.append(stream, 'no-stream', events(5));
      for await (const { revision } of store.readStream(stream)) if (revision === 1) break;
      expect(await all(store.readStream(stream))).toHaveLength(5);
    });

    it('reads the streams whose names lie between two, by their names, and no other', async () => {
      for (const [name, count] of [
        ['c', 1],
        ['a', 2],
        ['b-2', 1],
        ['b-1', 3],
        ['b', 1],
        ['bb', 1],
      ] as const)
        await store.append(`${prefix}${name}`, 'no-stream', events(count));
      const read = await all(store.readStreams(`${prefix}b-`, `${prefix}bb`));
      expect(read.map(({ stream, revision }) => [stream.slice(prefix.length), revision])).toEqual([
        ['b-1', 0],
        ['b-1', 1],
        ['b-1', 2],
        ['b-2', 0],
      ]);
    });

    it('finds an event by its id, within its stream only', async () => {
      const [first, second] = [event(), event()];
      await store.append(`${prefix}a`, 'no-stream', [first, second]);
      expect(await store.findEvent(`${prefix}a`, second.id)).toMatchObject({ ...second, revision: 1 });
      expect(await store.findEvent(`${prefix}b`, second.id)).toBeUndefined();
    });

    it('gives the whole log in the order of its positions, which is the order of appending', async () => {
      const before = await store.end();
      const sent = [event(), event(), event()] as const;
      await store.append(`${prefix}a`, 'no-stream', [sent[0]]);
      await store.append(`${prefix}b`, 'no-stream', [sent[1]]);
      await store.append(`${prefix}a`, 0, [sent[2]]);
      const read = await all(store.readAll({ after: before, filter: { streamPrefixes: [prefix] } }));
      expect(idsOf(read)).toEqual(idsOf(sent));
      const positions = [before, ...read.map(({ position }) => position)];
      positions.slice(1).forEach((position, index) => {
        expect(store.compare(position, positions[index] ?? '')).toBeGreaterThan(0);
      });
      expect(store.compare(await store.end(), positions.at(-1) ?? '')).toBeGreaterThanOrEqual(0);
    });

    it('goes on after a position, without the event at it', async () => {
      const { position } = await store.append(`${prefix}a`, 'no-stream', events(2));
      const later = events(2);
      await store.append(`${prefix}b`, 'no-stream', later);
      const filter = { streamPrefixes: [prefix] };
      expect(idsOf(await all(store.readAll({ after: position, filter })))).toEqual(idsOf(later));
    });

    it('keeps to the streams whose names begin as asked', async () => {
      for (const name of ['person-1', 'alert-1', 'personal', 'person-2'])
        await store.append(`${prefix}${name}`, 'no-stream', events(1));
      const named = async (...wanted: string[]): Promise<string[]> => {
        const filter = { streamPrefixes: wanted.map((name) => prefix + name) };
        return (await all(store.readAll({ filter }))).map(({ stream }) => stream.slice(prefix.length));
      };
      expect(await named('person-')).toEqual(['person-1', 'person-2']);
      expect(await named('person-', 'alert-')).toEqual(['person-1', 'alert-1', 'person-2']);
      expect(await named('per%', 'p_rson', 'person-*')).toEqual([]);
    });

    it('orders positions by their place in the log and not as text', async () => {
      const positions = [];
      for (let n = 0; n < 12; n += 1)
        positions.push((await store.append(`${prefix}${n}`, 'no-stream', events(1))).position);
      const shuffled = [...positions].reverse();
      expect(shuffled.sort((a, b) => store.compare(a, b))).toEqual(positions);
      expect(store.compare(START, positions[0] ?? '')).toBeLessThan(0);
      expect(store.compare(START, START)).toBe(0);
      for (const position of positions) expect(position).toMatch(/^[\d/]+$/);
    });

    it('says so when a position is none', async () => {
      await expect(all(store.readAll({ after: 'yesterday' }))).rejects.toBeInstanceOf(UnknownPosition);
      expect(() => store.compare('yesterday', START)).toThrow(UnknownPosition);
    });
  });
};

const appendMany = async (store: EventStore, stream: string, count: number): Promise<string[]> => {
  const sent = events(count);
  for (let at = 0; at < count; at += 500)
    await store.append(stream, at === 0 ? 'no-stream' : at - 1, sent.slice(at, at + 500));
  return idsOf(sent);
};
