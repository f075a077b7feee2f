import { describe, expect, it } from '@jest/globals';
import { filterOf, readAddress } from '../alerts/list-address.js';
import { counters, homePage } from './home.page.js';

const ME = 'RLARK_GEN';
const LAST = { at: '2026-11-22T07:30:00.000Z', isFirst: false };

describe('the home page', () => {
  it.each(counters(LAST, ME).map((counter) => [counter.label, counter] as const))(
    '%s leads to exactly the list that it counts',
    (_label, { href, filter }) => {
      const query = Object.fromEntries(new URL(href, 'http://here').searchParams);
      expect(filterOf(readAddress(query, []), ME)).toEqual(filter);
    },
  );

  it('says of what is new to somebody who never looked that it is of the last day', () => {
    expect(counters({ ...LAST, isFirst: true }, ME).map(({ hint }) => hint)).toContain(
      'Open, and new in the last day, since 22 November 2026, 07:30',
    );
  });

  it('shows zeros, and says when there is nothing to triage', () => {
    const page = homePage(counters(LAST, ME), [0, 0, 1200, 0, 0], { toldTwice: undefined, freshness: [], places: [] });
    expect(page.counters.map(({ count }) => count)).toEqual(['0', '0', '1,200', '0']);
    expect(page.triage).toEqual({ text: 'Nothing to triage', href: '/alerts?view=triage' });
  });

  it('has no alerts for whoever may not see them', () => {
    expect(homePage([], [], { toldTwice: undefined, freshness: [], places: [] })).toMatchObject({
      mayWork: false,
      counters: [],
      triage: undefined,
    });
  });
});
