import { aboutOf } from '../../prison/alert-subject.js';
import { ALERT_STATES, type AlertSummary } from './alert-summary.js';
import { rank } from '../../prison/severity.js';

type Compare = (a: AlertSummary, b: AlertSummary) => number;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What lists can be sorted by, and how each compares. */
const SORTS = {
  raisedAt: (a, b) => byText(a.raisedAt, b.raisedAt),
  changedAt: (a, b) => byText(a.changedAt, b.changedAt),
  severity: (a, b) => rank(a.severity) - rank(b.severity),
  state: (a, b) => ALERT_STATES.indexOf(a.state) - ALERT_STATES.indexOf(b.state),
  rule: (a, b) => byText(a.rule, b.rule),
  prisonId: (a, b) => byText(a.prisonId, b.prisonId),
  prisonNumber: (a, b) => byText(aboutOf(a), aboutOf(b)),
} as const satisfies Record<string, Compare>;

export const SORT_FIELDS = Object.keys(SORTS);
export const SORT = new RegExp(`^(${SORT_FIELDS.join('|')})(,(asc|desc))?$`);

/**
 * How a list is sorted: `severity,desc`. Of equals the oldest comes first; in the end the id decides, so that no alert
 * is on two pages.
 */
export interface Order {
  readonly field: string;
  readonly direction: string;
}

export const orderOf = (sort: string): Order => {
  const [field = '', direction = 'asc'] = sort.split(',');
  return { field, direction };
};

const comparing = ({ field, direction }: Order): Compare => {
  const compare = SORTS[field as keyof typeof SORTS];
  const sign = direction === 'desc' ? -1 : 1;
  return (a, b) => sign * compare(a, b) || byText(a.raisedAt, b.raisedAt) || byText(a.id, b.id);
};

/** Beyond so many, or for a large part of them, sorting all is no slower. */
const FEW = 1_000;

/** The first so many in order: a page of 20 should not sort 50,000 alerts. */
export function firstInOrder(alerts: AlertSummary[], order: Order, count: number): AlertSummary[] {
  const compare = comparing(order);
  if (count > FEW || count * 4 > alerts.length) return alerts.sort(compare).slice(0, count);
  const first: AlertSummary[] = [];
  // They come in the order of the log. Where the latest are wanted, starting from the end spares most of the work.
  for (const alert of order.direction === 'desc' ? alerts.reverse() : alerts) {
    const last = first[count - 1];
    if (last && compare(alert, last) > 0) continue;
    first.splice(placeOf(alert, first, compare), 0, alert);
    if (first.length > count) first.pop();
  }
  return first;
}

/** Where it belongs among those in order. */
function placeOf(alert: AlertSummary, first: readonly AlertSummary[], compare: Compare): number {
  let [from, to] = [0, first.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const middleAlert = first[middle];
    if (middleAlert && compare(middleAlert, alert) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
