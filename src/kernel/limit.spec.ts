import { describe, expect, it } from '@jest/globals';
import { at, DAYS, local } from '../../test/kernel-kit.js';
import { dueAt, readLimit, sayLimit, type Limit } from './limit.js';

const due = (start: string, text: string): string => local(dueAt(at(start), readLimit(text) as Limit, DAYS));

describe('a limit', () => {
  it.each([
    ['in winter', '2026-01-07 10:05', '2026-01-15 00:00 +00:00'],
    ['from one minute before midnight', '2026-01-07 23:59', '2026-01-15 00:00 +00:00'],
    ['from midnight', '2026-01-08 00:00', '2026-01-16 00:00 +00:00'],
    ['across 29 March, when the clocks go forward', '2026-03-25 10:00', '2026-04-02 00:00 +01:00'],
    ['across 25 October, when the clocks go back', '2026-10-20 10:00', '2026-10-28 00:00 +00:00'],
  ])('in days ends with the local day, %s', (_, start, expected) => {
    expect(due(start, 'P7D')).toBe(expected);
  });

  it.each([
    ['when the clocks go forward', '2026-03-28 12:00', '2026-03-29 13:00 +01:00'],
    ['when the clocks go back', '2026-10-24 12:00', '2026-10-25 11:00 +00:00'],
  ])('in hours is elapsed time, %s', (_, start, expected) => {
    expect(due(start, 'PT24H')).toBe(expected);
  });

  it.each([
    ['in winter', '2026-01-07 18:40', 'P1D by 10:00', '2026-01-08 10:00 +00:00'],
    ['on the day on which the clocks go forward', '2026-03-28 18:40', 'P1D by 10:00', '2026-03-29 10:00 +01:00'],
    ['on the day on which they go back', '2026-10-24 18:40', 'P1D by 10:00', '2026-10-25 10:00 +00:00'],
    ['that happens twice, the first time', '2026-10-24 18:40', 'P1D by 01:30', '2026-10-25 01:30 +01:00'],
    ['on the same day, also where it has passed', '2026-01-07 18:40', 'P0D by 10:00', '2026-01-07 10:00 +00:00'],
  ])('in days may end at a time of the last one, %s', (_, start, text, expected) => {
    expect(due(start, text)).toBe(expected);
  });

  it.each([
    ['P1D by 10:00', '10:00 on the next day'],
    ['P0D by 17:30', '17:30 on the same day'],
    ['P3D by 08:00', '08:00 3 days later'],
    ['P7D', '7 days'],
    ['P1D', '1 day'],
    ['PT72H', '72 hours'],
    ['PT30M', '30 minutes'],
    ['PT1H30M', '90 minutes'],
  ])('%s is said as %s', (text, said) => {
    expect(sayLimit(readLimit(text) as Limit)).toBe(said);
  });

  it.each(['7 days', 'P1W', 'P1D by 24:00', 'P1D by 9', 'PT24H by 10:00', 'PT', 'P-1D', 'PT1.5H', ''])(
    '"%s" is none',
    (text) => {
      expect(readLimit(text)).toBeUndefined();
    },
  );
});
