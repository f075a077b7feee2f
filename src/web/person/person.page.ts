import type { KeyWorkerHistory } from '../../key-work/history/key-worker-history.js';
import type { PendingEventBody } from '../../custody/pending/read-pending.js';
import { isOpenState } from '../../safety-alerts/list/alert-summary.js';
import { withoutActors } from '../lines/reason-line.js';
import { english } from '../words/english.js';
import { figuresOf } from './figures.js';
import { shownPeriod, type TypedPeriod } from './period.js';
import { ON_SCREEN } from './picture/drawing.js';
import { pictureOf } from './picture/picture.js';
import { alertRows, keyWorkerRows, notKnownSaid, sessionRows } from './tables.js';
import type { NotWatchedThere } from './person-facts.js';
import { type KnownPeople, staffNamesOf, sectionsOf, personHead } from './person-head.js';

/** What the page about somebody is made from. */
export interface PersonFacts {
  readonly prisonNumber: string;
  readonly people: KnownPeople;
  /** Nothing for those who may not read it. */
  readonly history: KeyWorkerHistory | undefined;
  readonly alerts: Parameters<typeof alertRows>[0];
  readonly maySeeAlerts: boolean;
  readonly period: TypedPeriod;
  /** What a prison tells of them while another holds them. */
  readonly pending: readonly PendingEventBody[];
  /** Nothing where all rules can be watched. */
  readonly notWatched: NotWatchedThere | undefined;
}

/** Somebody at a glance: key work and safety alerts of a period. */
export const personPage = (facts: PersonFacts) => {
  const { prisonNumber, people, history, alerts, maySeeAlerts, period, pending, notWatched } = facts;
  return {
    prisonNumber,
    who: personHead(prisonNumber, people),
    sections: sectionsOf(prisonNumber, 'overview', history !== undefined),
    errors: period.errors,
    pending: [...new Set(pending.map((one) => `${toldElsewhere(one, people)}.`))],
    period: history && shownPeriod(period, history),
    keyWork: history && keyWorkOf(history, people),
    noReturn: noReturnOf(alerts),
    alerts: alertRows(alerts, staffNamesOf(people)),
    maySeeAlerts,
    notWatched: notWatched && {
      text: english.person.notWatched(notWatched.count, people.prisonName(notWatched.prisonId)),
      href: `/prisons/${notWatched.prisonId}/watched`,
    },
    csv: history && `/prisoners/${prisonNumber}/key-work.csv?from=${history.from}&to=${history.to}`,
    noHistory: history ? undefined : english.person.noHistory,
  };
};

const toldElsewhere = ({ prisonId, prisonNumber, heldBy }: PendingEventBody, { prisonName }: KnownPeople): string =>
  english.pending.waiting.told(prisonName(prisonId), prisonNumber, heldBy === null ? undefined : prisonName(heldBy));

/** The rule that speaks where somebody is back and no return is on record. */
const NO_RETURN = 'DATA-02';

const noReturnOf = (alerts: PersonFacts['alerts']): string | undefined => {
  const open = alerts.find(({ rule, state }) => rule === NO_RETURN && isOpenState(state));
  return open && withoutActors(open.reason);
};

const keyWorkOf = (history: KeyWorkerHistory, people: KnownPeople) => {
  const staff = staffNamesOf(people);
  return {
    from: history.from,
    to: history.to,
    figures: figuresOf(history),
    picture: pictureOf(history, people, ON_SCREEN),
    keyWorkers: keyWorkerRows(history, staff),
    sessions: sessionRows(history, people),
    notKnown: notKnownSaid(history, people),
  };
};

export type PersonPage = ReturnType<typeof personPage>;
