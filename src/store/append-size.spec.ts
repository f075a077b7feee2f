import { describe, expect, it } from '@jest/globals';
import { inPieces, LARGEST_APPEND } from './append-size.js';

const sizesOf = (bytes: readonly number[]) => inPieces(bytes, (size) => size).map((piece) => piece.length);

describe('things cut into pieces for one append each', () => {
  it('are at most 500 a piece, so that nobody else waits long', () => {
    expect(sizesOf(Array.from({ length: 1_001 }, () => 1))).toEqual([500, 500, 1]);
  });

  it('fill 512 KiB and no more', () => {
    const half = LARGEST_APPEND / 2;
    expect(sizesOf([half, half, half, half, 1])).toEqual([2, 2, 1]);
    expect(sizesOf([half, half + 1])).toEqual([1, 1]);
  });

  it('keep their order, and one that is too big is a piece of its own', () => {
    expect(inPieces([1, LARGEST_APPEND + 1, 2, 3], (size) => size)).toEqual([[1], [LARGEST_APPEND + 1], [2, 3]]);
    expect(inPieces([], () => 1)).toEqual([]);
  });
});
