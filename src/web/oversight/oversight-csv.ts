import { type Cell, csvOf } from '../../answers/csv.js';
import { ALERT_DEFINITIONS } from '../../safety-alerts/figures/alert-definitions.js';
import { type OversightFacts, prisonsIn } from './facts.js';

const COLUMNS = ['prison', 'figure', 'of', 'value', 'version', 'definition'];

type CsvRow = readonly Cell[];

/** The figures of the chosen prison, a figure a line; by week under the first day of each. @param figure one of them; all, where it is none */
export const oversightCsv = (facts: OversightFacts, figure: string): string => {
  const prison = prisonsIn(facts).find(({ prisonId }) => prisonId === facts.choice.prison);
  if (!prison) return csvOf(COLUMNS, []);
  const { mondays, asAt } = facts.trends;
  const { weeks, period, now, alertWeeks, alerts } = prison;
  const line = (name: string, of: string, { value, version, says }: DefinedValue): CsvRow => [
    name,
    of,
    value,
    version,
    says,
  ];
  const inWeeks = (name: 'sessionsHeld' | 'sessionsDue' | 'delivered'): CsvRow[] => [
    ...weeks.map((week, n) => line(name, mondays[n] ?? '', week[name])),
    line(name, 'period', period[name]),
  ];
  const ofAlerts = (name: keyof typeof ALERT_DEFINITIONS): CsvRow[] => {
    const definedValue = (value: number | null): DefinedValue => ({ ...ALERT_DEFINITIONS[name], value });
    return [
      ...alertWeeks.map((week) => line(name, week.monday, definedValue(week[name]))),
      line(name, 'period', definedValue(alerts[name])),
    ];
  };
  const parts: Readonly<Record<string, readonly CsvRow[]>> = {
    delivered: [...inWeeks('sessionsHeld'), ...inWeeks('sessionsDue'), ...inWeeks('delivered')],
    missed: [
      ...Object.entries(period.sessionsMissed.byReason).map(([reason, count]): CsvRow => [
        'sessionsMissed',
        reason,
        count,
      ]),
      line('sessionsMissed', 'period', period.sessionsMissed),
    ],
    'never-seen': [
      ...bands('neverSeen', now.neverSeen.byDaysSinceArrival),
      line('neverSeen', asAt, now.neverSeen),
      line('notKnownWhetherSeen', asAt, now.notKnownWhetherSeen),
    ],
    overdue: [...bands('overdue', now.overdue.byDaysSinceSession), line('overdue', asAt, now.overdue)],
    'without-key-worker': [line('withoutKeyWorker', asAt, now.withoutKeyWorker)],
    alerts: [...ofAlerts('raised'), ...ofAlerts('closed')],
    acknowledged: [...ofAlerts('medianSecondsToAcknowledge'), ...ofAlerts('acknowledged')],
  };
  const rows = (Object.hasOwn(parts, figure) ? parts[figure] : undefined) ?? Object.values(parts).flat();
  return csvOf(
    COLUMNS,
    rows.map((row): CsvRow => [prison.prisonId, ...row]),
  );
};

interface DefinedValue {
  readonly value: number | null;
  readonly version: number;
  readonly says: string;
}

const bands = (name: string, content: readonly { from: number; to: number | null; people: number }[]): CsvRow[] =>
  content.map(({ from, to, people }) => [
    name,
    to === null ? `${from} days and more` : `${from} to ${to} days`,
    people,
  ]);
