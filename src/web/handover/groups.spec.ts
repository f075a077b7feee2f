import { describe, expect, it } from '@jest/globals';
import { LOCAL } from '../../access/caller.js';
import type { AlertHistoryEntry } from '../../safety-alerts/alert-histories.js';
import type { AlertState, AlertSummary } from '../../safety-alerts/alert-summary.js';
import type { ChangedAlert } from '../../safety-alerts/read-changes.js';
import type { Transition } from '../../safety-alerts/safety-alert-events.js';
import type { Severity } from '../../safety-alerts/severity.js';
import { grouped } from './groups.js';

const SINCE = '2026-11-20T06:30:00.000Z';
const AT = '2026-11-20T10:00:00.000Z';
const facts = { people: { person: () => undefined }, caller: LOCAL, rules: [], now: Date.parse(AT) };

const alert = (id: string, severity: Severity, state: AlertState = 'OPEN'): AlertSummary => ({
  ...{ id, severity, state, rule: 'KW-01', ruleVersion: 1, prisonNumber: 'A1234BC', prisonId: 'XYI', reason: 'Why.' },
  ...{ raisedAt: AT, listedAt: AT, changedAt: AT, repeats: 0, position: '1', revision: 1 },
});
const change = (transition: Transition, by = 'custody-watch', more = {}): AlertHistoryEntry => ({
  ...{ transition, by, at: AT, recordedAt: AT, position: '1', ...more },
});
const changed = (of: AlertSummary, ...changes: AlertHistoryEntry[]): ChangedAlert => ({ alert: of, changes });

const groupsOf = (content: ChangedAlert[], critical: AlertSummary[] = []) =>
  grouped({ since: SINCE, totalElements: content.length, content }, critical, facts);
const idsIn = (content: ChangedAlert[], critical: AlertSummary[] = []) =>
  Object.fromEntries(groupsOf(content, critical).groups.map(({ name, rows }) => [name, rows.map(({ id }) => id)]));

describe('what the next shift is told', () => {
  it('stands where it is looked for, the most urgent first', () => {
    const ids = idsIn(
      [
        changed(alert('c', 'CRITICAL'), change('acknowledged', 'MAX_GEN')),
        changed(alert('w', 'HIGH'), change('escalated')),
        changed(alert('again', 'HIGH'), change('repeated')),
        changed(alert('n', 'HIGH'), change('raised'), change('escalated')),
        changed(alert('k', 'MEDIUM'), change('noted', 'MAX_GEN')),
        changed(alert('x', 'HIGH', 'RESOLVED'), change('raised'), change('resolved')),
      ],
      [alert('c', 'CRITICAL'), alert('still', 'CRITICAL')],
    );
    expect(Object.entries(ids)).toEqual([
      ['critical', ['c', 'still']],
      ['worse', ['w', 'again']],
      ['new', ['n']],
      ['worked', ['k']],
      ['closed', ['x']],
    ]);
  });

  it('counts what is low and untouched, and lists what somebody did', () => {
    const { groups, low } = groupsOf([
      changed(alert('1', 'LOW'), change('raised')),
      changed(alert('2', 'LOW', 'RESOLVED'), change('resolved')),
      changed(alert('3', 'LOW'), change('raised'), change('assigned', 'MAX_GEN', { to: 'ALI_GEN' })),
    ]);
    expect(low).toEqual({ raised: 1, closed: 1 });
    expect(groups.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(['3']);
  });

  it('says who did what, and what they wrote', () => {
    const { groups } = groupsOf([changed(alert('1', 'HIGH'), change('noted', 'MAX_GEN', { note: 'Seen at work.' }))]);
    const lines = groups.flatMap(({ rows }) => rows.flatMap(({ changes }) => changes));
    expect(lines).toMatchObject([{ what: 'Note added', by: 'MAX_GEN', details: [{ text: 'Seen at work.' }] }]);
  });

  it('shows the worst of many, and where all of them are', () => {
    const many = Array.from({ length: 30 }, (_, n) => changed(alert(String(n), 'HIGH'), change('raised')));
    const fresh = groupsOf(many).groups.find(({ name }) => name === 'new');
    expect(fresh).toMatchObject({
      count: 30,
      more: { href: `/alerts?view=open&listedFrom=${encodeURIComponent(SINCE)}` },
    });
    expect(fresh?.rows).toHaveLength(25);
  });
});
