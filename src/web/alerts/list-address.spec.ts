import { describe, expect, it } from '@jest/globals';
import { addressOf, filterOf, isNarrowed, readAddress } from './list-address.js';

const ME = 'RLARK_GEN';
const read = (query: Parameters<typeof readAddress>[0]) => readAddress(query, ['KW-01', 'KW-02']);

describe('the address of the list of alerts', () => {
  it('asks for what is to triage, worst first, where it says nothing', () => {
    const address = read({});
    expect(address).toMatchObject({ view: 'triage', sort: 'severity,desc', page: 1, unknown: [] });
    expect(filterOf(address, ME)).toEqual({ state: ['OPEN'], snoozed: false });
    expect(isNarrowed(address)).toBe(false);
  });

  it('asks for what is closed with the latest change first', () => {
    expect(read({ view: 'closed' })).toMatchObject({ view: 'closed', sort: 'changedAt,desc' });
    expect(addressOf(read({ view: 'closed' }))).toBe('/alerts?view=closed');
  });

  it.each([
    '/alerts?view=open',
    '/alerts?view=closed&sort=raisedAt%2Cdesc',
    '/alerts?view=mine&severity=CRITICAL&severity=HIGH&rule=KW-01&escalated=true&overdue=true&page=3',
    '/alerts?view=open&listedFrom=2026-11-22T08%3A00%3A00.000Z',
  ])('%s says everything that it asks for, and comes back the same', (href) => {
    const { searchParams } = new URL(href, 'http://here');
    const query: Record<string, unknown> = {};
    for (const name of new Set(searchParams.keys())) {
      const values = searchParams.getAll(name);
      query[name] = values.length > 1 ? values : values[0];
    }
    const address = read(query);
    expect(address.unknown).toEqual([]);
    expect(addressOf(address, { page: address.page })).toBe(href);
  });

  it.each([
    [{ view: 'all' }, 'view'],
    [{ severity: 'AWFUL' }, 'severity'],
    [{ severity: { $ne: '' } }, 'severity'],
    [{ sort: 'name' }, 'sort'],
    [{ page: '0' }, 'page'],
    [{ page: ['1', '2'] }, 'page'],
    [{ overdue: 'perhaps' }, 'overdue'],
    [{ listedFrom: 'yesterday' }, 'listedFrom'],
    [{ rule: "KW-01' OR 1=1" }, 'rule'],
    [{ rule: 'KW-99' }, 'rule'],
  ])('%j names what is not known, and leads to a list all the same', (query, name) => {
    const address = read(query);
    expect(address.unknown).toEqual([name]);
    expect(filterOf(address, ME)).toMatchObject({ state: ['OPEN'] });
  });

  it('asks for my own by my user name, and for filters on top of the view', () => {
    const address = read({ view: 'mine', severity: 'HIGH,LOW', unassigned: 'true' });
    expect(filterOf(address, ME)).toEqual({
      state: ['OPEN', 'ACKNOWLEDGED'],
      assignedTo: ME,
      severity: ['HIGH', 'LOW'],
      unassigned: true,
    });
  });

  it('begins at the first page when anything but the page changes', () => {
    expect(addressOf(read({ page: '7' }), { rule: 'KW-01' })).toBe('/alerts?view=triage&rule=KW-01');
  });
});
