import { describe, expect, it } from '@jest/globals';
import { LOCAL } from '../../access/caller.js';
import type { AlertHistoryEntry } from '../../safety-alerts/list/alert-histories.js';
import type { AlertState, AlertSummary } from '../../safety-alerts/list/alert-summary.js';
import type { ChangedAlert } from '../../safety-alerts/list/read-changes.js';
import type { AlertTransition } from '../../safety-alerts/alert/safety-alert-events.js';
import type { Severity } from '../../prison/severity.js';
import { type HandoverGroup, grouped } from './groups.js';

const SINCE = '2026-11-20T06:30:00.000Z';
const AT = '2026-11-20T10:00:00.000Z';
const facts = {
  people: { person: () => undefined, staffName: () => undefined, prisonName: (prisonId: string) => prisonId },
  caller: LOCAL,
  rules: [],
  now: Date.parse(AT),
};

const alert = (id: string, severity: Severity, state: AlertState = 'OPEN'): AlertSummary => ({
  id,
  severity,
  state,
  rule: 'KW-01',
  ruleVersion: 1,
  prisonNumber: 'A1234BC',
  prisonId: 'XYI',
  reason: 'Why.',
  raisedAt: AT,
  listedAt: AT,
  changedAt: AT,
  repeats: 0,
  position: '1',
  revision: 1,
});
const change = (transition: AlertTransition, by = 'custody-watch', more = {}): AlertHistoryEntry => ({
  transition,
  by,
  at: AT,
  recordedAt: AT,
  position: '1',
  ...more,
});
const changed = (of: AlertSummary, ...changes: AlertHistoryEntry[]): ChangedAlert => ({ alert: of, changes });

/** As the list has them: the first of how many there are. */
const listed = (content: AlertSummary[], totalElements = content.length) => ({ content, totalElements });

const groupsOf = (content: ChangedAlert[], { critical = listed([]), all = content.length, most = 25 } = {}) =>
  grouped({ since: SINCE, totalElements: all, content }, critical, { ...facts, most });
const idsIn = (groups: readonly HandoverGroup[]) =>
  Object.fromEntries(groups.map(({ name, rows }) => [name, rows.map(({ id }) => id)]));
const named = (name: string, groups: readonly HandoverGroup[]) => groups.find((group) => group.name === name);

describe('what the next shift is told', () => {
  it('stands where it is looked for, the most urgent first', () => {
    const groups = groupsOf(
      [
        changed(alert('c', 'CRITICAL'), change('acknowledged', 'MAX_GEN')),
        changed(alert('w', 'HIGH'), change('escalated')),
        changed(alert('again', 'HIGH'), change('repeated')),
        changed(alert('n', 'HIGH'), change('raised'), change('escalated')),
        changed(alert('came', 'HIGH'), change('moved')),
        changed(alert('k', 'MEDIUM'), change('noted', 'MAX_GEN')),
        changed(alert('late', 'HIGH', 'RESOLVED'), change('noted', 'MAX_GEN')),
        changed(alert('x', 'HIGH', 'RESOLVED'), change('raised'), change('resolved')),
      ],
      { critical: listed([alert('c', 'CRITICAL'), alert('still', 'CRITICAL')]) },
    );
    expect(Object.entries(idsIn(groups))).toEqual([
      ['critical', ['c', 'still']],
      ['worse', ['w', 'again']],
      ['new', ['n', 'came']],
      ['worked', ['k', 'late']],
      ['closed', ['x']],
    ]);
  });

  it('is counted under all that is true of it, and listed once', () => {
    const groups = groupsOf([
      changed(alert('1', 'CRITICAL'), change('escalated'), change('acknowledged', 'MAX_GEN')),
      changed(alert('2', 'HIGH'), change('raised'), change('escalated'), change('snoozed', 'MAX_GEN')),
      changed(alert('3', 'HIGH', 'RESOLVED'), change('raised'), change('resolved', 'MAX_GEN')),
    ]);
    expect(idsIn(groups)).toEqual({ critical: ['1'], worse: [], new: ['2'], worked: [], closed: ['3'] });
    expect(groups.map(({ name, count, empty, besides }) => [name, count, empty, besides])).toEqual([
      ['critical', 1, '', []],
      ['worse', 2, '', ['Listed under other headings: 1 under Critical, 1 under New.']],
      ['new', 2, '', ['Listed under other headings: 1 under Closed.']],
      ['worked', 3, '', ['Listed under other headings: 1 under Critical, 1 under New, 1 under Closed.']],
      ['closed', 1, '', []],
    ]);
  });

  it('is nothing only where there is nothing', () => {
    for (const { count, empty } of groupsOf([])) expect([count, empty]).toEqual([0, expect.stringMatching(/^No/)]);
  });

  it('is not said to be nothing where not all was looked at', () => {
    const groups = groupsOf([changed(alert('1', 'HIGH'), change('raised'))], { all: 2 });
    expect(groups.map(({ empty }) => empty)).toEqual([
      'No critical safety alert is open.',
      'None of those counted here.',
      '',
      'None of those counted here.',
      'None of those counted here.',
    ]);
  });

  it('counts what is low and untouched, and lists what somebody did', () => {
    const groups = groupsOf([
      changed(alert('1', 'LOW'), change('raised')),
      changed(alert('2', 'LOW', 'RESOLVED'), change('resolved')),
      changed(alert('3', 'LOW'), change('raised'), change('assigned', 'MAX_GEN', { to: 'ALI_GEN' })),
      changed(alert('4', 'LOW'), change('repeated')),
    ]);
    const low = 'Not listed: 1 of low severity that nobody has worked on.';
    expect(named('new', groups)).toMatchObject({ count: 2, rows: [{ id: '3' }], besides: [low] });
    expect(named('worse', groups)).toMatchObject({ count: 1, rows: [], besides: [low], empty: '' });
    expect(named('closed', groups)).toMatchObject({ count: 1, rows: [], besides: [low], empty: '' });
    expect(groups.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(['3']);
  });

  it('says who did what, and what they wrote', () => {
    const groups = groupsOf([changed(alert('1', 'HIGH'), change('noted', 'MAX_GEN', { note: 'Seen at work.' }))]);
    const lines = groups.flatMap(({ rows }) => rows.flatMap(({ changes }) => changes));
    expect(lines).toMatchObject([{ what: 'Note added', by: 'MAX_GEN', details: [{ text: 'Seen at work.' }] }]);
  });

  it('shows the first of many, and all of them where it is asked to', () => {
    const many = Array.from({ length: 30 }, (_, n) => changed(alert(String(n), 'HIGH'), change('raised')));
    const [first, all] = [25, Infinity].map((most) => named('new', groupsOf(many, { most })));
    expect(first).toMatchObject({ count: 30, left: 5, besides: ['Only the first 25 of 30 are shown.'] });
    expect(first?.rows).toHaveLength(25);
    expect(all).toMatchObject({ count: 30, left: 0, besides: [] });
    expect(all?.rows).toHaveLength(30);
  });

  it('says how many critical ones there are beyond those that were read', () => {
    const critical = listed([alert('1', 'CRITICAL'), alert('2', 'CRITICAL')], 620);
    expect(named('critical', groupsOf([], { critical, most: Infinity }))).toMatchObject({
      count: 620,
      besides: ['Only the first 2 of 620 are shown.'],
    });
  });
});
