import type { Caller } from '../../access/caller.js';
import type { People } from '../../custody/people/people.js';
import type { PageOfAlerts as AlertsFound } from '../../safety-alerts/list/list-alerts.js';
import type { AlertSummary } from '../../safety-alerts/list/alert-summary.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';
import { sayMoment } from '../frame/moments.js';
import { aboutLine, type PersonLine } from '../lines/person-line.js';
import { reasonLine } from '../lines/reason-line.js';
import { english } from '../words/english.js';
import { addressOf, type ListAddress, type Flag, isNarrowed, type View, VIEWS } from './list-address.js';
import type { ToldTwiceNotice } from '../pending/pending-reader.js';
import { type PageLinks, pageLinks } from './page-links.js';

const words = english.alerts;

/** What a download holds at most: the list as it is shown, all pages of it. */
export const MOST_IN_A_FILE = 50_000;

/** What the list is told from. */
export interface ListFacts {
  readonly address: ListAddress;
  readonly found: AlertsFound;
  /** How many there are in each view. */
  readonly counts: Readonly<Record<View, number>>;
  readonly rules: readonly { readonly id: string; readonly name: string }[];
  readonly people: Pick<People, 'person' | 'prisonName' | 'staffName'>;
  readonly caller: Pick<Caller, 'roles' | 'prisons'>;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** Of people whom two prisons tell of. */
  readonly toldTwice: ToldTwiceNotice | undefined;
  /** Said where the list is empty: that it is quiet, and not broken. */
  readonly reassurance: string;
  /** Where what is new is told. */
  readonly stream: string;
}

/** The list of safety alerts, as whoever triages them needs it. */
export interface AlertsPage {
  readonly view: View;
  readonly toldTwice: ToldTwiceNotice | undefined;
  readonly caption: string;
  readonly tabs: readonly { readonly text: string; readonly href: string; readonly active: boolean }[];
  readonly columns: readonly Column[];
  readonly rows: readonly AlertRow[];
  readonly mayAct: boolean;
  readonly filters: Filters;
  readonly showing: string;
  readonly pages: PageLinks;
  readonly csv: { readonly href: string; readonly text: string };
  readonly empty: readonly string[];
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  readonly here: string;
  /** Where what is new is told, from what is shown on. */
  readonly stream: string;
}

interface Column {
  readonly text: string;
  /** Nothing where the list cannot be sorted by it. */
  readonly href: string;
  readonly sorted: 'ascending' | 'descending' | 'none';
}

export interface AlertRow {
  readonly id: string;
  readonly href: string;
  readonly person: PersonLine;
  /** What is to be seen of it here: goes along where something is done to it. */
  readonly revision: number;
  /** Empty where it is about a key worker. */
  readonly prisonNumber: string;
  readonly rule: string;
  readonly reason: string;
  readonly severity: Severity;
  readonly severityText: string;
  /** What a box beside it is for. */
  readonly selectText: string;
  readonly raisedAt: string;
  readonly state: string;
  readonly stateText: string;
  readonly owner: string;
  /** What is to be seen at once: overdue, escalated, snoozed. */
  readonly flags: readonly string[];
}

interface Filters {
  readonly severities: readonly { readonly value: string; readonly text: string; readonly checked: boolean }[];
  readonly rules: readonly { readonly value: string; readonly text: string; readonly selected: boolean }[];
  readonly flags: readonly { readonly value: string; readonly text: string; readonly checked: boolean }[];
  readonly listedFrom: string;
  /** Those that are set, each with the address without it. */
  readonly set: readonly { readonly text: string; readonly href: string }[];
  readonly clear: string;
}

/** Nothing that can be done to many at once: they are closed. */
const OVER: readonly View[] = ['still-true', 'closed'];

export const alertsPage = (facts: ListFacts): AlertsPage => {
  const { address, found, caller } = facts;
  return {
    view: address.view,
    toldTwice: facts.toldTwice,
    caption: words.captions[address.view],
    tabs: VIEWS.map((view) => ({
      text: `${words.views[view]} (${facts.counts[view].toLocaleString('en-GB')})`,
      href: `/alerts?view=${view}`,
      active: view === address.view,
    })),
    columns: columns(address),
    rows: found.content.map((alert) => alertRow(alert, facts)),
    mayAct: caller.roles.has('ROLE_CUSTODY_WATCH__ALERTS__RW') && !OVER.includes(address.view),
    filters: filters(facts),
    ...paging(facts),
    csv: { href: addressOf(address, {}, '/alerts.csv'), text: csvText(found) },
    empty: [isNarrowed(address) ? words.empty.filtered : words.empty[address.view], facts.reassurance],
    errors: errorsIn(address),
    here: addressOf(address, { page: found.number + 1 }),
    stream: facts.stream,
  };
};

/** Nobody must take a part of the list for all of it. */
const csvText = ({ totalElements }: AlertsFound): string =>
  totalElements > MOST_IN_A_FILE ? words.csvOfFirst(MOST_IN_A_FILE) : words.csv;

const errorsIn = ({ unknown, problem }: ListAddress): AlertsPage['errors'] => [
  ...(problem === 'none' ? [{ text: words.bulk.none, href: '#list' }] : []),
  ...(problem === 'tooMany' ? [{ text: words.bulk.tooMany, href: '#list' }] : []),
  ...unknown.map((name) => ({ text: words.errors.unknown(name), href: '#filter' })),
];

const paging = ({ address, found }: ListFacts): Pick<AlertsPage, 'showing' | 'pages'> => {
  const first = found.number * found.size + 1;
  return {
    showing: words.showing(first, first + found.numberOfElements - 1, found.totalElements),
    pages: pageLinks(found.number + 1, found.totalPages, (page) => addressOf(address, { page })),
  };
};

const columns = (address: ListAddress): Column[] => [
  column(words.columns.person, address, 'prisonNumber'),
  column(words.columns.location, address, 'prisonId'),
  column(words.columns.why, address, 'rule'),
  column(words.columns.severity, address, 'severity'),
  column(words.columns.raised, address, 'raisedAt'),
  column(words.columns.status, address, 'state'),
];

/** A click on a column sorts by it; on the one that sorts already, the other way round. Worst and latest come first. */
const column = (text: string, address: ListAddress, field: string): Column => {
  const [sortedBy, direction = 'asc'] = address.sort.split(',');
  const first = field === 'severity' || field === 'raisedAt' ? 'desc' : 'asc';
  const other = direction === 'asc' ? 'desc' : 'asc';
  const isSorted = sortedBy === field;
  return {
    text,
    href: addressOf(address, { sort: `${field},${isSorted ? other : first}` }),
    sorted: isSorted ? (direction === 'asc' ? 'ascending' : 'descending') : 'none',
  };
};

export const alertRow = (
  alert: AlertSummary,
  { people, caller, rules, now }: Pick<ListFacts, 'people' | 'caller' | 'rules' | 'now'>,
): AlertRow => {
  const { id, severity, raisedAt, state, revision } = alert;
  const person = aboutLine(alert, people, caller.prisons);
  const rule = rules.find((one) => one.id === alert.rule)?.name ?? alert.rule;
  return {
    id,
    href: `/alerts/${id}`,
    person,
    revision,
    prisonNumber: person.prisonNumber,
    rule,
    reason: reasonLine(alert, (staffId) => people.staffName(staffId, caller.prisons)),
    severity,
    raisedAt,
    state,
    severityText: english.frame.severity[severity],
    selectText: words.select(person.name, person.prisonNumber, rule),
    stateText: english.alert.states[state],
    owner: ownerOf(alert),
    flags: flagsOf(alert, now),
  };
};

/** Who acknowledges says that they have it, unless somebody else is to. */
const ownerOf = ({ assignedTo, acknowledgedBy }: AlertSummary): string => {
  if (assignedTo !== undefined) return words.owner(assignedTo);
  return acknowledgedBy === undefined ? words.noOwner : words.by(acknowledgedBy);
};

const flagsOf = (
  { acknowledgeBy, escalatedAt, snoozedUntil, snoozedUntilWorse, comesBackAt }: AlertSummary,
  now: number,
): string[] => [
  ...(acknowledgeBy !== undefined && Date.parse(acknowledgeBy) <= now ? [words.overdue] : []),
  ...(escalatedAt === undefined ? [] : [words.escalated]),
  ...(snoozedUntil !== undefined && Date.parse(snoozedUntil) > now
    ? [words[snoozedUntilWorse ? 'snoozedUntilWorse' : 'snoozedUntil'](sayMoment(snoozedUntil))]
    : []),
  ...(comesBackAt === undefined ? [] : [words.comesBackAt(sayMoment(comesBackAt))]),
];

const FLAGS: readonly Flag[] = ['overdue', 'escalated', 'unassigned', 'snoozed'];

const filters = ({ address, rules }: ListFacts): Filters => ({
  severities: [...SEVERITIES].reverse().map((value) => ({
    value,
    text: english.frame.severity[value],
    checked: address.severity.includes(value),
  })),
  rules: [
    { value: '', text: words.filter.allRules, selected: address.rule === '' },
    ...rules.map(({ id, name }) => ({ value: id, text: `${id} ${name}`, selected: id === address.rule })),
  ],
  flags: FLAGS.map((value) => ({ value, text: words.filter[value], checked: address.flags.includes(value) })),
  listedFrom: address.listedFrom,
  set: [
    ...address.severity.map((one) => ({
      text: english.frame.severity[one],
      href: addressOf(address, { severity: address.severity.filter((other) => other !== one) }),
    })),
    ...(address.rule ? [{ text: address.rule, href: addressOf(address, { rule: '' }) }] : []),
    ...address.flags.map((one) => ({
      text: words.filter[one],
      href: addressOf(address, { flags: address.flags.filter((other) => other !== one) }),
    })),
    ...(address.listedFrom
      ? [{ text: words.filter.listedFrom(sayMoment(address.listedFrom)), href: addressOf(address, { listedFrom: '' }) }]
      : []),
  ],
  clear: `/alerts?view=${address.view}`,
});
