import type { KeyWorkerHistory } from '../../../key-work/history/key-worker-history.js';
import type { Topic } from '../../../key-work/history/topics.js';
import { sayRemarked, sayStaff, type KnownNames, type StaffNames } from '../../lines/event-line.js';
import { english } from '../../words/english.js';
import { isUntold } from '../untold.js';
import { capitalised } from '../../../kernel/say/join.js';

const words = english.person.picture;
const { topics } = english.person;

/** How something is drawn. */
export type FactForm = 'event' | 'spell' | 'gap' | 'held' | 'missed' | 'keyWorker' | 'nobody' | 'alert' | 'severeAlert';

/** Something at a moment or for a time, in the picture and in the table beside it. Milliseconds since 1970-01-01T00:00:00Z. */
export interface Fact {
  readonly form: FactForm;
  readonly from: number;
  /** `open` while it goes on; nothing for a moment. */
  readonly until?: number | 'open' | undefined;
  readonly what: string;
  readonly detail: string;
  /** What may stand beside it in the picture: the first that fits, or nothing. */
  readonly labels: readonly string[];
}

/** Facts of one kind, on one line. */
export interface Lane {
  readonly label: string;
  readonly facts: readonly Fact[];
}

/** What is told above the key work, in this order. */
const HAPPENED: readonly Topic[] = [
  'ACCT',
  'self-harm',
  'segregation',
  'adjudications',
  'violence',
  'incentive level',
  'substance misuse',
  'family contact',
  'risk and need',
  'movements',
];

/** Spells say these, and a move to Basic or off it. */
const BEGINNINGS_AND_ENDS = new Set(['AcctOpened', 'AcctClosed', 'SegregationStarted', 'SegregationEnded']);

const isSaidBySpell = ({ type, data }: KeyWorkerHistory['meanwhile'][number]): boolean =>
  BEGINNINGS_AND_ENDS.has(type) ||
  (type === 'IncentiveLevelChanged' && (data['from'] === 'BASIC' || data['to'] === 'BASIC'));

const moment = (iso: string): number => Date.parse(iso);
const untilOf = (iso: string | null | undefined): number | 'open' => (iso == null ? 'open' : moment(iso));

/** One lane for each topic under which something is recorded. */
export const happenedLanes = (history: KeyWorkerHistory, names: KnownNames): Lane[] =>
  HAPPENED.map((topic) => ({
    label: words.bars[topic] ?? topics[topic],
    facts: [...spellsUnder(topic, history), ...eventsUnder(topic, history, names)],
  })).filter(({ facts }) => facts.length > 0);

/** The topics under which nothing is recorded about the person in the period. */
export const silentTopics = ({ meanwhile, spells }: KeyWorkerHistory): string[] =>
  HAPPENED.filter((topic) => ![...meanwhile, ...spells].some((one) => one.topic === topic)).map(
    (topic) => topics[topic],
  );

const spellsUnder = (topic: Topic, { spells }: KeyWorkerHistory): Fact[] =>
  spells
    .filter((spell) => spell.topic === topic)
    .map(({ what, from, until }) => ({
      form: 'spell',
      from: moment(from),
      until: untilOf(until),
      what: words.spells[what],
      detail: '',
      labels: [],
    }));

const eventsUnder = (topic: Topic, { meanwhile }: KeyWorkerHistory, names: KnownNames): Fact[] =>
  meanwhile
    .filter((event) => event.topic === topic && !event.quashed && !isSaidBySpell(event))
    .map((event) => ({
      form: 'event',
      from: moment(event.occurredAt),
      what: capitalised(event.what),
      detail: sayRemarked(event, names),
      labels: labelsOf(event),
    }));

/** What is remarked on is pointed out: a return that only this shows. */
const labelsOf = ({ what, remark }: KeyWorkerHistory['meanwhile'][number]): string[] => [
  ...(remark ? [words.remarked(capitalised(what), remark)] : []),
  capitalised(what),
];

/** Times without a session, the sessions, the key workers. */
export const keyWorkLanes = (history: KeyWorkerHistory, staff: StaffNames): Lane[] => [
  {
    label: words.lanes.gaps(history.summary.expectedEveryDays ?? 7),
    facts: isUntold(history) ? [] : history.summary.gapsOverAWeek.map(gapFact),
  },
  { label: words.lanes.sessions, facts: sessionFacts(history, staff) },
  { label: words.lanes.keyWorkers, facts: history.keyWorkers.map((tenure) => keyWorkerFact(tenure, staff)) },
];

/** Days without a time of day are drawn at noon. */
export const noonOf = (day: string): number => moment(`${day}T12:00:00Z`);

const gapFact = ({ days, from, to }: KeyWorkerHistory['summary']['gapsOverAWeek'][number]): Fact => ({
  form: 'gap',
  from: noonOf(from),
  until: noonOf(to),
  what: words.gap(days),
  detail: '',
  labels: words.gapLabels(days),
});

const sessionFacts = ({ sessions, missed }: KeyWorkerHistory, staff: StaffNames): Fact[] => [
  ...sessions.map((session): Fact => {
    const { occurredAt, staffId, minutes } = session as { occurredAt: string; staffId?: string; minutes?: number };
    const what = words.heldAt(sayStaff(staffId ?? '', staff), words.minutes(minutes));
    return { form: 'held', from: moment(occurredAt), what, detail: '', labels: [] };
  }),
  ...missed.map((session): Fact => {
    const { occurredAt, reason } = session as { occurredAt: string; reason?: string };
    const what = words.missed(reason === undefined ? '' : english.person.missedReason(reason));
    return { form: 'missed', from: moment(occurredAt), what, detail: '', labels: [] };
  }),
];

const keyWorkerFact = ({ staffId, from, until }: KeyWorkerHistory['keyWorkers'][number], staff: StaffNames): Fact => {
  const labels = staffId === null ? words.noKeyWorker : words.keyWorker(sayStaff(staffId, staff));
  return {
    form: staffId === null ? 'nobody' : 'keyWorker',
    from: moment(from),
    until: untilOf(until),
    what: labels[0] ?? '',
    detail: '',
    labels,
  };
};

/** One lane for each rule. */
export const alertLanes = ({ safetyAlerts }: KeyWorkerHistory): Lane[] =>
  [...Map.groupBy(safetyAlerts, ({ rule, ruleName }) => ruleName ?? rule)].map(([label, alerts]) => ({
    label,
    facts: alerts.map(({ severity, reason, raisedAt, closedAt }) => ({
      form: severity === 'HIGH' || severity === 'CRITICAL' ? 'severeAlert' : 'alert',
      from: moment(raisedAt),
      until: untilOf(closedAt),
      what: label,
      labels: [],
      detail: words.alert(english.frame.severity[severity], reason),
    })),
  }));
