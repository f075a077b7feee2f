import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DeadlineIndex } from './deadline-index.js';

/** The keys in the order in which they fall due. */
const inOrder = (index: DeadlineIndex): string[] => {
  const keys: string[] = [];
  for (let due = index.first(Infinity); due; due = index.first(Infinity)) {
    keys.push(due.key);
    index.set(due.key, Infinity);
  }
  return keys;
};

describe('what falls due', () => {
  it('at one instant comes in the order of its keys, whatever the order in which it was set', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 });
    fc.assert(
      fc.property(names, (keys) => {
        const index = new DeadlineIndex();
        for (const key of keys) index.set(key, 1_000);
        expect(inOrder(index)).toEqual([...keys].sort());
      }),
    );
  });

  it('comes in the order of its instants, as they were set last', () => {
    const deadlines = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(5)), { maxLength: 30 });
    fc.assert(
      fc.property(deadlines, (settings) => {
        const index = new DeadlineIndex();
        for (const [key, at] of settings) index.set(key, at);
        const last = [...new Map(settings)].sort(([a, at], [b, due]) => at - due || (a < b ? -1 : 1));
        expect(inOrder(index)).toEqual(last.map(([key]) => key));
      }),
    );
  });

  it('is given up to the limit, the limit included, and stays due until it is set anew', () => {
    const index = new DeadlineIndex();
    index.set('a', 1_000);
    expect(index.first(999)).toBeUndefined();
    expect([index.first(1_000), index.first(1_000)]).toEqual([
      { at: 1_000, key: 'a' },
      { at: 1_000, key: 'a' },
    ]);
  });
});
