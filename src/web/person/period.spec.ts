import { describe, expect, it } from '@jest/globals';
import { shownPeriod, typedPeriod } from './period.js';

const TODAY = '2026-11-22';

describe('a period that is asked for', () => {
  it('is taken as people write days', () => {
    expect(typedPeriod({ from: '1/10/2026', to: '20 November 2026' }, TODAY)).toMatchObject({
      days: { from: '2026-10-01', to: '2026-11-20' },
      errors: [],
    });
  });

  it('may be left open', () => {
    expect(typedPeriod({}, TODAY)).toMatchObject({ days: {}, errors: [] });
  });

  it.each([
    [{ from: '31/2/2026' }, '#from', 'Date from must be a real date, such as 20/11/2026'],
    [{ to: '23/11/2026' }, '#to', 'Date to must be today or in the past'],
    [{ from: '20/11/2026', to: '1/11/2026' }, '#from', 'Date from must be the same as or before date to'],
    [{ from: '1/1/2001' }, '#from', 'Date from must be no more than 10 years before date to'],
  ])('%j is told of, and left out', (query, href, text) => {
    const period = typedPeriod(query, TODAY);
    expect(period).toMatchObject({ days: {}, errors: [{ href, text }] });
    const shown = shownPeriod(period, { from: '2026-05-24', to: TODAY });
    expect(shown.find(({ error }) => error !== undefined)).toMatchObject({ name: href.slice(1), error: text });
    expect(shown.map(({ value }) => value)).toEqual([period.typed.from, period.typed.to]);
  });
});
