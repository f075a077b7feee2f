import { describe, expect, it } from '@jest/globals';
import { LocalDays } from '../prison/local-days.js';
import { InvalidQuery } from '../answers/errors.js';
import { daysIn, periodOf } from './period.js';

const days = new LocalDays();
const today = days.named('2026-11-20');
const asked = (from?: string, to?: string) => periodOf({ from, to }, { days, today, firstDay: (last) => last - 6 });

describe('the period of figures', () => {
  it('is the usual one, up to today, where nothing is asked for', () => {
    expect(asked()).toEqual({ from: today - 6, to: today });
    expect(daysIn(asked())).toBe(7);
  });

  it('begins at most 3660 days before its last day', () => {
    expect(asked('2016-11-12')).toEqual({ from: today - 3660, to: today });
    expect(() => asked('2016-11-11')).toThrow(InvalidQuery);
  });

  it('neither ends after today nor begins after its end', () => {
    expect(() => asked(undefined, '2026-11-21')).toThrow(InvalidQuery);
    expect(() => asked('2026-11-20', '2026-11-19')).toThrow(InvalidQuery);
    expect(asked('2026-11-19', '2026-11-19')).toEqual({ from: today - 1, to: today - 1 });
  });
});
