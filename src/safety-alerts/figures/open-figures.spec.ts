import fc from 'fast-check';
import { expect, it } from '@jest/globals';
import type { AlertSummary } from '../list/alert-summary.js';
import { anAlert } from '../../../test/safety-alerts/an-alert.js';
import { at } from '../../../test/safety-alerts/given.js';
import { OpenFigures } from './open-figures.js';

const anyChange = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  prisonId: fc.constantFrom('XYI', 'XYO'),
  rule: fc.constantFrom('KW-01', 'KW-03'),
  severity: fc.constantFrom('LOW', 'HIGH'),
  state: fc.constantFrom('OPEN', 'ACKNOWLEDGED', 'RESOLVED'),
  raisedAt: fc.integer({ min: 0, max: 5 }).map((day) => `2026-04-0${day + 1}T00:00:00.000Z`),
});

it('what is open is counted as it is, after any changes', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 30 }), (changes) => {
      const figures = new OpenFigures();
      const alerts = new Map<string, AlertSummary>();
      for (const change of changes) {
        const after = change as unknown as AlertSummary;
        figures.change(alerts.get(after.id), after);
        alerts.set(after.id, after);
        const open = [...alerts.values()].filter(({ state }) => state !== 'RESOLVED');
        for (const { count, ...labels } of figures.byPrison())
          expect(open.filter((one) => isOf(one, labels))).toHaveLength(count);
        for (const { count, ...labels } of figures.byRule())
          expect(open.filter((one) => isOf(one, labels))).toHaveLength(count);
        expect(figures.byPrison().reduce((sum, { count }) => sum + count, 0)).toBe(open.length);
        for (const { raisedAt, ...labels } of figures.oldest())
          expect(raisedAt).toBe(
            open
              .filter((one) => isOf(one, labels))
              .map((one) => one.raisedAt)
              .sort()[0],
          );
        expect(figures.oldest()).toHaveLength(new Set(open.map((one) => one.prisonId + one.severity)).size);
      }
    }),
  );
});

it('what is snoozed counts until its snooze ends, and while it is open', () => {
  const figures = new OpenFigures();
  const snoozed = anAlert({ severity: 'MEDIUM', snoozedUntil: at(9) });
  figures.change(undefined, anAlert());
  figures.change(undefined, snoozed);
  const labels = { prisonId: 'XYI', severity: 'MEDIUM' };
  expect(figures.snoozedAt(Date.parse(at(9)) - 1)).toEqual([{ ...labels, count: 1 }]);
  expect(figures.snoozedAt(Date.parse(at(9)))).toEqual([]);
  figures.change(snoozed, { ...snoozed, state: 'RESOLVED', snoozedUntil: undefined });
  expect(figures.snoozedAt(Date.parse(at(2)))).toEqual([]);
});

const isOf = (alert: AlertSummary, labels: Partial<AlertSummary>): boolean =>
  Object.entries(labels).every(([name, value]) => alert[name as keyof AlertSummary] === value);
