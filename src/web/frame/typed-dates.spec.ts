import { describe, expect, it } from '@jest/globals';
import { asTyped, instantOf, typedDay, typedTime } from './typed-dates.js';

describe('what people type', () => {
  it.each([
    ['20/11/2026', '2026-11-20'],
    ['5/3/2026', '2026-03-05'],
    ['20 11 2026', '2026-11-20'],
    [' 20 November  2026 ', '2026-11-20'],
    ['2026-11-20', '2026-11-20'],
    ['29/2/2026', undefined],
    ['11/20/2026', undefined],
    ['20/11/26', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('%j is the day %s', (text, day) => {
    expect(typedDay(text)).toBe(day);
  });

  it.each([
    ['9:05', '09:05'],
    ['0905', '09:05'],
    ['23.59', '23:59'],
    ['24:00', undefined],
    ['9am', undefined],
  ])('%j is the time %s', (text, time) => {
    expect(typedTime(text)).toBe(time);
  });

  it('is local time in London, the clocks put forward included', () => {
    expect(instantOf('2026-07-01', '09:00')).toBe('2026-07-01T08:00:00.000Z');
    expect(instantOf('2026-11-20', '09:00')).toBe('2026-11-20T09:00:00.000Z');
    expect(asTyped('2026-03-05')).toBe('5/3/2026');
  });
});
