import { describe, expect, it } from '@jest/globals';
import { Chance } from './chance.js';

const numbers = (chance: Chance): number[] => Array.from({ length: 1_000 }, () => chance.next());

describe('repeatable chance', () => {
  it('gives the same numbers for the same seed and name', () => {
    expect(numbers(new Chance(1).of('a life'))).toEqual(numbers(new Chance(1).of('a life')));
  });

  it('gives each name numbers of its own, whatever was drawn before', () => {
    const chance = new Chance(1);
    const fresh = numbers(chance.of('a life'));
    numbers(chance);
    expect(numbers(chance.of('a life'))).toEqual(fresh);
    expect(numbers(chance.of('another'))).not.toEqual(fresh);
  });

  it('spreads them evenly from 0 up to, but not including, 1', () => {
    const drawn = numbers(new Chance(7));
    expect(drawn.filter((number) => number < 0 || number >= 1)).toEqual([]);
    expect(drawn.reduce((sum, number) => sum + number, 0) / drawn.length).toBeCloseTo(0.5, 1);
  });

  it('includes both ends', () => {
    const chance = new Chance(3);
    expect(new Set(Array.from({ length: 200 }, () => chance.between(1, 3)))).toEqual(new Set([1, 2, 3]));
  });

  it('says so where there is nothing to pick from', () => {
    expect(() => new Chance(1).pick([])).toThrow(RangeError);
    expect(() => new Chance(1).weighted([])).toThrow(RangeError);
  });
});
