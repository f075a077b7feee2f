import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  it('let the work of one key through in the order in which it came, also after work that failed', async () => {
    const turns = new Turns();
    const done: number[] = [];
    const first = turns.take('a', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push(1);
      throw new Error('this work failed');
    });
    const second = turns.take('a', () => Promise.resolve(done.push(2)));
    await expect(first).rejects.toThrow('this work failed');
    await second;
    expect(done).toEqual([1, 2]);
  });

  it('let the work of another key go ahead', async () => {
    const turns = new Turns();
    const forEver = new Promise<never>(() => undefined);
    void turns.take('a', () => forEver);
    expect(await turns.take('b', () => Promise.resolve('done'))).toBe('done');
  });

  it('keep nothing of a key whose work has ended: there is one for every stream', async () => {
    const turns = new Turns();
    await Promise.allSettled([
      turns.take('a', () => Promise.resolve()),
      turns.take('a', () => Promise.resolve()),
      turns.take('b', () => Promise.reject(new Error('this work failed'))),
    ]);
    expect(turns['last'].size).toBe(0);
  });
});
