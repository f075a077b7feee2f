import { describe, expect, it } from '@jest/globals';
import { anAlert } from '../../../test/safety-alerts/an-alert.js';
import type { AlertDetail } from '../../safety-alerts/list/read-alert.js';
import type { Caller } from '../../access/caller.js';
import { alertPage } from './alert.page.js';

const selfHarm = (id: string, occurredAt: string) => ({ id, type: 'SelfHarmReported', data: {}, occurredAt });
const EVENTS = [
  selfHarm('first', '2026-11-18T07:30:00Z'),
  selfHarm('second', '2026-11-19T12:10:00Z'),
  { ...selfHarm('third', '2026-11-20T12:10:00Z'), type: 'AcctOpened' },
];
const repeated = (at: string, ...evidence: string[]) => ({
  transition: 'repeated',
  at,
  recordedAt: at,
  by: 'custody-watch',
  evidence,
});

/** What the page says beside "Repeats". */
const said = (history: readonly object[], evidence: readonly object[] = EVENTS): string | undefined =>
  alertPage({
    alert: { ...anAlert({ repeats: history.length }), why: {}, evidence, history } as unknown as AlertDetail,
    ofPerson: [],
    rules: [],
    people: { person: () => undefined, staffName: () => undefined, prisonName: (prisonId: string) => prisonId },
    caller: { name: 'ASMITH_GEN', prisons: new Set<string>(), roles: new Set<string>() } as unknown as Caller,
    isTheirs: false,
    now: Date.parse('2026-11-22T09:00:00Z'),
  }).facts.find(({ label }) => label === 'Repeats')?.text;

describe('the page of a safety alert that repeated', () => {
  it('says what happened again, and when', () => {
    expect(said([repeated('2026-11-19T18:00:00Z', 'second')])).toBe(
      'Repeated once. Self-harm incident, 19 November 2026, 12:10',
    );
  });

  it('says of many how many, and what the last was about', () => {
    const twice = [repeated('2026-11-19T18:00:00Z', 'second'), repeated('2026-11-20T18:00:00Z', 'third')];
    expect(said(twice)).toBe('Repeated 2 times. Last: Opening of an ACCT, 20 November 2026, 12:10');
  });

  it('says when it was known where what happened can no longer be shown', () => {
    expect(said([repeated('2026-11-20T18:00:00Z', 'gone')], [{ id: 'gone' }])).toBe(
      'Repeated once. 20 November 2026, 18:00',
    );
  });

  it('says nothing of one that did not', () => {
    expect(said([])).toBeUndefined();
  });
});
