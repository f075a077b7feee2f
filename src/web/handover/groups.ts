import { type AlertSummary, isOpenState } from '../../safety-alerts/alert-summary.js';
import type { ChangedAlert, Changes } from '../../safety-alerts/read-changes.js';
import { type HistoryLine, historyLine } from '../alert/alert.page.js';
import { type AlertRow, alertRow, type ListFacts } from '../alerts/alerts.page.js';
import { english } from '../words/english.js';

const words = english.handover;

/** In the order in which the next shift needs them. */
const GROUPS = ['critical', 'worse', 'new', 'worked', 'closed'] as const;
type GroupName = (typeof GROUPS)[number];

/** Safety alerts that the next shift looks at in the same way, the worst first. */
export interface Group {
  readonly name: GroupName;
  readonly heading: string;
  readonly lead: string;
  readonly empty: string;
  readonly count: number;
  /** The worst of them. */
  readonly rows: readonly HandedOver[];
  /** Where all of them are listed; nothing where no more than these are. */
  readonly more: { readonly text: string; readonly href: string } | undefined;
}

/** A safety alert, and what has become of it since. */
interface HandedOver extends AlertRow {
  readonly changes: readonly HistoryLine[];
}

export type RowFacts = Pick<ListFacts, 'people' | 'caller' | 'rules' | 'now'>;

/** More than these nobody reads out at a hand-over. */
const MOST_ROWS = 25;

export interface Grouped {
  readonly groups: readonly Group[];
  /** Of low severity and untouched: counted only, they are a worklist and no news. */
  readonly low: { readonly raised: number; readonly closed: number };
}

/** @param critical all that are open and critical, changed or not */
export const grouped = (
  { since, content: changed }: Changes,
  critical: readonly AlertSummary[],
  facts: RowFacts,
): Grouped => {
  const known = new Set(changed.map(({ alert }) => alert.id));
  const unchanged = critical.filter(({ id }) => !known.has(id)).map((alert) => ({ alert, changes: [] }));
  const listed = Object.groupBy([...changed.filter(isNews), ...unchanged], groupOf);
  const rest = changed.filter((one) => !isNews(one));
  return {
    groups: GROUPS.map((name) => groupFrom(name, listed[name] ?? [], since, facts)),
    low: { raised: rest.filter(isOpen).length, closed: rest.filter((one) => !isOpen(one)).length },
  };
};

const groupFrom = (name: GroupName, changed: readonly ChangedAlert[], since: string, facts: RowFacts): Group => ({
  ...{ name, ...words.groups[name], count: changed.length },
  rows: changed.slice(0, MOST_ROWS).map((one) => handedOver(one, facts)),
  more:
    changed.length > MOST_ROWS
      ? { text: words.more(MOST_ROWS, changed.length), href: `/alerts?${LISTED[name](encodeURIComponent(since))}` }
      : undefined,
});

/** The query of the list that holds a group. */
const LISTED: Readonly<Record<GroupName, (since: string) => string>> = {
  critical: () => 'view=open&severity=CRITICAL',
  worse: () => 'view=open&escalated=true',
  new: (since) => `view=open&listedFrom=${since}`,
  worked: () => 'view=open',
  closed: () => 'view=closed',
};

const isOpen = ({ alert }: ChangedAlert): boolean => isOpenState(alert.state);

const isByHand = ({ changes }: ChangedAlert): boolean => changes.some(({ by }) => by !== 'custody-watch');

const isNews = (changed: ChangedAlert): boolean => changed.alert.severity !== 'LOW' || isByHand(changed);

const groupOf = (changed: ChangedAlert): GroupName => {
  if (!isOpen(changed)) return 'closed';
  if (changed.alert.severity === 'CRITICAL') return 'critical';
  const happened = new Set(changed.changes.map(({ transition }) => transition));
  if (happened.has('raised')) return 'new';
  return happened.has('escalated') || happened.has('repeated') ? 'worse' : 'worked';
};

const handedOver = ({ alert, changes }: ChangedAlert, facts: RowFacts): HandedOver => ({
  ...alertRow(alert, facts),
  changes: changes.map(historyLine).map(inShort),
});

/** Why it was raised stands beside it already. */
const inShort = (line: HistoryLine): HistoryLine =>
  line.by === english.told.bySystem ? { ...line, details: line.details.filter(({ label }) => label !== '') } : line;
