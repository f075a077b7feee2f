import type { KeyWorkerHistory } from '../../key-work/history/key-worker-history.js';
import type { Remark } from '../../custody/whereabouts/remarks.js';
import { join } from '../../kernel/say/join.js';
import type { AlertSummary } from '../../safety-alerts/list/alert-summary.js';
import { sayDate, sayMoment } from '../frame/moments.js';
import { type KnownNames, sayRemarked, sayStaff, type StaffNames } from '../lines/event-line.js';
import { reasonLine } from '../lines/reason-line.js';
import { english } from '../words/english.js';

const words = english.person;

/** Who was the key worker, and when nobody was. */
export const keyWorkerRows = ({ keyWorkers }: KeyWorkerHistory, staff: StaffNames) =>
  keyWorkers.map(({ staffId, from, until, days, sessions, daysUntilTheyMet }) => ({
    nobody: staffId === null,
    who: staffId === null ? words.keyWorkers.nobody : sayStaff(staffId, staff),
    from,
    until,
    days,
    sessions: staffId === null ? words.keyWorkers.notApplicable : String(sessions),
    met:
      staffId === null
        ? words.keyWorkers.notApplicable
        : daysUntilTheyMet === null
          ? words.keyWorkers.never
          : words.keyWorkers.met(daysUntilTheyMet),
  }));

interface SessionFacts {
  readonly prisonId: string;
  readonly remark?: Remark;
  readonly occurredAt: string;
  readonly staffId?: string;
  readonly minutes?: number;
  readonly reason?: string;
}

const SAID_IN_COLUMNS = [
  'id',
  'prisonId',
  'occurredAt',
  'recordedAt',
  'knownAt',
  'recordedBy',
  'staffId',
  'minutes',
  'reason',
  'noteRef',
  'remark',
];

/** Sessions held and missed, the latest first. */
export const sessionRows = ({ sessions, missed }: KeyWorkerHistory, names: KnownNames) =>
  [
    ...sessions.map((session) => ({ held: true, what: words.sessions.held, ...columnsOf(session, names) })),
    ...missed.map((session) => {
      const { reason } = session as SessionFacts;
      const why = reason === undefined ? '' : `: ${words.missedReason(reason).toLowerCase()}`;
      const what = `${words.sessions.missed}${why}`;
      return { held: false, what, ...columnsOf(session, names) };
    }),
  ].sort((a, b) => Date.parse(b.when) - Date.parse(a.when));

const columnsOf = (session: SessionFacts, names: KnownNames) => {
  const { occurredAt: when, staffId, minutes, remark } = session;
  const more = Object.entries(session).filter(([name]) => !SAID_IN_COLUMNS.includes(name));
  return {
    when,
    who: staffId === undefined ? words.sessions.notRecorded : sayStaff(staffId, names.staffName),
    minutes: minutes === undefined ? '' : String(minutes),
    detail: sayRemarked({ data: Object.fromEntries(more), remark, prisonId: session.prisonId }, names),
  };
};

type ListedAlert = Pick<
  AlertSummary,
  'id' | 'rule' | 'severity' | 'state' | 'reason' | 'raisedAt' | 'closedAt' | 'outcome'
> & { readonly stillTrue?: boolean | undefined };

/** Safety alerts, the latest first. */
export const alertRows = (
  alerts: readonly (ListedAlert & { readonly ruleName?: string | undefined })[],
  staff: StaffNames,
) =>
  alerts
    .map((alert) => ({
      id: alert.id,
      name: alert.ruleName ?? alert.rule,
      severity: alert.severity,
      reason: reasonLine(alert, staff),
      raisedAt: alert.raisedAt,
      closedAt: alert.closedAt,
      ending: endingOf(alert),
    }))
    .sort((a, b) => Date.parse(b.raisedAt) - Date.parse(a.raisedAt));

const endingOf = ({ state, closedAt, outcome }: ListedAlert): string => {
  if (closedAt === undefined) return state === 'ACKNOWLEDGED' ? words.alerts.acknowledged : words.alerts.stillOpen;
  return outcome ? english.alert.outcomes[outcome] : '';
};

/** What must not be taken for "nothing happened", a sentence each. */
export const notKnownSaid = (
  { notKnown, prisonId }: KeyWorkerHistory,
  { prisonName }: Pick<KnownNames, 'prisonName'>,
): string[] => {
  const silent = notKnown.filter(({ code }) => code === 'NEVER_RECORDED_HERE').map(({ about }) => about);
  const unwatched = Map.groupBy(
    notKnown.filter(({ code }) => code === 'NOT_WATCHED'),
    ({ what = '' }) => what,
  );
  return [
    ...(silent.length === 0 ? [] : [words.notKnown.neverRecorded(prisonName(prisonId), join(silent, 'and'))]),
    ...Array.from(unwatched, ([what, rules]) =>
      words.notKnown.notWatched(
        prisonName(prisonId),
        what,
        join(
          rules.map(({ ruleName = '' }) => ruleName),
          'and',
        ),
      ),
    ),
    ...notKnown.flatMap(({ code, about, until = '', since = '', what = '', count = 0 }) => {
      switch (code) {
        case 'NEVER_RECORDED_HERE':
        case 'NOT_WATCHED':
          return [];
        case 'FEED_NOT_COMPLETE':
          return [words.notKnown.feed(about, sayMoment(until))];
        case 'FEED_SILENT':
          return [words.notKnown.silent(about, sayMoment(until))];
        case 'FEED_NEVER_REPORTED':
          return [words.notKnown.neverReported(about)];
        case 'BEFORE_THE_RECORD':
          return [words.notKnown.before(prisonName(about), sayDate(since))];
        case 'DEPARTURE_NOT_TOLD':
          return [words.notKnown.noDeparture(prisonName(about), sayMoment(since))];
        case 'RETURN_NOT_TOLD':
          return [words.notKnown.noReturn(what, sayMoment(since), prisonName(about))];
        case 'ARRIVAL_NOT_TOLD':
          return [words.notKnown.noArrival(what, sayMoment(since), prisonName(about))];
        case 'NOT_HELD_THERE':
          return [words.notKnown.notHeld(what, sayMoment(since), prisonName(about))];
        case 'UNREADABLE':
          return [words.notKnown.unreadable(count)];
        case 'IMPORT_NOT_COMPLETE':
          return [words.notKnown.importOpen(count)];
        case 'HISTORY_NOT_COMPLETE':
          return [words.notKnown.historyOpen];
        case 'ERASED':
          return [words.notKnown.erased];
        case 'SESSION_LENGTH':
          return [words.notKnown.sessionLength(count)];
      }
    }),
  ];
};
