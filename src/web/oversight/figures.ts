import type { Band } from '../../key-work/figures/bands.js';
import { barsChart } from '../charts/bars-chart.js';
import { weeksChart } from '../charts/weeks-chart.js';
import { sayMoment, sayTableDate } from '../frame/moments.js';
import { english } from '../words/english.js';
import { byKeyworkerApi, calculated, comparison, type Figure } from './figure.js';
import type { PrisonFacts } from './facts.js';

const words = english.oversight;

/** What a figure of a prison is told from. */
interface FigureFacts {
  readonly prison: PrisonFacts;
  readonly mondays: readonly string[];
  readonly weeks: number;
  /** ISO, UTC. */
  readonly asAt: string;
}

/** Everything that is told of one prison, in order. */
export const figuresOf = (facts: FigureFacts): Figure[] => [
  delivered(facts),
  missed(facts),
  neverSeen(facts),
  overdue(facts),
  withoutKeyWorker(facts),
  alerts(facts),
  acknowledged(facts),
];

const orNothing = (value: number | null, say: (n: number) => string): string =>
  value === null ? words.nothing : say(value);

const delivered = ({ prison, mondays, weeks }: FigureFacts): Figure => {
  const { period, before, keyworkerApi } = prison;
  const texts = words.delivered;
  const [held, due, rate] = [period.sessionsHeld.value, period.sessionsDue.value, period.delivered.value];
  const headline = texts.headline(held, due);
  const series = [
    { label: texts.held, form: 'column' as const, values: prison.weeks.map((week) => week.sessionsHeld.value) },
    { label: texts.due, form: 'mark' as const, values: prison.weeks.map((week) => week.sessionsDue.value) },
  ];
  const points = { value: words.percent, change: words.points };
  return {
    id: 'delivered',
    heading: texts.heading,
    headline,
    value: rate === null ? texts.noneDue : words.percent(rate),
    lines: [comparison(weeks, rate, before.delivered.value, points)],
    weeks: weeksChart({ id: 'delivered-chart', headline, unit: texts.unit, mondays, series }),
    table: {
      columns: [words.week, texts.held, texts.due, texts.rate],
      rows: prison.weeks.map((week, n) => [
        sayTableDate(mondays[n] ?? ''),
        words.number(week.sessionsHeld.value),
        words.number(week.sessionsDue.value),
        orNothing(week.delivered.value, words.percent),
      ]),
    },
    calculated: calculated('delivered', 'sessionsHeld', 'sessionsDue', 'daysToBeSeen'),
    otherwise: [
      byKeyworkerApi('complianceRate', sayRate(keyworkerApi.complianceRate.value)),
      byKeyworkerApi('projectedSessions', words.number(keyworkerApi.projectedSessions.value)),
    ],
  };
};

const sayRate = (rate: number | null): string =>
  rate === null ? words.keyworkerApi.none : `${rate.toLocaleString('en-GB')}%`;

const missed = ({ prison, weeks }: FigureFacts): Figure => {
  const { value, byReason } = prison.period.sessionsMissed;
  const texts = words.missed;
  const rows = Object.entries(byReason).map(([reason, count]) => ({ label: texts.reason(reason), value: count }));
  return {
    id: 'missed',
    heading: texts.heading,
    value: words.number(value),
    ...barsOf('missed', texts.headline(mostOf(rows)), rows, [texts.label, texts.value]),
    lines: [comparison(weeks, value, prison.before.sessionsMissed.value, { value: words.number })],
    calculated: calculated('sessionsMissed'),
  };
};

const neverSeen = ({ prison: { now }, asAt }: FigureFacts): Figure => {
  const { value, byDaysSinceArrival } = now.neverSeen;
  const texts = words.neverSeen;
  const unknown = now.notKnownWhetherSeen.value;
  return {
    id: 'never-seen',
    heading: texts.heading,
    value: words.number(value),
    ...barsOf('never-seen', texts.headline(value, ...longest(byDaysSinceArrival)), bands(byDaysSinceArrival), [
      texts.label,
      texts.value,
    ]),
    lines: [words.asAt(sayMoment(asAt)), ...(unknown > 0 ? [texts.unknown(unknown)] : [])],
    calculated: calculated('neverSeen', 'notKnownWhetherSeen'),
  };
};

const overdue = ({ prison: { now }, asAt }: FigureFacts): Figure => {
  const { value, byDaysSinceSession } = now.overdue;
  const texts = words.overdue;
  return {
    id: 'overdue',
    heading: texts.heading,
    value: words.number(value),
    ...barsOf('overdue', texts.headline(value, ...longest(byDaysSinceSession)), bands(byDaysSinceSession), [
      texts.label,
      texts.value,
    ]),
    lines: [words.asAt(sayMoment(asAt))],
    calculated: calculated('overdue'),
  };
};

const withoutKeyWorker = ({ prison: { now, keyworkerApi }, asAt }: FigureFacts): Figure => {
  const { value } = now.withoutKeyWorker;
  const texts = words.withoutKeyWorker;
  return {
    id: 'without-key-worker',
    heading: texts.heading,
    value: words.number(value),
    headline: texts.headline(value),
    lines: [words.asAt(sayMoment(asAt))],
    calculated: calculated('withoutKeyWorker'),
    otherwise: [byKeyworkerApi('percentageAssigned', sayRate(keyworkerApi.percentageAssigned.value))],
  };
};

const alerts = ({ prison, mondays, weeks }: FigureFacts): Figure => {
  const { raised, closed } = prison.alerts;
  const texts = words.alerts;
  const headline = texts.headline(raised, closed);
  const series = [
    { label: texts.raised, form: 'column' as const, values: prison.alertWeeks.map((week) => week.raised) },
    { label: texts.closed, form: 'outline' as const, values: prison.alertWeeks.map((week) => week.closed) },
  ];
  const compared = (label: string, now: number, before: number) =>
    `${label}: ${comparison(weeks, now, before, { value: words.number })}`;
  return {
    id: 'alerts',
    heading: texts.heading,
    headline,
    value: texts.value(raised, closed),
    lines: [
      compared(texts.raised, raised, prison.alertsBefore.raised),
      compared(texts.closed, closed, prison.alertsBefore.closed),
    ],
    weeks: weeksChart({ id: 'alerts-chart', headline, unit: texts.unit, mondays, series }),
    table: {
      columns: [words.week, texts.raised, texts.closed],
      rows: prison.alertWeeks.map((week) => [
        sayTableDate(week.monday),
        words.number(week.raised),
        words.number(week.closed),
      ]),
    },
    calculated: calculated('raised', 'closed'),
  };
};

const acknowledged = ({ prison, mondays, weeks }: FigureFacts): Figure => {
  const median = prison.alerts.medianSecondsToAcknowledge;
  const texts = words.acknowledged;
  const headline = median === null ? texts.none : texts.headline(words.duration(median));
  const hours = (seconds: number | null) => (seconds === null ? null : Math.round(seconds / 360) / 10);
  const values = prison.alertWeeks.map((week) => hours(week.medianSecondsToAcknowledge));
  const before = prison.alertsBefore.medianSecondsToAcknowledge;
  return {
    id: 'acknowledged',
    heading: texts.heading,
    headline,
    value: orNothing(median, words.duration),
    lines: [comparison(weeks, median, before, { value: words.duration })],
    ...(values.some((value) => value !== null) && {
      weeks: weeksChart({
        id: 'acknowledged-chart',
        headline,
        unit: texts.unit,
        mondays,
        series: [{ label: texts.hours, form: 'line', values }],
      }),
    }),
    table: {
      columns: [words.week, texts.label, texts.count],
      rows: prison.alertWeeks.map((week) => [
        sayTableDate(week.monday),
        orNothing(week.medianSecondsToAcknowledge, words.duration),
        words.number(week.acknowledged),
      ]),
    },
    calculated: calculated('medianSecondsToAcknowledge', 'acknowledged'),
  };
};

type Rows = readonly { readonly label: string; readonly value: number }[];

const bands = (content: readonly Band[]): Rows =>
  content.map(({ from, to, people }) => ({ label: words.band(from, to), value: people }));

/** How many are in the last band, and where it begins. */
const longest = (content: readonly Band[]): [number, number] => {
  const last = content.at(-1);
  return [last?.people ?? 0, last?.from ?? 0];
};

/** The first of the greatest; nothing where all are 0. */
const mostOf = (rows: Rows): string | undefined => {
  const most = Math.max(...rows.map(({ value }) => value));
  return most === 0 ? undefined : rows.find(({ value }) => value === most)?.label;
};

const barsOf = (id: string, headline: string, rows: Rows, columns: readonly [string, string]) => ({
  headline,
  bars: barsChart({ id: `${id}-chart`, headline, rows }),
  table: { columns, rows: rows.map(({ label, value }) => [label, words.number(value)]) },
});
