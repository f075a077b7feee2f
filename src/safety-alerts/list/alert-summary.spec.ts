import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  acknowledge,
  assign,
  at,
  carryOut,
  levelIs,
  levelIsNone,
  note,
  reminded,
  reopen,
  repeated,
  resolve,
  snooze,
} from '../../../test/safety-alerts/given.js';
import type { SafetyAlertCommand } from '../alert/safety-alert-commands.js';
import { initialState } from '../alert/safety-alert.js';
import { ACKNOWLEDGE_WITHIN, Lapses } from '../alert/terms.js';
import { type AlertSummary, summarise } from './alert-summary.js';

const lapses = new Lapses();

/** The first alert after this, each event written so many hours after its instant. */
function after(commands: readonly SafetyAlertCommand[], hoursLate = 0): AlertSummary | undefined {
  let state = initialState;
  let alert: AlertSummary | undefined;
  for (const command of commands) {
    const [next, events] = carryOut(command, state);
    state = next;
    for (const event of events) {
      const recordedAt = new Date(Date.parse(event.data.at) + hoursLate * 3_600_000).toISOString();
      alert = summarise(alert, event, { stream: 's', position: '1', revision: 0, metadata: { recordedAt }, lapses });
    }
  }
  return alert;
}

const dueAfter = (...commands: SafetyAlertCommand[]): string | undefined => after(commands)?.acknowledgeBy;
const later = (hour: number, hours: number): string => at(hour + hours);

describe('by when a safety alert is to be acknowledged', () => {
  it('goes by its severity, from when it was raised', () => {
    expect(dueAfter(levelIs('LOW', 1))).toBe(later(1, 72));
    expect(dueAfter(levelIs('HIGH', 1))).toBe(later(1, 4));
  });

  it('counts from when it could first be seen, not from its instant', () => {
    expect(after([levelIs('HIGH', 1)], 90)).toMatchObject({ raisedAt: at(1), listedAt: at(91), acknowledgeBy: at(95) });
    expect(after([levelIs('HIGH', 1), acknowledge(2), repeated(3, 'ask-2')], 90)?.acknowledgeBy).toBe(at(97));
  });

  it('comes sooner when it gets worse, and never later', () => {
    expect(dueAfter(levelIs('LOW', 1), levelIs('HIGH', 5))).toBe(later(5, 4));
    expect(dueAfter(levelIs('LOW', 1), levelIs('MEDIUM', 60))).toBe(later(1, 72));
  });

  it('is over once somebody has it, until it gets worse, is asked again or lapses', () => {
    expect(dueAfter(levelIs('LOW', 1), acknowledge(2))).toBeUndefined();
    expect(dueAfter(levelIs('LOW', 1), acknowledge(2), levelIs('HIGH', 3))).toBe(later(3, 4));
    expect(dueAfter(levelIs('HIGH', 1), acknowledge(2), repeated(7, 'ask-2'))).toBe(later(7, 4));
    expect(dueAfter(levelIs('HIGH', 1), repeated(7, 'ask-2'))).toBe(later(1, 4));
    expect(dueAfter(levelIs('CRITICAL', 1), acknowledge(2), reminded(4))).toBe(
      new Date(Date.parse(at(4)) + 900_000).toISOString(),
    );
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

describe('what a list shows of who has a safety alert', () => {
  const acknowledged = [levelIs('CRITICAL', 1), acknowledge(2)];

  it('says when the acknowledgement lapses, and that one note puts it off', () => {
    expect(after(acknowledged)).toMatchObject({ state: 'ACKNOWLEDGED', lapsesAt: at(4) });
    expect(after([...acknowledged, note('seen', 3)])).toMatchObject({ lapsesAt: at(6) });
    expect(after([...acknowledged, note('seen', 3), assign('BJONES_GEN', 5)])).toMatchObject({ lapsesAt: at(6) });
  });

  it('gives it to the one who acknowledges, where it is nobody’s', () => {
    expect(after(acknowledged)).toMatchObject({ assignedTo: 'ASMITH_GEN' });
    expect(after([levelIs('LOW', 1), assign('BJONES_GEN', 2), acknowledge(3)])).toMatchObject({
      assignedTo: 'BJONES_GEN',
    });
  });

  it.each<[string, SafetyAlertCommand]>([
    ['a lapse', reminded(4)],
    ['a further ask', repeated(3, 'ask-2')],
  ])('has nobody who has it after %s, and keeps its owner', (_what, command) => {
    expect(after([...acknowledged, command])).toMatchObject({
      state: 'OPEN',
      acknowledgedBy: undefined,
      lapsesAt: undefined,
      assignedTo: 'ASMITH_GEN',
    });
  });
});

describe('what a list shows of a safety alert that was closed by hand', () => {
  const closed = [levelIs('HIGH', 1, 1, 'VUL-02'), resolve(2)];

  it('says that it is still true, and when it comes back', () => {
    expect(after(closed)).toMatchObject({ state: 'RESOLVED', stillTrue: true, comesBackAt: at(26) });
    expect(after([levelIs('HIGH', 1), resolve(2)])).toMatchObject({ stillTrue: true, comesBackAt: undefined });
  });

  it('says so no longer once it is not', () => {
    expect(after([...closed, levelIsNone(3)])).toMatchObject({
      state: 'RESOLVED',
      stillTrue: undefined,
      comesBackAt: undefined,
    });
  });

  it.each<[string, SafetyAlertCommand]>([
    ['somebody reopens it', reopen(3)],
    ['it comes back', reminded(26, 'VUL-02')],
  ])('is open again once %s', (_what, command) => {
    expect(after([...closed, command])).toMatchObject({
      state: 'OPEN',
      closedAt: undefined,
      outcome: undefined,
      stillTrue: undefined,
      revision: 0,
    });
  });
});

describe('what a list shows of a snooze', () => {
  it('has an end, also until it gets worse', () => {
    expect(after([levelIs('LOW', 1), snooze(2, at(30))])).toMatchObject({ snoozedUntil: at(30) });
    expect(after([levelIs('LOW', 1), snooze(2, null)])).toMatchObject({
      snoozedUntil: later(2, 28 * 24),
      snoozedUntilWorse: true,
    });
  });

  it('has one too where an earlier version wrote none', () => {
    const data = { episode: 1, at: at(2), by: 'ASMITH_GEN', until: null, reasonCode: 'SEEN_TODAY' } as const;
    const alert = after([levelIs('MEDIUM', 1)]);
    const source = { stream: 's', position: '2', revision: 1, metadata: {}, lapses };
    expect(summarise(alert, { type: 'SafetyAlertSnoozed', data }, source)).toMatchObject({
      snoozedUntil: later(2, 7 * 24),
      snoozedUntilWorse: true,
    });
  });
});
