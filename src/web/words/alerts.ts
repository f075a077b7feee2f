import { counted } from './plural.js';

const REFUSALS: Readonly<Record<string, string>> = {
  ALERT_NOT_OPEN: 'Not done: it has closed',
  NO_SUCH_ALERT: 'Not done: you can no longer see it',
  STORE_UNAVAILABLE: 'Not done: the log could not be reached. Try again.',
};

const alertsCounted = (n: number): string => counted(n, 'safety alert');

/** The list of safety alerts. */
export const alerts = {
  title: 'Safety alerts',
  open: 'Open it',
  repeats: 'Repeats',
  views: {
    triage: 'To triage',
    mine: 'Mine',
    open: 'All open',
    'still-true': 'Closed by hand, still true',
    closed: 'Closed',
  },
  captions: {
    triage: 'New, not yet acknowledged, not snoozed',
    mine: 'Open and assigned to me',
    open: 'All that are open',
    'still-true': 'Closed by hand although what they are about is still true',
    closed: 'Resolved and expired',
  },
  columns: {
    person: 'Name and prison number',
    location: 'Location',
    why: 'What it is about',
    severity: 'Severity',
    raised: 'Raised',
    status: 'Status and owner',
  },
  sortedBy: (column: string) => `Sort by ${column.toLowerCase()}`,
  select: (name: string, prisonNumber: string, rule: string) =>
    `Select ${rule} for ${[name, prisonNumber].filter((part) => part !== '').join(', ')}`,
  selectAll: 'Select all on this page',
  owner: (who: string) => `with ${who}`,
  by: (who: string) => `by ${who}`,
  noOwner: 'unassigned',
  overdue: 'Overdue',
  escalated: 'Escalated',
  snoozedUntil: (at: string) => `Snoozed until ${at}`,
  snoozedUntilWorse: (at: string) => `Snoozed until it gets worse, ${at} at the latest`,
  comesBackAt: (at: string) => `Comes back ${at}`,

  filter: {
    heading: 'Filter',
    severity: 'Severity',
    rule: 'Rule',
    allRules: 'All rules',
    more: 'Show only',
    escalated: 'Escalated',
    overdue: 'Overdue',
    unassigned: 'Unassigned',
    snoozed: 'Snoozed',
    listedFrom: (at: string) => `New since ${at}`,
    apply: 'Apply filters',
    clear: 'Clear filters',
    selected: 'Selected filters',
    remove: (what: string) => `Remove filter ${what}`,
  },
  search: {
    label: 'Find a person',
    hint: 'Prison number or name',
    button: 'Search',
    none: 'Nobody found',
    noneFor: 'Nobody in your prisons has this prison number or name.',
    refine: 'Check the spelling, or enter the whole prison number. People who have left your prisons are not listed.',
    many: (n: number) => `${counted(n, 'person', 'people')} found`,
    most: 'Only the first 100 are shown. Enter more of the name.',
    tooShort: 'Enter a prison number, or at least two letters of a name',
    title: 'Find a person',
  },

  results: (n: number) => alertsCounted(n),
  showing: (from: number, to: number, total: number) => `Showing ${from} to ${to} of ${alertsCounted(total)}`,
  csv: 'Download this list (CSV)',
  csvOfFirst: (n: number) => `Download the first ${alertsCounted(n)} of this list (CSV)`,
  live: {
    /** The script puts the number in. */
    one: '1 new safety alert.',
    several: '{n} new safety alerts.',
    over: 'This page no longer says when there are new safety alerts.',
    show: 'Show them',
  },
  empty: {
    triage: 'Nothing to triage: every safety alert that is open has been acknowledged or snoozed.',
    mine: 'No open safety alert is assigned to you.',
    open: 'No safety alert is open.',
    'still-true': 'Nothing that was closed by hand is still true.',
    closed: 'No safety alert has been closed yet.',
    filtered: 'No safety alerts match these filters.',
  },
  bulk: {
    acknowledge: 'Acknowledge selected',
    assign: 'Assign selected',
    none: 'Select a safety alert',
    tooMany: 'Select at most 100 safety alerts',
    confirm: {
      acknowledge: (n: number) => `Acknowledge ${alertsCounted(n)}?`,
      assign: (n: number) => `Assign ${alertsCounted(n)}?`,
    },
    button: { acknowledge: 'Acknowledge', assign: 'Assign' },
    cancel: 'Cancel',
    whom: 'Who will act?',
    me: 'Me',
    somebody: 'Somebody else',
    user: 'User name',
    result: {
      title: 'Result',
      done: { acknowledge: 'Acknowledged', assign: 'Assigned' },
      heading: (done: number, total: number) => `${done} of ${total} done`,
      columns: { alert: 'Safety alert', result: 'Result' },
      refused: (code: string) => REFUSALS[code] ?? 'Not done. Open the safety alert to see why.',
      back: 'Back to the list',
    },
  },
  errors: {
    unknown: (name: string) => `The filter “${name}” in the address is not known, so it was left out`,
  },
};
