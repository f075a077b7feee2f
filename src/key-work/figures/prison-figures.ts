import type { Definition } from '../../answers/definition.js';
import { toIso } from '../../prison/instant.js';
import { isoDate } from '../../prison/local-days.js';
import { daysIn, type Period } from '../period.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import { accounts } from './accounts.js';
import { DEFINITIONS } from './definitions.js';
import { byKeyWorker } from './by-key-worker.js';
import type { FigureSources } from './key-work-figures.js';
import { asKeyworkerApi } from './keyworker-api.js';
import { dueOf, type DueSources, longestGapOf, oneDecimal } from './measures.js';
import { MISSED_REASONS } from '../../prison/missed-session.js';

/** A figure with what it means. */
type DefinedFigure<T extends object> = T & Definition;

/** How key work is delivered in a prison: what happened in a period, and how things stand now. Zeros are shown. */
export const tellFigures = (prisonId: string, period: Period, { figures, days, now }: FigureSources) => {
  const people = figures.peopleIn(prisonId);
  return {
    prisonId,
    from: isoDate(period.from),
    to: isoDate(period.to),
    daysInPeriod: daysIn(period),
    inPeriod: inPeriod(prisonId, period, figures),
    asAt: toIso(now),
    now: standNow(prisonId, people, { figures, days, now }),
    keyWorkers: { ...DEFINITIONS.keyWorkers, content: byKeyWorker(prisonId, period, { figures, days, now }) },
    keyworkerApi: asKeyworkerApi(figures, prisonId, period),
  };
};

export type PrisonFigures = ReturnType<typeof tellFigures>;

/** What happened in a period. */
export const inPeriod = (prisonId: string, period: Period, sources: DueSources) => {
  const { ledger } = sources;
  const { days: daysToBeSeen, sessions: due } = dueOf(accounts.toBeSeen(prisonId), prisonId, period, sources);
  const held = ledger.total(accounts.held(prisonId), period);
  const byReason = Object.fromEntries(
    MISSED_REASONS.map((reason) => [reason, ledger.total(accounts.missed(prisonId, reason), period)]),
  );
  const missed = Object.values(byReason).reduce((sum, count) => sum + count, 0);
  return {
    daysToBeSeen: figure('daysToBeSeen', { value: daysToBeSeen }),
    sessionsDue: figure('sessionsDue', { value: oneDecimal(due) }),
    sessionsHeld: figure('sessionsHeld', { value: held }),
    delivered: figure('delivered', { value: daysToBeSeen === 0 ? null : oneDecimal((held * 100) / due) }),
    sessionsMissed: figure('sessionsMissed', { value: missed, byReason }),
  };
};

/** The people whom a prison holds: nobody is to be seen where there is no key work scheme. */
export const standNow = (prisonId: string, held: readonly Whereabouts[], { figures, days, now }: FigureSources) => {
  const people = figures.frequency.weeksOn(prisonId, days.dayOf(now)) === undefined ? [] : held;
  const bands = figures.bandsIn(prisonId, now);
  const toBeSeen = people.filter(({ eligible, away }) => eligible && !away);
  const count = (matches: (one: Whereabouts) => boolean): number => people.filter(matches).length;
  return {
    neverSeen: figure('neverSeen', {
      value: count(({ neverSeen }) => neverSeen),
      byDaysSinceArrival: bands.neverSeen(people, now),
    }),
    notKnownWhetherSeen: figure('notKnownWhetherSeen', {
      value: count(({ eligible, lastSession, arrived }) => eligible && lastSession === undefined && !arrived),
    }),
    overdue: figure('overdue', {
      value: count((one) => bands.isOverdue(one, now)),
      byDaysSinceSession: bands.overdue(people, now),
    }),
    longestGap: figure('longestGap', { value: longestGapOf(toBeSeen, now, days) }),
    withoutKeyWorker: figure('withoutKeyWorker', {
      value: toBeSeen.filter(({ keyWorker }) => keyWorker === undefined).length,
    }),
  };
};

const figure = <T extends object>(name: keyof typeof DEFINITIONS, value: T): DefinedFigure<T> => ({
  ...value,
  ...DEFINITIONS[name],
});
