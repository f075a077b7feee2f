import type { PageOfAlerts } from '../../safety-alerts/list/list-alerts.js';
import type { ChangedAlert, Changes } from '../../safety-alerts/list/read-changes.js';
import { type HistoryLine, historyLine } from '../alert/alert.page.js';
import { type AlertRow, alertRow, type ListFacts } from '../alerts/alerts.page.js';
import { english } from '../words/english.js';
import { isOpenState } from '../../safety-alerts/list/alert-summary.js';
import type { AlertTransition } from '../../safety-alerts/alert/safety-alert-events.js';

/** In the order in which the next shift needs them. */
const GROUPS = ['critical', 'worse', 'new', 'worked', 'closed'] as const;
type GroupName = (typeof GROUPS)[number];

/** What each step makes of a safety alert. One that comes with a person is new to those who now hold them. */
const MAKES: Readonly<Record<AlertTransition, GroupName>> = {
  raised: 'new',
  moved: 'new',
  escalated: 'worse',
  repeated: 'worse',
  lapsed: 'worse',
  reopened: 'worse',
  resolved: 'closed',
  expired: 'closed',
  acknowledged: 'worked',
  noted: 'worked',
  assigned: 'worked',
  snoozed: 'worked',
};

/** All that is true of a safety alert: it may be new, have got worse and have been worked on. */
const whatIsTrueOf = (changed: ChangedAlert): ReadonlySet<GroupName> => {
  const { alert, changes } = changed;
  const isCritical = alert.severity === 'CRITICAL' && isOpenState(alert.state);
  return new Set([
    ...changes.map(({ transition }) => MAKES[transition]),
    ...(isCritical ? (['critical'] as const) : []),
    ...(isByHand(changed) ? (['worked'] as const) : []),
  ]);
};

/** The first that is true is where a safety alert is listed. */
const LISTED_FIRST: readonly GroupName[] = ['closed', 'critical', 'new', 'worse', 'worked'];

/** Where it is listed, so that it is read out once. */
const listedUnder = (holds: ReadonlySet<GroupName>): GroupName =>
  LISTED_FIRST.find((name) => holds.has(name)) ?? 'worked';

/** Of low severity and untouched, it is a worklist and no news: counted only. */
const isNews = (changed: ChangedAlert): boolean => changed.alert.severity !== 'LOW' || isByHand(changed);

const isByHand = ({ changes }: ChangedAlert): boolean => changes.some(({ by }) => by !== 'custody-watch');

const words = english.handover;

/** Safety alerts that the next shift looks at in the same way. */
export interface HandoverGroup {
  readonly name: GroupName;
  readonly heading: string;
  readonly lead: string;
  /** All of which it is true, wherever they are listed. */
  readonly count: number;
  /** Said where there are none, and empty where there are. */
  readonly empty: string;
  /** Those that are listed here, each under one heading only; the worst first. */
  readonly rows: readonly HandoverRow[];
  /** How many more would be listed here. */
  readonly left: number;
  /** Where those are that are not among the rows. */
  readonly besides: readonly string[];
}

/** A safety alert, and what has become of it since. */
interface HandoverRow extends AlertRow {
  readonly changes: readonly HistoryLine[];
}

export interface RowFacts extends Pick<ListFacts, 'people' | 'caller' | 'rules' | 'now'> {
  /** How many a group shows. */
  readonly most: number;
}

/** All that are open and critical, changed or not; the first of them, where there are very many. */
export type CriticalAlerts = Pick<PageOfAlerts, 'content' | 'totalElements'>;

/** A safety alert with all that is true of it. */
interface GroupedAlert {
  readonly changed: ChangedAlert;
  readonly holds: ReadonlySet<GroupName>;
  /** The heading under which it is listed. */
  readonly under: GroupName;
  readonly isNews: boolean;
}

/** Every count is of all of which it is true; each safety alert is listed once. */
export const grouped = (
  { content, totalElements }: Changes,
  critical: CriticalAlerts,
  facts: RowFacts,
): HandoverGroup[] => {
  const known = new Set(content.map(({ alert }) => alert.id));
  const unchanged = critical.content.filter(({ id }) => !known.has(id)).map((alert) => ({ alert, changes: [] }));
  const alerts = [...content, ...unchanged].map(toldOf);
  const isCut = totalElements > content.length;
  return GROUPS.map((name) => {
    const { heading, lead, empty } = words.groups[name];
    // All that are critical are counted, however much has changed.
    const unread = name === 'critical' ? critical.totalElements - critical.content.length : 0;
    const none = isCut && name !== 'critical' ? words.noneCounted : empty;
    const group = groupFrom(name, alerts, unread, facts);
    return { name, heading, lead, ...group, empty: group.count === 0 ? none : '' };
  });
};

const toldOf = (changed: ChangedAlert): GroupedAlert => {
  const holds = whatIsTrueOf(changed);
  return { changed, holds, under: listedUnder(holds), isNews: isNews(changed) };
};

/** @param unread how many more there are that were not read */
const groupFrom = (name: GroupName, alerts: readonly GroupedAlert[], unread: number, facts: RowFacts) => {
  const ofIt = alerts.filter(({ holds }) => holds.has(name));
  const news = ofIt.filter((one) => one.isNews);
  const here = news.filter(({ under }) => under === name);
  const rows = here.slice(0, facts.most).map(({ changed }) => handedOver(changed, facts));
  const left = here.length + unread - rows.length;
  return {
    count: ofIt.length + unread,
    rows,
    left,
    besides: [
      ...(left > 0 ? [words.first(rows.length, left)] : []),
      ...elsewhere(name, news),
      ...(ofIt.length > news.length ? [words.low(ofIt.length - news.length)] : []),
    ],
  };
};

const elsewhere = (name: GroupName, news: readonly GroupedAlert[]): string[] => {
  const others = GROUPS.filter((other) => other !== name)
    .map((other) => ({ other, n: news.filter(({ under }) => under === other).length }))
    .filter(({ n }) => n > 0)
    .map(({ other, n }) => words.under(n, words.groups[other].heading));
  return others.length > 0 ? [words.elsewhere(others.join(', '))] : [];
};

const handedOver = ({ alert, changes }: ChangedAlert, facts: RowFacts): HandoverRow => ({
  ...alertRow(alert, facts),
  changes: changes.map((entry) => historyLine(entry, facts.people)).map(inShort),
});

/** Why it was raised stands beside it already. */
const inShort = (line: HistoryLine): HistoryLine =>
  line.by === english.lines.bySystem ? { ...line, details: line.details.filter(({ label }) => label !== '') } : line;
