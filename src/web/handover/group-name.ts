import { isOpenState } from '../../safety-alerts/list/alert-summary.js';
import type { ChangedAlert } from '../../safety-alerts/list/read-changes.js';
import type { Transition } from '../../safety-alerts/alert/safety-alert-events.js';

/** In the order in which the next shift needs them. */
export const GROUPS = ['critical', 'worse', 'new', 'worked', 'closed'] as const;
export type GroupName = (typeof GROUPS)[number];

/** What each step makes of a safety alert. One that comes with a person is new to those who now hold them. */
const MAKES: Readonly<Record<Transition, GroupName>> = {
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
export const whatIsTrueOf = (changed: ChangedAlert): ReadonlySet<GroupName> => {
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
export const listedUnder = (holds: ReadonlySet<GroupName>): GroupName =>
  LISTED_FIRST.find((name) => holds.has(name)) ?? 'worked';

/** Of low severity and untouched, it is a worklist and no news: counted only. */
export const isNews = (changed: ChangedAlert): boolean => changed.alert.severity !== 'LOW' || isByHand(changed);

const isByHand = ({ changes }: ChangedAlert): boolean => changes.some(({ by }) => by !== 'custody-watch');
