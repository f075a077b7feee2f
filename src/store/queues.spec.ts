import { describe, expect, it } from '@jest/globals';
import { Queues } from './queues.js';

describe('queues', () => {
  it('let the work of one key through in the order in which it came, also after work that failed', async () => {
    const queues = new Queues();
    const done: number[] = [];
    const first = queues.run('a', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push(1);
      throw new Error('this work failed');
    });
    const second = queues.run('a', () => Promise.resolve(done.push(2)));
    await expect(first).rejects.toThrow('this work failed');
    await second;
    expect(done).toEqual([1, 2]);
  });

  it('let the work of another key go ahead', async () => {
    const queues = new Queues();
    const forEver = new Promise<never>(() => undefined);
    void queues.run('a', () => forEver);
    expect(await queues.run('b', () => Promise.resolve('done'))).toBe('done');
  });

  it('keep nothing of a key whose work has ended: there is one for every stream', async () => {
    const queues = new Queues();
    await Promise.allSettled([
      queues.run('a', () => Promise.resolve()),
      queues.run('a', () => Promise.resolve()),
      queues.run('b', () => Promise.reject(new Error('this work failed'))),
    ]);
    expect(queues['last'].size).toBe(0);
  });
});
