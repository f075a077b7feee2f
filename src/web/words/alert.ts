import type { Outcome } from '../../prison/outcome.js';
import type {
  ResolveReason,
  SnoozeReason,
  AlertTransition,
  Useful,
} from '../../safety-alerts/alert/safety-alert-events.js';
import type { AlertState } from '../../safety-alerts/list/alert-summary.js';

const SNOOZE_REASONS: Readonly<Record<SnoozeReason, string>> = {
  SEEN_TODAY: 'They were spoken to today, and the session will be recorded',
  SESSION_PLANNED: 'A session is arranged',
  AWAITING_RECORD: 'It was done, and the record is on its way',
  AWAITING_OTHER_TEAM: 'We are waiting for another team',
  OTHER: 'Another reason',
};

const RESOLVE_REASONS: Readonly<Record<ResolveReason, string>> = {
  SAFEGUARD_DELIVERED_NOT_RECORDED: 'It was done, but cannot be recorded where Custody Watch would see it',
  NOT_APPLICABLE: 'The rule does not fit this person’s circumstances',
  COVERED_BY_ACCT_PLAN: 'The risk is managed in the person’s ACCT plan',
  DUPLICATE: 'Another safety alert about the same thing is being worked',
  RAISED_IN_ERROR: 'It is based on a record that is wrong',
  OTHER: 'Another reason',
};

const USEFUL: Readonly<Record<Useful, string>> = { yes: 'Yes', no: 'No', unsure: 'I am not sure' };

const TRANSITIONS: Readonly<Record<AlertTransition, string>> = {
  raised: 'Raised',
  escalated: 'Escalated',
  repeated: 'Repeated',
  moved: 'Moved with the person',
  resolved: 'Resolved',
  expired: 'Expired',
  acknowledged: 'Acknowledged',
  lapsed: 'Acknowledgement lapsed: to triage again',
  noted: 'Note added',
  assigned: 'Assigned',
  snoozed: 'Snoozed',
  reopened: 'Reopened',
};

const STATES: Readonly<Record<AlertState, string>> = {
  OPEN: 'New',
  ACKNOWLEDGED: 'Acknowledged',
  RESOLVED: 'Resolved',
  EXPIRED: 'Expired',
};

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  met: 'The safeguard was delivered, late',
  'recorded-late': 'It had been delivered in time, and was recorded late',
  ended: 'What it was about has ended',
  withdrawn: 'An event that it was based on was withdrawn or quashed',
  left: 'The person left the prison',
  manual: 'Closed by hand',
  'rule-changed': 'The rule was changed',
  merged: 'The records of two prison numbers were merged',
};

/** One safety alert. */
export const alert = {
  back: 'Safety alerts',
  severity: 'Severity',
  state: 'Status',
  raised: 'Raised',
  acknowledgeBy: 'Acknowledge by',
  owner: 'Owner',
  nobody: 'Nobody',
  keyWorker: 'Key worker',
  noKeyWorker: 'None allocated',
  snoozed: 'Snoozed',
  snoozedUntil: (at: string) => `Until ${at}`,
  snoozedUntilWorse: (at: string) => `Until it gets worse, and until ${at} at the latest`,
  worse: 'Until it gets worse',
  acknowledgedBy: (who: string, at: string) => `Acknowledged by ${who}, ${at}`,
  lapses: 'Back to triage',
  lapsesAt: (at: string) => `Not before ${at}; a session or a note may put it off`,
  closed: 'Closed',
  stillTrue: 'Closed by hand, still true',
  canReopen: 'It can be reopened.',
  comesBackAt: (at: string) => `It reopens by itself at ${at} if it is still true then.`,
  repeats: (n: number, last: string) => {
    const often = n === 1 ? 'Repeated once' : `Repeated ${n.toLocaleString('en-GB')} times`;
    return last === '' ? often : `${often}. ${n === 1 ? '' : 'Last: '}${last}`;
  },
  before: 'The previous safety alert under this rule',

  why: 'Why it was raised',
  whyNow: 'What is true now',
  expected: 'What was expected',
  by: 'By when',
  endOf: (date: string) => `The end of ${date}`,
  closes: 'What closes it',
  policy: 'What the sources say',
  rule: (id: string, version: number) => `Rule ${id}, version ${version}`,
  rests: 'What it is based on',
  restsOnNothing: 'Nothing on record: it was raised because something has not been recorded.',
  happened: 'Happened',
  recorded: 'Recorded',
  history: 'What has been done',
  others: 'Other safety alerts about this person',
  noOthers: 'There are no others.',
  allOfPerson: 'Key worker history and everything else about this person',
  note: 'Note',
  reason: 'Reason',
  outcome: 'Outcome',
  to: 'To',
  until: 'Until',
  useful: 'Was it useful?',
  written: (at: string) => `written ${at}`,

  states: STATES,
  transitions: TRANSITIONS,
  outcomes: OUTCOMES,
  reasonOf: (code: string): string => ({ ...SNOOZE_REASONS, ...RESOLVE_REASONS })[code] ?? code,

  act: 'What you can do',
  toActions: 'Go to what you can do',
  readOnly: 'You can read this safety alert. To act on it you need another role.',
  isClosed: 'This safety alert is closed. You can still add a note.',
  acknowledge: {
    heading: 'Acknowledge',
    hint: 'Tells others that you are dealing with it. If nobody owns it, you become the owner.',
    button: 'Acknowledge',
  },
  assign: {
    heading: 'Assign',
    me: 'Me',
    somebody: 'Somebody else',
    nobody: 'Nobody',
    user: 'User name',
    legend: 'Who will act?',
    button: 'Assign',
  },
  addNote: {
    heading: 'Add a note',
    label: 'Note',
    hint: 'For the next person. It is kept with the safety alert.',
    button: 'Add note',
  },
  snooze: {
    heading: 'Snooze',
    legend: 'For how long?',
    untilDate: 'Until a date',
    date: (latest: string) => `It comes back at 07:00 on this day. The latest is ${latest}.`,
    day: 'Day',
    month: 'Month',
    year: 'Year',
    untilWorse: 'Until it gets worse',
    untilWorseHint: (latest: string) => `It comes back when its severity rises, when it repeats, or on ${latest}.`,
    reasonLegend: 'Why can it wait?',
    reasons: SNOOZE_REASONS,
    critical: 'A critical safety alert cannot be snoozed.',
    button: 'Snooze',
  },
  resolve: {
    heading: 'Resolve by hand',
    hint: 'It closes by itself as soon as the safeguard is recorded. Resolve it by hand only if it will never be recorded.',
    reasonLegend: 'Why?',
    reasons: RESOLVE_REASONS,
    usefulLegend: 'Was this safety alert useful?',
    usefulHint: 'Your answer shows which rules help and which only make noise.',
    useful: USEFUL,
    button: 'Resolve',
    stillTrue: 'This is still true:',
    confirm: 'I am closing it although it is still true',
    after: 'It stays in the list “Closed by hand, still true” until it no longer is.',
  },
  reopen: {
    heading: 'Reopen',
    hint: 'What it is about is still true. Reopening puts it back in triage.',
    button: 'Reopen',
  },
  noteOptional: 'Note (optional)',
  noteOrReason: 'Note (needed with “Another reason”)',
  noteNeeded: 'Note (needed)',

  done: {
    acknowledge: 'You have acknowledged this safety alert.',
    assign: (user: string) => `The safety alert has been assigned to ${user}.`,
    assignToNobody: 'The safety alert is assigned to nobody.',
    note: 'Your note has been added.',
    snooze: 'The safety alert has been snoozed.',
    resolve: 'The safety alert has been resolved.',
    reopen: 'The safety alert has been reopened.',
  },
  errors: {
    note: 'Enter a note of at most 4,000 characters',
    noteWithOther: 'Enter a note that says what the other reason is',
    to: 'Enter a user name: letters, digits, dots, underscores, hyphens and @ only',
    whom: 'Select who will act',
    until: 'Enter a date in the future that exists, such as 27 11 2026, no later than the latest date shown',
    untilWorse: 'It has no worse step that would bring it back: enter a date',
    confirmStillTrue: 'Confirm that you are closing it although it is still true',
    noteNeeded: 'Enter a note that says why you are closing it',
    howLong: 'Select for how long',
    reasonCode: 'Select a reason',
    useful: 'Select an answer, or leave the question unanswered',
  },
  conflict: {
    title: 'Somebody else has changed this safety alert',
    since: 'Since you opened this safety alert, this has happened:',
    change: (what: string, who: string, at: string) => `${what} by ${who}, ${at}`,
    notStillTrue: 'What it was about is no longer true, or a newer safety alert is about it.',
    again: 'Nothing of yours was saved. Read it again before you decide.',
  },
};
