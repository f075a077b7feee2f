import { describe, expect, it } from '@jest/globals';
import { LocalDays } from './local-days.js';

describe('an instant, in words', () => {
  const days = new LocalDays();

  it.each([
    ['2026-10-25T00:30:00Z', '25 October 2026 at 01:30 BST'],
    ['2026-10-25T01:30:00Z', '25 October 2026 at 01:30 GMT'],
    ['2026-10-25T02:00:00Z', '25 October 2026 at 02:00'],
    ['2026-10-24T23:59:00Z', '25 October 2026 at 00:59'],
    ['2026-03-29T01:30:00Z', '29 March 2026 at 02:30'],
    ['2026-01-07T10:05:00Z', '7 January 2026 at 10:05'],
  ])('%s is %s: where a time happens twice it says which it is', (instant, words) => {
    expect(days.sayInstant(Date.parse(instant))).toBe(words);
  });
});
