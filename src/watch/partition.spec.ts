import { describe, expect, it } from '@jest/globals';
import { EVERYBODY, includes } from './partition.js';

const prisonNumbers = Array.from(
  { length: 26_000 },
  (_, n) => `${String.fromCharCode(65 + (n % 26))}${String(n % 10_000).padStart(4, '0')}AB`,
);

describe('the shares of the people', () => {
  it.each([2, 3, 8, 16])('of %d hold everybody, each once, and are about as big as one another', (of) => {
    const shares = Array.from({ length: of }, (_, index) => ({ share: index + 1, of }));
    const sizes = shares.map((share) => prisonNumbers.filter((number) => includes(share, number)).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(prisonNumbers.length);
    const mean = prisonNumbers.length / of;
    expect(Math.max(...sizes) / mean).toBeLessThan(1.1);
    expect(Math.min(...sizes) / mean).toBeGreaterThan(0.9);
  });

  it('are the same for ever: another program finds a person in the same one', () => {
    const found = ['A1234BC', 'A0001AA', 'Z9999ZZ'].map((number) =>
      [1, 2, 3, 4, 5].find((share) => includes({ share, of: 5 }, number)),
    );
    expect(found).toEqual([1, 1, 3]);
  });

  it('of one hold everybody', () => {
    expect(prisonNumbers.every((number) => includes(EVERYBODY, number))).toBe(true);
  });
});
