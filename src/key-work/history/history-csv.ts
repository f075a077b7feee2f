import { type Cell, csvOf } from '../../answers/csv.js';
import type { KeyWorkerHistory } from './key-worker-history.js';

const COLUMNS = ['section', 'from', 'until', 'days', 'staffId', 'minutes', 'what', 'detail', 'recordedAt', 'id'];

/** One line of the table; what it does not have stays empty. */
interface HistoryRow {
  readonly section: string;
  readonly from?: Cell;
  readonly until?: Cell;
  readonly days?: Cell;
  readonly staffId?: Cell;
  readonly minutes?: Cell;
  readonly what?: Cell;
  readonly detail?: Cell;
  readonly recordedAt?: Cell;
  readonly id?: Cell;
}

/** The history as one table, section by section, with everything that its JSON has. */
export const historyCsv = (history: KeyWorkerHistory): string => {
  const lines: HistoryRow[] = [
    ...summary(history),
    ...history.stays.map(({ since, until, prisonId, arrived }) => ({
      section: 'time in prison',
      from: since,
      until,
      what: prisonId,
      detail: arrived ? 'from arrival' : 'record begins later',
    })),
    ...history.keyWorkers.map((tenure) => ({
      section: 'key worker',
      from: tenure.from,
      until: tenure.until,
      days: tenure.days,
      staffId: tenure.staffId,
      what: tenure.staffId === null ? 'no key worker' : firstMeeting(tenure),
      detail: `sessions: ${tenure.sessions}`,
    })),
    ...history.summary.gapsOverAWeek.map((gap) => ({ section: 'gap over a week', ...gapLine(gap) })),
    ...records('session', history.sessions),
    ...records('missed session', history.missed),
    ...records('entry', history.entries),
    ...history.meanwhile.map(({ topic, what, occurredAt, recordedAt, quashed, data, remark, id }) => ({
      section: topic,
      from: occurredAt,
      what: quashed ? `${what} (quashed)` : what,
      detail: detailOf({ ...data, ...(remark && { remark }) }),
      recordedAt,
      id,
    })),
    ...history.spells.map(({ topic, what, from, until }) => ({ section: topic, from, until, what })),
    ...history.safetyAlerts.flatMap(alertLines),
    ...history.withdrawn.map(({ what, occurredAt, recordedAt, reason, withdrawnAt, id }) => ({
      section: 'withdrawn',
      from: occurredAt,
      until: withdrawnAt,
      what,
      detail: reason,
      recordedAt,
      id,
    })),
    ...history.notKnown.map(({ about, says }) => ({ section: 'not known', what: about, detail: says })),
  ];
  return csvOf(
    COLUMNS,
    lines.map((line) => COLUMNS.map((column) => line[column as keyof HistoryRow])),
  );
};

const summary = ({ summary: figures, ...history }: KeyWorkerHistory): HistoryRow[] => {
  const line = (what: string, detail: Cell): HistoryRow => ({ section: 'summary', what, detail });
  const { longestGap, missedByReason } = figures;
  return [
    line('prison number', history.prisonNumber),
    line('prison', history.prisonId),
    line('first day', history.from),
    line('last day', history.to),
    line('prepared at', history.preparedAt),
    { section: 'summary', from: history.legalStatus?.since, what: 'legal status', detail: history.legalStatus?.status },
    line('sessions held', figures.sessionsHeld),
    line('sessions missed', figures.sessionsMissed),
    ...Object.entries(missedByReason).map(([reason, count]) => line(`sessions missed: ${reason}`, count)),
    line('minutes', figures.minutes),
    line(`minutes expected, at ${figures.minutesAWeekExpected} a week`, figures.minutesExpected),
    line('days on which the person was to be seen', figures.daysToBeSeen),
    line('sessions without recorded minutes', figures.sessionsWithoutMinutes),
    line('last session', figures.lastSession),
    line('days since the last session', figures.daysSinceLastSession),
    longestGap ? { section: 'summary', ...gapLine(longestGap), what: 'longest gap' } : line('longest gap', null),
  ];
};

type GapColumns = KeyWorkerHistory['summary']['gapsOverAWeek'][number];

const gapLine = ({ from, to, days, begins, ends }: GapColumns) => ({
  from,
  until: to,
  days,
  detail: `from ${begins} to ${ends}`,
});

const firstMeeting = ({ daysUntilTheyMet }: KeyWorkerHistory['keyWorkers'][number]): string =>
  daysUntilTheyMet === null ? 'never met' : `met after days: ${daysUntilTheyMet}`;

const NOT_IN_DETAIL = ['id', 'prisonId', 'occurredAt', 'recordedAt', 'knownAt', 'staffId', 'minutes', 'reason'];

const records = (section: string, entries: KeyWorkerHistory['sessions']): HistoryRow[] =>
  entries.map((entry) => {
    const { staffId, minutes, reason } = entry as Readonly<Record<string, Cell>>;
    const details = Object.entries(entry).filter(([name, value]) => value !== null && !NOT_IN_DETAIL.includes(name));
    const { id, occurredAt: from, recordedAt } = entry;
    return {
      section,
      from,
      staffId,
      minutes,
      what: reason,
      detail: detailOf(Object.fromEntries(details)),
      recordedAt,
      id,
    };
  });

const alertLines = ({
  id,
  rule,
  ruleName,
  raisedAt,
  closedAt,
  severity,
  reason,
  done,
}: KeyWorkerHistory['safetyAlerts'][number]): HistoryRow[] => [
  {
    section: 'safety alert',
    from: raisedAt,
    until: closedAt,
    what: [rule, ruleName].join(' ').trim(),
    detail: `${severity}: ${reason}`,
    id,
  },
  ...done.map(({ what, at, by, more }) => ({
    section: 'safety alert step',
    from: at,
    what: `${rule} ${what} by ${by}`,
    detail: detailOf(more),
    id,
  })),
];

/** `role: VICTIM; days: 3` */
const detailOf = (members: Readonly<Record<string, unknown>>): string =>
  Object.entries(members)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ');
