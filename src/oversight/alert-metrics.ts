import type { Metric } from 'prom-client';
import type { Headcount } from '../kernel/headcount.js';
import { ALERT_STATES, isOpenState } from '../safety-alerts/list/alert-summary.js';
import type { AlertIndex } from '../safety-alerts/list/alert-index.js';
import type { Clock } from '../store/clock.js';
import { SEVERITIES } from '../prison/severity.js';
import { durationHistogram } from './duration-histogram.js';
import { counter, gauge, type Measure, zeros } from './measure.js';
import { OUTCOMES } from '../prison/outcome.js';

const OPEN_STATES = ALERT_STATES.filter(isOpenState);

export interface AlertSources {
  readonly alerts: AlertIndex;
  readonly census: Pick<Headcount, 'byPrison'>;
  /** Ids of the rules in force. */
  readonly rules: () => readonly string[];
  readonly clock: Clock;
  /** Whether the log has been read to its end once. */
  readonly isReady: () => boolean;
}

/**
 * Safety alerts, open and over. They are counted from the log, the same on every instance, and left out until it has been
 * read to its end: a total that grows from 0 again after each start would look like new alerts.
 */
export const alertMetrics = (sources: AlertSources): Metric[] => {
  const { isReady, alerts } = sources;
  const onceReady = (measure: Measure): Measure => ({ ...measure, read: () => (isReady() ? measure.read() : []) });
  return [
    ...openNow(sources).map((measure) => gauge(onceReady(measure))),
    ...totals(sources).map((measure) => counter(onceReady(measure))),
    durationHistogram(
      'time_to_acknowledge_seconds',
      'How long safety alerts had been open when somebody acknowledged them.',
      () => (isReady() ? alerts.figures.timeToAcknowledge : undefined),
    ),
    durationHistogram('time_to_resolve_seconds', 'How long safety alerts had been open when they closed.', () =>
      isReady() ? alerts.figures.timeToResolve : undefined,
    ),
  ];
};

const openNow = ({ alerts, census, rules, clock }: AlertSources): Measure[] => [
  {
    name: 'safety_alerts_open',
    help: 'Safety alerts that are open now, acknowledged ones included.',
    labels: ['prison', 'severity', 'state'],
    read: () => [
      ...zeros({ prison: prisonsIn(alerts, census), severity: SEVERITIES, state: OPEN_STATES }),
      ...alerts.openFigures.byPrison().map(({ prisonId: prison, severity, state, count }) => ({
        labels: { prison, severity, state },
        value: count,
      })),
    ],
  },
  {
    name: 'safety_alerts_open_by_rule',
    help: 'Safety alerts that are open now, by the rule that is broken.',
    labels: ['prison', 'rule'],
    read: () => [
      ...zeros({ prison: prisonsIn(alerts, census), rule: rules() }),
      ...alerts.openFigures
        .byRule()
        .map(({ prisonId: prison, rule, count }) => ({ labels: { prison, rule }, value: count })),
    ],
  },
  {
    name: 'snoozed',
    help: 'Safety alerts that are open and snoozed now. Each snooze has an end; a critical one cannot be snoozed.',
    labels: ['prison', 'severity'],
    read: () => [
      ...zeros({ prison: prisonsIn(alerts, census), severity: SEVERITIES.filter((one) => one !== 'CRITICAL') }),
      ...alerts.openFigures
        .snoozedAt(clock.now())
        .map(({ prisonId: prison, severity, count }) => ({ labels: { prison, severity }, value: count })),
    ],
  },
  {
    name: 'safety_alert_oldest_open_timestamp_seconds',
    help: 'When the oldest safety alert that is open now was raised. Absent where none is open.',
    labels: ['prison', 'severity'],
    read: () =>
      alerts.openFigures.oldest().map(({ prisonId: prison, severity, raisedAt }) => ({
        labels: { prison, severity },
        value: Date.parse(raisedAt) / 1000,
      })),
  },
];

const totals = ({ alerts, census, rules }: AlertSources): Measure[] => [
  {
    name: 'safety_alerts_raised_total',
    help: 'Safety alerts ever raised, by the prison and the severity that they had then.',
    labels: ['prison', 'severity'],
    read: () => [
      ...zeros({ prison: prisonsIn(alerts, census), severity: SEVERITIES }),
      ...alerts.figures.raisedTotals().map(({ prisonId: prison, severity, count }) => ({
        labels: { prison, severity },
        value: count,
      })),
    ],
  },
  {
    name: 'safety_alerts_closed_total',
    help: 'Safety alerts ever closed, by what closed them.',
    labels: ['rule', 'outcome'],
    read: () => [
      ...zeros({ rule: rules(), outcome: OUTCOMES }),
      ...alerts.figures.closedTotals().map(({ rule, outcome = '', count }) => ({
        labels: { rule, outcome },
        value: count,
      })),
    ],
  },
];

/** Every prison seen: somebody was ever heard of in it, or it ever had a safety alert. */
const prisonsIn = (alerts: AlertIndex, { byPrison }: Pick<Headcount, 'byPrison'>): Set<string> =>
  new Set([
    ...byPrison.keys(),
    ...[...alerts.figures.raisedTotals(), ...alerts.openFigures.byPrison()].map(({ prisonId }) => prisonId),
  ]);
