import { describe, expect, it } from '@jest/globals';
import { InTurns, nextTurn } from './next-turn.js';

/** How much is done in each turn of the process, until all work is done. */
const doneByTurn = async (works: readonly ((did: () => void) => Promise<void>)[]): Promise<number[]> => {
  const turns = [0];
  const all = Promise.all(works.map((work) => work(() => turns.push((turns.pop() ?? 0) + 1))));
  const over = all.then(() => 'over');
  while ((await Promise.race([over, new Promise((resolve) => setImmediate(resolve, 'not yet'))])) !== 'over')
    turns.push(0);
  return turns.filter((done) => done > 0);
};

const pieces = (count: number) => async (did: () => void) => {
  for (let n = 0; n < count; n++) {
    await nextTurn();
    did();
  }
};

describe('the next turn', () => {
  it('is given to one of those who wait, however many there are', async () => {
    expect(await doneByTurn([pieces(3), pieces(2), pieces(1)])).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('comes after so much work, and not before', async () => {
    const work = async (did: () => void) => {
      const turns = new InTurns(10);
      await nextTurn();
      for (let n = 0; n < 25; n++) {
        did();
        await turns.did();
      }
    };
    expect(await doneByTurn([work])).toEqual([10, 10, 5]);
  });

  it('comes to those who came first', async () => {
    const order: string[] = [];
    const late = (name: string) => nextTurn().then(() => order.push(name));
    await Promise.all([late('first'), late('second'), late('third')]);
    expect(order).toEqual(['first', 'second', 'third']);
  });
});
