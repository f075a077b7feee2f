import { describe, expect, it } from '@jest/globals';
import type { AlertDetail } from '../../safety-alerts/list/read-alert.js';
import { confirmationOf } from './confirmation.js';

const now = Date.parse('2026-11-22T09:00:00Z');
const caller = { name: 'ASMITH_GEN' };

/** An open alert that nobody has touched. */
const said = (action: string, alert: object = {}): string =>
  confirmationOf(action, { caller, now, alert: { state: 'OPEN', history: [], ...alert } as unknown as AlertDetail });
const done = (transition: string, by = 'ASMITH_GEN') => ({ history: [{ transition, by }] });

describe('what the address of an alert says was done', () => {
  it.each([
    ['resolve', { state: 'RESOLVED' }, 'The safety alert has been resolved.'],
    [
      'acknowledge',
      { state: 'ACKNOWLEDGED', acknowledgedBy: 'ASMITH_GEN' },
      'You have acknowledged this safety alert.',
    ],
    ['assign', { ...done('assigned'), assignedTo: 'BJONES_GEN' }, 'The safety alert has been assigned to BJONES_GEN.'],
    ['assign', done('assigned'), 'The safety alert is assigned to nobody.'],
    ['note', done('noted'), 'Your note has been added.'],
    ['snooze', { snoozedUntil: '2026-11-23T07:00:00Z' }, 'The safety alert has been snoozed.'],
    ['reopen', done('reopened'), 'The safety alert has been reopened.'],
  ])('%s is said of an alert that stands so: %j', (action, alert, text) => {
    expect(said(action, alert)).toBe(text);
  });

  it.each<[string, object]>([
    ...['acknowledge', 'assign', 'note', 'snooze', 'resolve', 'reopen'].map((action): [string, object] => [action, {}]),
    ...['', 'toString', 'everything'].map((action): [string, object] => [action, { state: 'RESOLVED' }]),
    ['resolve', { state: 'EXPIRED' }],
    ['acknowledge', { state: 'ACKNOWLEDGED', acknowledgedBy: 'BJONES_GEN' }],
    ['note', done('noted', 'BJONES_GEN')],
    ['snooze', { snoozedUntil: '2026-11-22T07:00:00Z' }],
    ['snooze', { snoozedUntil: '2026-11-22T07:00:00Z', snoozedUntilWorse: true }],
    ['reopen', done('reopened', 'BJONES_GEN')],
    ['reopen', { state: 'RESOLVED', ...done('reopened') }],
  ])('%j is not said of one that does not: %j', (action, alert) => {
    expect(said(action, alert)).toBe('');
  });
});
