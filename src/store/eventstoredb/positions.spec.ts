import { describe, expect, it } from '@jest/globals';
import { UnknownPosition } from '../errors.js';
import { START } from '../event-store.js';
import { compare, placeOf, positionOf } from './positions.js';

describe('a position on an event server', () => {
  it('is exact beyond what a number can hold', () => {
    const place = { commit: 9_007_199_254_740_993n, prepare: 9_007_199_254_740_992n };
    expect(placeOf(positionOf(place))).toEqual(place);
  });

  it('is ordered by commit, then by prepare, as numbers and not as text', () => {
    const ordered = [START, '9/9', '10/2', '10/10', '9007199254740993/1', '9007199254740993/2'];
    expect([...ordered].reverse().sort(compare)).toEqual(ordered);
  });

  it.each(['', '7', '1/', '/1', '-1/1', '1/1/1', '1.5/1', 'a/b'])('is not %j', (text) => {
    expect(() => placeOf(text)).toThrow(UnknownPosition);
  });
});
