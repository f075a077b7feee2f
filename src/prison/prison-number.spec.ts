import { describe, expect, it } from '@jest/globals';
import { inCapitals, isPrisonNumber, prisonNumbersIn } from './prison-number.js';

describe('a prison number', () => {
  it('is a letter, four digits and two letters', () => {
    expect(isPrisonNumber('A1234BC')).toBe(true);
    expect(['a1234bc', 'A1234B', 'A12345C', 'AA234BC', ' A1234BC', 'A1234BC\n', 1234].some(isPrisonNumber)).toBe(false);
  });

  it('is taken as people type it', () => {
    expect(inCapitals(' a1234 bc\t')).toBe('A1234BC');
  });

  it('is found in a text, each once', () => {
    expect(prisonNumbersIn('A1234BC argued with z9876yx, and a1234bc left; not XA1234BCD.')).toEqual([
      'A1234BC',
      'Z9876YX',
    ]);
  });
});
