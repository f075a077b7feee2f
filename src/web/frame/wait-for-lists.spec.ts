import { describe, expect, it } from '@jest/globals';
import { NotCaughtUp, StoreUnavailable } from '../../store/errors.js';
import { waitForLists } from './wait-for-lists.js';

describe('what was written and is not to be seen yet', () => {
  it.each([new NotCaughtUp('7'), new StoreUnavailable('The log cannot be read.')])(
    'is no failure: %p',
    async (error) => {
      await expect(waitForLists({ reached: () => Promise.reject(error) }, ['7'])).resolves.toBeUndefined();
    },
  );

  it('is waited for, all of it', async () => {
    const asked: string[] = [];
    const projection = { reached: (position: string) => Promise.resolve(void asked.push(position)) };
    await waitForLists(projection, ['7', '9']);
    expect(asked).toEqual(['7', '9']);
  });

  it('hides no other error', async () => {
    const projection = { reached: () => Promise.reject(new TypeError('broken')) };
    await expect(waitForLists(projection, ['7'])).rejects.toThrow(TypeError);
  });
});
