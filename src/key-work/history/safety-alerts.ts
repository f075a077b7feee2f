import type { LocalDays } from '../../prison/local-days.js';
import type { AlertStep } from '../../safety-alerts/list/alert-histories.js';
import type { AlertSummary } from '../../safety-alerts/list/alert-summary.js';
import type { Period } from '../period.js';

/** What somebody did about an alert, or the log decided. Instants are ISO in UTC. */
export interface Deed {
  readonly what: AlertStep['entry']['transition'];
  readonly at: string;
  readonly by: string;
  readonly more: AlertStep['more'];
}

/** A safety alert that was open in the period, and what was done about it. */
export type AlertInPeriod = Pick<
  AlertSummary,
  'id' | 'rule' | 'prisonId' | 'severity' | 'state' | 'reason' | 'raisedAt' | 'closedAt' | 'outcome'
> & { readonly ruleName?: string; readonly done: readonly Deed[] };

/** The alerts that were open at any time of the period, in the order in which they were raised. */
export const alertsIn = (
  steps: readonly AlertStep[],
  { from, to }: Period,
  days: LocalDays,
  nameOfRule: (rule: string) => string | undefined,
): AlertInPeriod[] =>
  [...Map.groupBy(steps, ({ alert }) => alert.id).values()]
    .map((ofAlert) => alertIn(ofAlert, nameOfRule))
    .filter(({ raisedAt, closedAt }) => {
      const closed = closedAt === undefined ? Infinity : days.dayOf(Date.parse(closedAt));
      return days.dayOf(Date.parse(raisedAt)) <= to && closed >= from;
    })
    .sort((a, b) => (a.raisedAt < b.raisedAt ? -1 : a.raisedAt > b.raisedAt ? 1 : 0));

const alertIn = (steps: readonly AlertStep[], nameOfRule: (rule: string) => string | undefined): AlertInPeriod => {
  const { alert } = steps.at(-1) as AlertStep;
  const { id, rule, prisonId, severity, state, reason, raisedAt, closedAt, outcome } = alert;
  const done = steps.map(({ entry, more }): Deed => ({ what: entry.transition, at: entry.at, by: entry.by, more }));
  return { id, rule, ruleName: nameOfRule(rule), prisonId, severity, state, reason, raisedAt, closedAt, outcome, done };
};
