import { capitalised } from '../../kernel/say/join.js';
import { missedReason } from './missed-sessions.js';
import { counted } from './plural.js';

const number = (n: number): string => n.toLocaleString('en-GB');
const weeks = (n: number): string => counted(n, 'week');

/** Names of figures, as definitions use them, in the words of the page. */
const FIGURES: Readonly<Record<string, string>> = {
  daysToBeSeen: 'days to be seen',
  sessionsDue: 'sessions due',
  sessionsHeld: 'sessions held',
  delivered: 'delivered',
  sessionsMissed: 'sessions missed',
  neverSeen: 'never seen',
  notKnownWhetherSeen: 'not known whether seen',
  overdue: 'overdue',
  longestGap: 'longest gap',
  withoutKeyWorker: 'without a key worker',
  raised: 'safety alerts raised',
  closed: 'safety alerts closed',
  acknowledged: 'acknowledgements',
  medianSecondsToAcknowledge: 'median time to acknowledge',
  projectedSessions: 'projected sessions',
  complianceRate: 'compliance rate',
  percentageAssigned: 'percentage assigned',
};

const NAME = new RegExp(`\\b(${Object.keys(FIGURES).join('|')})\\b`, 'g');

/** How each week went, without people. */
export const oversight = {
  title: 'Oversight',
  lead: (from: string, to: string) => `${from} to ${to}. The current week is not included.`,
  weeks: {
    legend: 'What to show',
    prison: 'Prison',
    label: 'Period',
    last: (n: number) => `Last ${weeks(n)}`,
    show: 'Show',
  },
  noPeople: 'These are figures only. Nobody in prison is named here.',
  grafana: 'The same figures by day and hour in Grafana',
  empty: 'You have no prison to show figures for.',
  csv: 'Download (CSV)',
  csvAll: 'Download all of these figures (CSV)',
  table: 'View the figures as a table',
  calculated: 'How this is calculated',
  version: (figure: string, version: number) => `Figure ${figure}, version ${version}.`,
  inWords: (says: string): string => says.replaceAll(NAME, (name) => FIGURES[name] ?? name),
  figureName: (figure: string): string => FIGURES[figure] ?? figure,
  asAt: (at: string) => `As things stand on ${at}.`,
  nothing: 'No figure',

  summary: {
    heading: 'All your prisons',
    caption: 'Choose a prison to see its weeks',
    columns: {
      prisonId: 'Prison',
      delivered: 'Sessions delivered',
      missed: 'Sessions missed',
      neverSeen: 'Never seen, now',
      overdue: 'Overdue, now',
      raised: 'Safety alerts raised',
      closed: 'Safety alerts closed',
      median: 'Median time to acknowledge',
    },
  },
  before: {
    same: (n: number, was: string) => `The same as in the ${weeks(n)} before: ${was}.`,
    up: (n: number, was: string, by: string) => `Up by ${by} on the ${weeks(n)} before: ${was}.`,
    down: (n: number, was: string, by: string) => `Down by ${by} on the ${weeks(n)} before: ${was}.`,
    was: (n: number, was: string) => `In the ${weeks(n)} before: ${was}.`,
    none: (n: number) => `There is no figure for the ${weeks(n)} before.`,
  },
  percent: (value: number): string => `${value.toLocaleString('en-GB', { minimumFractionDigits: 1 })}%`,
  points: (value: number): string => `${value.toLocaleString('en-GB', { maximumFractionDigits: 1 })} percentage points`,
  number,

  delivered: {
    heading: 'Key worker sessions delivered',
    headline: (held: number, due: number) => `${number(held)} sessions were held; ${number(due)} were due`,
    held: 'Sessions held',
    due: 'Sessions due',
    rate: 'Delivered',
    unit: 'Sessions a week',
    noneDue: 'Nobody was due a session',
  },
  missed: {
    heading: 'Sessions missed, by reason',
    headline: (reason: string | undefined) =>
      reason === undefined ? 'No session was recorded as missed' : `Most often: ${reason.toLowerCase()}`,
    reason: missedReason,
    label: 'Reason',
    value: 'Sessions missed',
  },
  neverSeen: {
    heading: 'People never seen by a key worker in this stay',
    headline: (n: number, longest: number, days: number) =>
      n === 0
        ? 'Everybody whose whole stay is on record has been seen'
        : `${number(longest)} of them arrived ${days} or more days ago`,
    label: 'Since arrival',
    value: 'People',
    unknown: (n: number) =>
      `For ${counted(n, 'more person', 'more people')} this is not known: their stay began before the record.`,
  },
  overdue: {
    heading: 'People overdue for a session, by age',
    headline: (n: number, longest: number, days: number) =>
      n === 0
        ? 'Nobody has gone without a session for more than 7 days'
        : `${number(longest)} of them had their last session ${days} or more days ago`,
    label: 'Since the last session',
    value: 'People',
  },
  withoutKeyWorker: {
    heading: 'People without a key worker',
    headline: (n: number) =>
      `${counted(n, 'person', 'people')} who should be seen ${n === 1 ? 'has' : 'have'} no key worker`,
  },
  band: (from: number, to: number | null): string => (to === null ? `${from} days or more` : `${from} to ${to} days`),
  alerts: {
    heading: 'Safety alerts raised and closed',
    headline: (raised: number, closed: number) => {
      if (raised === closed) return 'As many were closed as were raised';
      return raised > closed
        ? `${number(raised - closed)} more were raised than closed`
        : `${number(closed - raised)} more were closed than raised`;
    },
    value: (raised: number, closed: number) => `${number(raised)} raised, ${number(closed)} closed`,
    raised: 'Raised',
    closed: 'Closed',
    unit: 'Safety alerts a week',
  },
  acknowledged: {
    heading: 'Median time to acknowledge',
    headline: (time: string) => `Half of the safety alerts that were acknowledged waited ${time} or less`,
    none: 'No safety alert was acknowledged',
    label: 'Median time to acknowledge',
    hours: 'Hours to acknowledge (median)',
    unit: 'Hours',
    count: 'Acknowledgements',
  },
  useful: {
    heading: 'Which rules help',
    lead: 'Whether the people who closed safety alerts found them useful, in all prisons, since the record began. Who said what is not shown.',
    silent: 'Nobody who closed a safety alert has said yet whether it was useful.',
    columns: ['Rule', 'Useful', 'Not useful', 'Not sure', 'Useful, of those answered'],
  },
  week: 'Week beginning',
  keyworkerApi: {
    heading: 'By the formula of keyworker-api',
    line: (figure: string, value: string) => `${capitalised(figure)}: ${value}.`,
    none: 'no data',
  },
  /** `2 days 4 hours`, `3 hours 20 minutes`, `12 minutes`: rounded down to two units. */
  duration: (seconds: number): string => {
    const minutes = Math.floor(seconds / 60);
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
    const some = (n: number, unit: string) => (n > 0 ? [counted(n, unit)] : []);
    if (days > 0) return [...some(days, 'day'), ...some(hours, 'hour')].join(' ');
    const parts = [...some(hours, 'hour'), ...some(minutes % 60, 'minute')];
    return parts.length > 0 ? parts.join(' ') : 'less than a minute';
  },
};
