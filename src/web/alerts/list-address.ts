import type { AlertFilter } from '../../safety-alerts/list/alert-filter.js';
import { SORT } from '../../safety-alerts/list/alert-order.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';

export const VIEWS = ['triage', 'mine', 'open', 'still-true', 'closed'] as const;
export type View = (typeof VIEWS)[number];

const FLAGS = ['escalated', 'overdue', 'unassigned', 'snoozed'] as const;
export type Flag = (typeof FLAGS)[number];

/** What the address of the list of safety alerts says. */
export interface ListAddress {
  readonly view: View;
  readonly severity: readonly Severity[];
  /** Id, or empty for all. */
  readonly rule: string;
  readonly flags: readonly Flag[];
  /** ISO instant, or empty. */
  readonly listedFrom: string;
  readonly sort: string;
  /** From 1. */
  readonly page: number;
  /** Why what was chosen in the list was not done: `none`, `tooMany`, or empty. */
  readonly problem: string;
  /** What in the address is not known, and was left out. */
  readonly unknown: readonly string[];
}

/** ISO in UTC, as our own links have it. */
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

type Query = Readonly<Record<string, unknown>>;

/** Worst first; what is closed, latest first. */
const sortOf = (view: View): string => (view === 'closed' ? 'changedAt,desc' : 'severity,desc');

/**
 * Reads the query of the address. What is unknown is named and left out, so that an old link still leads to a list, and a
 * mistyped one never to an empty list, which would be taken for a quiet day.
 * @param rules ids of those that there are
 */
export const readAddress = (query: Query, rules: readonly string[]): ListAddress => {
  const unknown: string[] = [];
  const text = (name: string, allowed: (value: string) => boolean, otherwise: string): string => {
    const value = query[name] ?? '';
    if (value === '') return otherwise;
    if (typeof value === 'string' && allowed(value)) return value;
    unknown.push(name);
    return otherwise;
  };
  const view = text('view', (value) => VIEWS.some((one) => one === value), 'triage') as View;
  const severity = [query['severity'] ?? []].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : ['']));
  if (!severity.every(isSeverity)) unknown.push('severity');
  return {
    view,
    severity: severity.filter(isSeverity),
    rule: text('rule', (value) => rules.includes(value), ''),
    flags: FLAGS.filter((flag) => text(flag, (value) => value === 'true', '') === 'true'),
    listedFrom: text('listedFrom', (value) => INSTANT.test(value) && !Number.isNaN(Date.parse(value)), ''),
    sort: text('sort', (value) => SORT.test(value), sortOf(view)),
    page: Number(text('page', (value) => /^[1-9]\d{0,5}$/.test(value), '1')),
    problem: text('problem', (value) => value === 'none' || value === 'tooMany', ''),
    unknown,
  };
};

const isSeverity = (text: string): text is Severity => SEVERITIES.some((severity) => severity === text);

/** The link to the list at this address, with the given members changed; to the first page unless `page` is given. */
export const addressOf = (address: ListAddress, otherwise: Partial<ListAddress> = {}, path = '/alerts'): string => {
  const { view, severity, rule, flags, listedFrom, sort, page } = { ...address, page: 1, ...otherwise };
  const query = new URLSearchParams({ view });
  for (const one of severity) query.append('severity', one);
  if (rule) query.set('rule', rule);
  for (const flag of flags) query.set(flag, 'true');
  if (listedFrom) query.set('listedFrom', listedFrom);
  if (sort !== sortOf(view)) query.set('sort', sort);
  if (page > 1) query.set('page', String(page));
  return `${path}?${query.toString()}`;
};

/** Whether anything but the view narrows the list. */
export const isNarrowed = ({ severity, rule, flags, listedFrom }: ListAddress): boolean =>
  severity.length > 0 || rule !== '' || flags.length > 0 || listedFrom !== '';

/** Whether nothing that came into the list, and that nobody has taken up, is left out. */
export const showsAllThatIsNew = (address: ListAddress): boolean =>
  (address.view === 'triage' || address.view === 'open') && !isNarrowed({ ...address, listedFrom: '' });

/** What a view shows, before any filter. @param me user name of the reader */
export const filterOfView = (view: View, me: string): AlertFilter => {
  switch (view) {
    case 'triage':
      return { state: ['OPEN'], snoozed: false };
    case 'mine':
      return { state: ['OPEN', 'ACKNOWLEDGED'], assignedTo: me };
    case 'open':
      return { state: ['OPEN', 'ACKNOWLEDGED'] };
    case 'still-true':
      return { stillTrue: true };
    case 'closed':
      return { state: ['RESOLVED', 'EXPIRED'] };
  }
};

/** What the address asks for, as the query of the list takes it. */
export const filterOf = ({ view, severity, rule, flags, listedFrom }: ListAddress, me: string): AlertFilter => ({
  ...filterOfView(view, me),
  ...(severity.length > 0 && { severity }),
  ...(rule && { rule }),
  ...(listedFrom && { listedFrom }),
  ...Object.fromEntries(flags.map((flag) => [flag, true])),
});
