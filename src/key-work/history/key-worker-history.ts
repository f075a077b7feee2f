import { type Instant, toIso } from '../../prison/instant.js';
import { isoDate, type LocalDays } from '../../prison/local-days.js';
import { nameOf } from '../../kernel/say/say-events.js';
import type { AlertStep } from '../../safety-alerts/list/alert-histories.js';
import { daysIn, type Period } from '../period.js';
import { toldFormerNumbers } from '../former-numbers.js';
import { type RecordEntry, type PersonRecord, stands } from '../person-record.js';
import type { Sources } from '../sources.js';
import type { NotWatchedByPrison } from './not-watched.js';
import { gapsOf, longest } from './gaps.js';
import { keyWorkersOf, type Tenure } from './key-workers.js';
import { caveatsOf } from './caveats.js';
import { alertsIn } from './safety-alerts.js';
import { type Spell, spellsOf } from './spells.js';
import { type Remark, remarksOn } from '../../custody/whereabouts/remarks.js';
import type { LegalStanding } from '../../custody/whereabouts/standing.js';
import { courseOf } from '../../custody/whereabouts/trail.js';
import { staysOf, takeoversIn, type TimeInPrison } from '../../custody/whereabouts/stays.js';
import type { PaceOn } from './pace.js';
import { eachDayToBeSeen, holderOf } from './time-in-prison.js';
import { meanwhileTopicOf, type Topic } from './topics.js';
import { MISSED_REASONS } from '../../prison/missed-session.js';

/** What a key worker history is told from. */
export interface HistorySources {
  readonly record: PersonRecord;
  readonly alerts: readonly AlertStep[];
  readonly sources: Sources;
  readonly notWatched: NotWatchedByPrison;
  readonly paceOn: PaceOn;
  readonly nameOfRule: (rule: string) => string | undefined;
  readonly days: LocalDays;
  readonly now: Instant;
}

/** How somebody's key work went in a period, for a case review. Days are local (Europe/London), instants ISO in UTC. */
export const tellHistory = (sources: HistorySources, period: Period) => {
  const { record, days, now } = sources;
  const standing = record.entries.filter(stands);
  const events = standing.map(({ occurrence }) => occurrence);
  const inPeriod = (at: Instant): boolean => days.dayOf(at) >= period.from && days.dayOf(at) <= period.to;
  const entries = standing.filter(({ occurrence }) => inPeriod(occurrence.at));
  const [stays, remarks] = [staysOf(events), remarksOn(events)];
  const prisonId = holderOf(events) ?? '';
  const held = ofType(entries, 'KeyWorkerSessionHeld');
  const missed = ofType(entries, 'KeyWorkerSessionMissed');
  const sessionsWithoutMinutes = held.filter(({ event }) => event.data['minutes'] === undefined).length;
  return {
    prisonNumber: record.prisonNumber,
    formerNumbers: toldFormerNumbers(record),
    prisonId,
    from: isoDate(period.from),
    to: isoDate(period.to),
    preparedAt: toIso(now),
    position: record.position,
    legalStatus: shownLegal(courseOf(events).legal),
    stays: stays.filter((stay) => overlaps(stay, period, days)).map(shownStay),
    keyWorkers: keyWorkersOf(events, days, now)
      .filter(({ from, until }) => overlaps({ since: from, until }, period, days))
      .map(shownTenure),
    summary: {
      ...minutesOf(held, events, { prisonId, period }, sources),
      sessionsHeld: held.length,
      sessionsMissed: missed.length,
      missedByReason: byReason(missed),
      ...gapsIn(events, stays, period, sources),
      daysInPeriod: daysIn(period),
      sessionsWithoutMinutes,
    },
    sessions: held.map((entry) => ({ ...shownEntry(entry), ...remarked(entry, remarks) })),
    missed: missed.map(shownEntry),
    entries: ofType(entries, 'KeyWorkerEntryRecorded').map(shownEntry),
    meanwhile: meanwhile(record, remarks, inPeriod),
    spells: spellsOf(events)
      .filter(({ from, until }) => overlaps({ since: from, until }, period, days))
      .map(shownSpell),
    safetyAlerts: alertsIn(sources.alerts, period, days, sources.nameOfRule),
    withdrawn: record.entries.flatMap((entry) => (inPeriod(entry.occurrence.at) ? shownWithdrawn(entry) : [])),
    notKnown: caveatsOf({
      ...sources,
      events,
      remarks,
      stays,
      takeovers: takeoversIn(events),
      prisonId,
      period,
      sessionsWithoutMinutes,
      notWatched: sources.notWatched.get(prisonId) ?? new Map(),
    }),
  };
};

export type KeyWorkerHistory = ReturnType<typeof tellHistory>;

const ofType = (entries: readonly RecordEntry[], type: string): RecordEntry[] =>
  entries.filter(({ event }) => event.type === type);

const overlaps = (time: Pick<TimeInPrison, 'since' | 'until'>, { from, to }: Period, days: LocalDays): boolean =>
  days.dayOf(time.since) <= to && (time.until === undefined || days.dayOf(time.until) >= from);

const shownLegal = (legal: LegalStanding | undefined) =>
  legal ? { status: legal.status, since: toIso(legal.since) } : null;

const shownStay = ({ prisonId, since, until, arrived }: TimeInPrison) => ({
  prisonId,
  arrived,
  since: toIso(since),
  until: isoOrNull(until),
});

const shownTenure = ({ staffId, from, until, firstMet, daysUntilTheyMet, ...rest }: Tenure) => ({
  staffId: staffId ?? null,
  ...rest,
  from: toIso(from),
  until: isoOrNull(until),
  firstMet: isoOrNull(firstMet),
  daysUntilTheyMet: daysUntilTheyMet ?? null,
});

const shownSpell = ({ topic, what, from, until }: Spell) => ({
  topic,
  what,
  from: toIso(from),
  until: isoOrNull(until),
});

const isoOrNull = (instant: Instant | undefined): string | null => (instant === undefined ? null : toIso(instant));

/** What was expected is each day the pace of the prison that was to see the person on it. */
const minutesOf = (
  held: readonly RecordEntry[],
  events: readonly RecordEntry['occurrence'][],
  { prisonId, period }: { readonly prisonId: string; readonly period: Period },
  { days, paceOn }: HistorySources,
) => {
  const seen = eachDayToBeSeen(events, period, days);
  const expected = seen.map((one) => paceOn(one.prisonId, one.day));
  const pace = paceOn(prisonId, period.to);
  return {
    minutes: held.reduce((sum, { event }) => sum + Number(event.data['minutes'] ?? 0), 0),
    minutesExpected: Math.round(expected.reduce((sum, one) => sum + (one ? one.minutes / one.everyDays : 0), 0)),
    minutesAWeekExpected: pace ? Math.round((pace.minutes * 70) / pace.everyDays) / 10 : 0,
    expectedEveryDays: pace?.everyDays ?? null,
    daysToBeSeen: seen.length,
  };
};

const byReason = (missed: readonly RecordEntry[]): Record<string, number> =>
  Object.fromEntries(
    MISSED_REASONS.map((reason) => [reason, missed.filter(({ event }) => event.data['reason'] === reason).length]),
  );

const gapsIn = (
  events: readonly RecordEntry['occurrence'][],
  stays: readonly TimeInPrison[],
  period: Period,
  { days, now, paceOn }: HistorySources,
) => {
  const sessions = events.filter(({ type }) => type === 'KeyWorkerSessionHeld').map(({ at }) => at);
  const gaps = stays.flatMap((stay) =>
    gapsOf(sessions, [stay], period, days).flatMap((gap) => {
      const pace = paceOn(stay.prisonId, days.named(gap.to));
      return pace ? [{ gap, isLong: gap.days > pace.everyDays }] : [];
    }),
  );
  const last = sessions.at(-1);
  return {
    longestGap: longest(gaps.map(({ gap }) => gap)) ?? null,
    gapsOverAWeek: gaps.filter(({ isLong }) => isLong).map(({ gap }) => gap),
    lastSession: isoOrNull(last),
    daysSinceLastSession: last === undefined ? null : days.dayOf(now) - days.dayOf(last),
  };
};

const shownEntry = ({ event, knownAt }: RecordEntry) => {
  const { id, prisonId, occurredAt, recordedAt, recordedBy, data } = event;
  return { id, prisonId, occurredAt, recordedAt, knownAt: toIso(knownAt), recordedBy: recordedBy ?? null, ...data };
};

const shownWithdrawn = ({ event, occurrence, withdrawal }: RecordEntry) =>
  withdrawal
    ? [
        {
          id: event.id,
          type: event.type,
          what: nameOf(occurrence),
          prisonId: event.prisonId,
          occurredAt: event.occurredAt,
          recordedAt: event.recordedAt,
          data: event.data,
          withdrawnAt: withdrawal.occurredAt,
          reason: String(withdrawal.data['reason']),
        },
      ]
    : [];

/** What happened beside the key work, in order. What rests on a quashed charge is told, and said to be quashed. */
const meanwhile = ({ entries }: PersonRecord, remarks: Remarks, inPeriod: (at: Instant) => boolean) =>
  entries.flatMap((entry) => {
    const { event, occurrence, withdrawal, quashed, replaced } = entry;
    const topic: Topic | undefined = meanwhileTopicOf(event.type);
    if (topic === undefined || withdrawal || replaced || !inPeriod(occurrence.at)) return [];
    const { id, type, prisonId, occurredAt, recordedAt, data } = event;
    const told = { topic, what: nameOf(occurrence), id, type, prisonId, occurredAt, recordedAt, quashed, data };
    return [{ ...told, ...remarked(entry, remarks) }];
  });

type Remarks = ReturnType<typeof remarksOn>;

const remarked = ({ event }: RecordEntry, remarks: Remarks): { readonly remark?: Remark } => {
  const remark = remarks.get(event.id);
  return remark ? { remark } : {};
};
