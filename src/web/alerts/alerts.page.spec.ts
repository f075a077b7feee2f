import { describe, expect, it } from '@jest/globals';
import { alertsPage } from './alerts.page.js';
import { readAddress } from './list-address.js';

const listOf = (totalElements: number) =>
  alertsPage({
    address: readAddress({}, []),
    found: {
      content: [],
      number: 0,
      size: 25,
      numberOfElements: 0,
      totalElements,
      totalPages: totalElements / 25,
      sort: '',
    },
    counts: { triage: 0, mine: 0, open: totalElements, 'still-true': 0, closed: 0 },
    rules: [],
    people: { person: () => undefined, staffName: () => undefined, prisonName: (prisonId: string) => prisonId },
    caller: { roles: new Set(), prisons: new Set() } as never,
    now: Date.parse('2026-11-22T09:00:00Z'),
    toldTwice: undefined,
    reassurance: '',
    stream: '',
  });

describe('the download of a list', () => {
  it('is of the whole list', () => {
    expect(listOf(50_000).csv).toEqual({ href: '/alerts.csv?view=triage', text: 'Download this list (CSV)' });
  });

  it('says so where the list is longer than a file may be', () => {
    expect(listOf(50_001).csv.text).toBe('Download the first 50,000 safety alerts of this list (CSV)');
  });
});
