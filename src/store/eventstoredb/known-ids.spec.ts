import { describe, expect, it } from '@jest/globals';
import { KnownIds } from './known-ids.js';

const learnAll = (ids: KnownIds, stream: string, count: number): void => {
  for (let revision = 0; revision < count; revision += 1) ids.learn(stream, { id: `${stream}-${revision}`, revision });
};

describe('what is known of ids', () => {
  it('says where an id stands, and from where on nothing is known', () => {
    const ids = new KnownIds();
    learnAll(ids, 'a', 3);
    expect(ids.of('a').revisions.get('a-1')).toBe(1);
    expect(ids.of('a').next).toBe(3);
  });

  it('keeps the first place of an id, however often it is learnt', () => {
    const ids = new KnownIds();
    for (const revision of [0, 0, 1]) ids.learn('a', { id: 'same', revision });
    expect([...ids.of('a').revisions]).toEqual([['same', 0]]);
    expect(ids.of('a').next).toBe(2);
  });

  it('forgets the streams that were asked for longest ago, and never the one at hand', () => {
    const ids = new KnownIds(10);
    learnAll(ids, 'a', 4);
    learnAll(ids, 'b', 4);
    ids.of('a');
    learnAll(ids, 'c', 20);
    expect([ids.of('c').next, ids.of('a').next, ids.of('b').next]).toEqual([20, 0, 0]);
  });

  it('makes room by forgetting only as much as it must', () => {
    const ids = new KnownIds(10);
    learnAll(ids, 'a', 4);
    learnAll(ids, 'b', 4);
    learnAll(ids, 'c', 4);
    expect([ids.of('c').next, ids.of('b').next, ids.of('a').next]).toEqual([4, 4, 0]);
  });
});
