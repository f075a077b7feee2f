import type { PrisonTrend, Trends } from '../../key-work/figures/read-trends.js';
import type { Rule } from '../../kernel/rule.js';
import type { UsefulCount } from '../../safety-alerts/figures/alert-figures.js';
import type { AlertsInPrison, WeekOfAlerts } from '../../safety-alerts/figures/weekly-figures.js';
import type { PrisonNames } from '../../prison/prison-names.js';
import type { OversightQuery } from './oversight-query.js';

/** What oversight is told from. No person is in it. */
export interface OversightFacts {
  readonly choice: OversightQuery;
  readonly trends: Trends;
  /** Of all of the prisons, over the period. */
  readonly alerts: readonly AlertsInPrison[];
  readonly alertsBefore: readonly AlertsInPrison[];
  /** Of all of the prisons. */
  readonly alertWeeks: readonly WeekOfAlerts[];
  /** Of all prisons, and of all time. */
  readonly useful: readonly UsefulCount[];
  readonly rules: readonly Pick<Rule, 'id' | 'name'>[];
  readonly names: Pick<PrisonNames, 'of' | 'withId' | 'inFull'>;
  /** Empty where there is none. */
  readonly grafana: string;
}

/** One prison, with what became of its alerts. */
export interface PrisonFacts extends PrisonTrend {
  readonly name: string;
  readonly alerts: AlertsInPrison;
  readonly alertsBefore: AlertsInPrison;
  readonly alertWeeks: readonly WeekOfAlerts[];
}

/** Each prison of which both are known. */
export const prisonsIn = ({ trends, alerts, alertsBefore, alertWeeks, names }: OversightFacts): PrisonFacts[] =>
  trends.prisons.flatMap((trend) => {
    const of = ({ prisonId }: { readonly prisonId: string }) => prisonId === trend.prisonId;
    const [now, before] = [alerts.find(of), alertsBefore.find(of)];
    if (!now || !before) return [];
    const name = names.of(trend.prisonId);
    return [{ ...trend, name, alerts: now, alertsBefore: before, alertWeeks: alertWeeks.filter(of) }];
  });
