import { describe, expect, it } from '@jest/globals';
import { english } from '../words/english.js';
import { addressOf, oversightQuery } from './oversight-query.js';
import { calculated, comparison } from './figure.js';

const words = english.oversight;
const percent = { value: words.percent, change: words.points };

describe('oversight', () => {
  it('shows twelve weeks of the first prison unless it is asked otherwise, and no prison of others', () => {
    expect(oversightQuery({}, ['XYI', 'XYO'])).toMatchObject({ weeks: 12, prison: 'XYI', sort: { field: 'prisonId' } });
    const asked = oversightQuery({ prison: 'XYO', weeks: '52', sort: 'overdue,desc' }, ['XYI', 'XYO']);
    expect(asked).toEqual({ prison: 'XYO', weeks: 52, sort: { field: 'overdue', direction: 'desc' } });
    expect(addressOf(asked)).toBe('/oversight?prison=XYO&weeks=52&sort=overdue%2Cdesc');
    expect(oversightQuery({ prison: 'XYM', weeks: '13', sort: 'toString' }, ['XYI'])).toMatchObject({
      weeks: 12,
      prison: 'XYI',
    });
  });

  it.each([
    [68, 63.6, 'Up by 4.4 percentage points on the 12 weeks before: 63.6%.'],
    [63.6, 68, 'Down by 4.4 percentage points on the 12 weeks before: 68.0%.'],
    [50, 50, 'The same as in the 12 weeks before: 50.0%.'],
    [50, null, 'There is no figure for the 12 weeks before.'],
    [null, 50, 'In the 12 weeks before: 50.0%.'],
    [null, null, ''],
  ])('compares %s with %s', (now, before, said) => {
    expect(comparison(12, now, before, percent)).toBe(said);
  });

  it('says a definition in the words of the page, with its version', () => {
    expect(calculated('delivered')).toEqual([
      {
        name: 'delivered',
        says: 'sessions held / sessions due in per cent, to one decimal; 0 if none was held, and no figure only if none was due.',
        version: 'Figure delivered, version 2.',
      },
    ]);
  });

  it.each([
    [30, 'less than a minute'],
    [3 * 3600 + 25 * 60, '3 hours 25 minutes'],
    [2 * 86_400 + 3600, '2 days 1 hour'],
    [86_400 + 59, '1 day'],
  ])('says %d seconds as %s', (seconds, said) => {
    expect(words.duration(seconds)).toBe(said);
  });
});
