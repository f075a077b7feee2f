import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { acknowledge, at, carryOut, levelIs, repeated } from '../../../test/safety-alerts/given.js';
import { ACKNOWLEDGE_WITHIN } from './acknowledge-within.js';
import { type AlertSummary, summarise } from './alert-summary.js';
import type { SafetyAlertCommand } from '../alert/safety-alert-commands.js';
import { initialState } from '../alert/safety-alert.js';

/** By when the alert is to be acknowledged after this. */
function dueAfter(...commands: SafetyAlertCommand[]): string | undefined {
  let state = initialState;
  let alert: AlertSummary | undefined;
  for (const command of commands) {
    const [next, events] = carryOut(command, state);
    state = next;
    for (const event of events)
      alert = summarise(alert, event, { stream: 'alert-1', position: '1', revision: 0, metadata: {} });
  }
  return alert?.acknowledgeBy;
}

const later = (hour: number, hours: number): string => new Date(Date.parse(at(hour)) + hours * 3_600_000).toISOString();

describe('by when a safety alert is to be acknowledged', () => {
  it('goes by its severity, from when it was raised', () => {
    expect(dueAfter(levelIs('LOW', 1))).toBe(later(1, 72));
    expect(dueAfter(levelIs('HIGH', 1))).toBe(later(1, 4));
  });

  it('comes sooner when it gets worse, and never later', () => {
    expect(dueAfter(levelIs('LOW', 1), levelIs('HIGH', 5))).toBe(later(5, 4));
    expect(dueAfter(levelIs('LOW', 1), levelIs('MEDIUM', 60))).toBe(later(1, 72));
  });

  it('is over once somebody has it, though it gets worse', () => {
    expect(dueAfter(levelIs('LOW', 1), acknowledge(2))).toBeUndefined();
    expect(dueAfter(levelIs('LOW', 1), acknowledge(2), levelIs('HIGH', 3))).toBeUndefined();
  });

  it('begins anew with a further ask', () => {
    expect(dueAfter(levelIs('HIGH', 1), acknowledge(2), repeated(7, 'ask-2'))).toBe(later(7, 4));
    expect(dueAfter(levelIs('HIGH', 1), repeated(7, 'ask-2'))).toBe(later(1, 4));
  });

  it('is for the worst what Prometheus allows', () => {
    const file = join(import.meta.dirname, '../../../config/prometheus/custody-watch.rules.yml');
    const { groups } = parse(readFileSync(file, 'utf8')) as { groups: { rules: { alert: string; for?: string }[] }[] };
    const rule = groups
      .flatMap(({ rules }) => rules)
      .find(({ alert }) => alert === 'CustodyWatchCriticalAlertNotAcknowledged');
    expect(rule?.for).toBe(`${ACKNOWLEDGE_WITHIN.CRITICAL / 60_000}m`);
  });
});
