import type { Remark } from '../../custody/whereabouts/remarks.js';
import type { LegalStatus } from '../../prison/legal-status.js';
import { missedReason } from './missed-sessions.js';
import { counted } from './plural.js';

const days = (n: number): string => counted(n, 'day');
const sessions = (n: number): string => counted(n, 'session');

const REMARKED: Readonly<Record<Remark, string>> = {
  SHOWS_RETURN: 'back, no return on record',
  SHOWS_ARRIVAL: 'arrived, no arrival on record',
  THERE_ALREADY: 'here already',
  NOT_HELD_THERE: 'not held there',
};

const LEGAL: Readonly<Record<LegalStatus, string>> = {
  REMAND: 'On remand',
  CONVICTED: 'Convicted',
  SENTENCED: 'Sentenced',
  RECALLED: 'Recalled',
  INDETERMINATE: 'Serving an indeterminate sentence',
  OTHER: 'Held by other authority',
};

/** Somebody in prison: their key work, their safety alerts, what happened. The review pack uses many of these words. */
export const person = {
  title: 'Person',
  sections: {
    overview: 'Overview',
    events: 'Full timeline',
    reviewPack: 'ACCT review pack',
    label: 'About this person',
  },
  who: {
    prisonNumber: 'Prison number',
    recordedUnder: (prisonNumber: string, day: string) =>
      `Recorded under ${prisonNumber} until ${day}; the records were merged`,
    location: 'Location',
    locationNotKnown: 'Not known',
    away: (place: string) => `${place}, temporarily away`,
    left: (prison: string) => `No longer in prison. Last in ${prison}`,
    keyWorker: 'Key worker',
    noKeyWorker: 'None allocated',
    acct: { OPEN: 'ACCT open', POST_CLOSURE: 'ACCT post-closure' },
    acctSince: (state: string, day: string) => `${state} since ${day}`,
    segregated: 'Segregated',
    age: 'Age',
    under: (years: number, day: string) => `Under ${years} until ${day}`,
    legalStatus: 'Legal status',
    legal: (status: LegalStatus, day: string) => `${LEGAL[status]} since ${day}`,
    legalNotRecorded: 'Not recorded',
    takenOver: (to: string, moment: string, from: string) =>
      `Received at ${to} on ${moment}. No departure from ${from} is recorded.`,
  },
  period: {
    legend: 'Period',
    from: 'Date from (earliest)',
    to: 'Date to (latest)',
    hint: 'For example, 20/11/2026',
    show: 'Show period',
    says: (from: string, to: string) => `${from} to ${to}`,
    notADay: (which: 'from' | 'to') => `Date ${which} must be a real date, such as 20/11/2026`,
    afterToday: (which: 'from' | 'to') => `Date ${which} must be today or in the past`,
    upsideDown: 'Date from must be the same as or before date to',
    tooLong: 'Date from must be no more than 10 years before date to',
  },
  keyWork: 'Key work',
  noHistory:
    'Your role does not include key worker history. Ask the person who looks after roles in your prison for it.',
  figures: {
    sinceLast: 'Since the last session',
    untilDeparture: 'From the last session to departure',
    never: 'No session recorded',
    untold: 'Nobody tells us of sessions here',
    days,
    lastOn: (day: string) => `Last session on ${day}`,
    longestGap: 'Longest time without a session',
    none: 'Not in prison in this period',
    between: (from: string, to: string) => `${from} to ${to}`,
    held: 'Sessions held',
    missedToo: (missed: number) => (missed === 0 ? 'None recorded as missed' : `${sessions(missed)} missed`),
    minutes: 'Minutes with the key worker',
    expected: (minutes: string, weekly: number) =>
      weekly === 0 ? `Of ${minutes} expected` : `Of ${minutes} expected, at ${weekly.toLocaleString('en-GB')} a week`,
    noScheme: 'There is no key work scheme here',
  },
  picture: {
    heading: 'The last months at a glance',
    longGap: (n: number, from: string, to: string) => `No key worker session for ${days(n)}, from ${from} to ${to}`,
    inTheGap: (n: number) =>
      n === 0 ? 'Nothing else was recorded in that time.' : `${counted(n, 'other event')} in that time.`,
    noLongGap: (n: number) => `Never more than ${days(n)} without a key worker session`,
    noSession: (n: number, last: string | undefined) =>
      last === undefined
        ? `No key worker session in the ${days(n)} of this period`
        : `No key worker session in the ${days(n)} of this period; the last was on ${last}`,
    noStay: 'Not in prison in this period',
    noScheme: 'There is no key work scheme here, so that nobody is expected to be seen',
    untold: 'Nobody tells us of key worker sessions here, so that none is recorded says nothing',
    describes: (period: string) =>
      `One time axis, ${period}. From the top: what happened, key worker sessions and the times without one, key workers, safety alerts. The same facts are in the table below the picture.`,
    paneLabel: 'Picture of the period. Scroll sideways to see all of it.',
    groups: { happened: 'What happened', keyWork: 'Key work', alerts: 'Safety alerts' },
    /** Where a bar stands for a state. */
    bars: {
      ACCT: 'ACCT (bar: open)',
      segregation: 'Segregation (bar: segregated)',
      'incentive level': 'Incentive level (bar: on Basic)',
    } as Readonly<Record<string, string>>,
    lanes: {
      gaps: (everyDays: number) => `Over ${everyDays === 7 ? 'a week' : days(everyDays)} without a session`,
      sessions: '● Session held ○ missed',
      keyWorkers: 'Key worker',
    },
    alertsKey: 'Filled: high or critical. Outlined: low or medium. Arrow: still open.',
    gapLabels: (n: number) => [`${days(n)} without a session`, days(n), String(n)],
    keyWorker: (name: string) => [name, name.split(',')[0] ?? name],
    noKeyWorker: ['No key worker', 'None'],
    spells: { 'ACCT open': 'ACCT open', segregated: 'Segregated', 'on Basic': 'On Basic' },
    nothing: (topics: string) => `Nothing recorded about this person in this period under: ${topics}.`,
    remarked: (what: string, remark: Remark) => `${what}: ${REMARKED[remark]}`,
    table: 'View the same facts as a table',
    columns: { from: 'From', until: 'Until', what: 'What', detail: 'Detail' },
    heldAt: (who: string, minutes: string) => `Session held, ${who}, ${minutes}`,
    minutes: (n: number | undefined) => (n === undefined ? 'length not recorded' : counted(n, 'minute')),
    missed: (reason: string) => `Session missed: ${reason}`,
    gap: (n: number) => `${days(n)} without a session`,
    alert: (severity: string, reason: string) => `${severity}: ${reason}`,
  },
  keyWorkers: {
    heading: 'Key workers',
    columns: { who: 'Key worker', from: 'From', until: 'Until', days: 'Days', sessions: 'Sessions', met: 'First met' },
    nobody: 'No key worker',
    ongoing: 'Now',
    met: (n: number) => (n === 0 ? 'Had met before, or on the day' : `After ${days(n)}`),
    never: 'Never met',
    notApplicable: '–',
    empty: 'No key worker was allocated in this period.',
  },
  sessions: {
    heading: 'Sessions held and missed',
    columns: { when: 'Date', what: 'Session', who: 'Key worker', minutes: 'Minutes', detail: 'Detail' },
    held: 'Held',
    missed: 'Missed',
    notRecorded: 'Not recorded',
    empty: 'No session was recorded in this period, held or missed.',
  },
  topics: {
    'key worker allocations': 'Key worker allocations',
    'key worker sessions': 'Key worker sessions',
    'missed key worker sessions': 'Missed key worker sessions',
    'key worker entries': 'Key worker entries',
    ACCT: 'ACCT',
    'self-harm': 'Self-harm',
    adjudications: 'Adjudications',
    segregation: 'Segregation',
    'incentive level': 'Incentive level',
    'family contact': 'Family contact',
    'substance misuse': 'Substance misuse',
    violence: 'Violence',
    'risk and need': 'Risk and need',
    movements: 'Movements',
  },
  missedReason,
  alerts: {
    heading: 'Safety alerts',
    columns: { what: 'Safety alert', severity: 'Severity', raised: 'Raised', closed: 'Closed' },
    stillOpen: 'Open',
    acknowledged: 'Open, acknowledged',
    empty: 'No safety alert was open in this period.',
  },
  notWatched: (n: number, prison: string) =>
    `${counted(n, 'rule is', 'rules are')} not watched in ${prison}, since nobody tells us of what ${n === 1 ? 'it needs' : 'they need'}. No safety alert of ${n === 1 ? 'it' : 'them'} is raised here.`,
  notKnown: {
    heading: 'What is not known',
    lead: 'None of this means that nothing happened.',
    nothing: 'As far as the service can tell, nothing is missing.',
    neverRecorded: (prison: string, topics: string) =>
      `Nothing was ever recorded for anybody in ${prison} about: ${topics}. There may be no source for it.`,
    notWatched: (prison: string, types: string, rules: string) =>
      `Not watched in ${prison}, since nobody tells us of ${types}: ${rules}.`,
    feed: (feed: string, moment: string) => `The source ${feed} is known to be complete only until ${moment}.`,
    silent: (feed: string, moment: string) =>
      `The source ${feed} has stopped sending: it is known to be complete only until ${moment}.`,
    neverReported: (feed: string) => `The source ${feed} is expected here, and has never reported.`,
    before: (prison: string, day: string) =>
      `The record of the time in ${prison} begins on ${day} without an arrival. What happened before is not known.`,
    noDeparture: (prison: string, moment: string) =>
      `No departure from ${prison} is recorded, though they arrived at another prison on ${moment}.`,
    noReturn: (what: string, moment: string, prison: string) =>
      `The ${what} on ${moment} shows that the person was back in ${prison}. No return is on record before it.`,
    noArrival: (what: string, moment: string, prison: string) =>
      `The ${what} on ${moment} shows that the person was in ${prison}. No arrival is on record before it.`,
    notHeld: (what: string, moment: string, prison: string) =>
      `${prison} recorded a ${what} on ${moment}. By the record it did not hold the person then, so this changes nothing.`,
    unreadable: (n: number) =>
      `This version of the service cannot read ${counted(n, 'record')}, so ${n === 1 ? 'it is' : 'they are'} not shown.`,
    importOpen: (n: number) =>
      `An import that has not finished has brought ${counted(n, 'more record')}. ${n === 1 ? 'It does' : 'They do'} not count yet, and ${n === 1 ? 'is' : 'are'} not shown.`,
    historyOpen:
      'The import of this person’s history has not finished. Until it has, no safety alert is raised about them: an empty list means nothing.',
    erased: 'Personal details up to a certain day were erased, and read “(erased)”.',
    sessionLength: (n: number) =>
      `Nobody recorded how long ${sessions(n)} lasted. ${n === 1 ? 'It counts' : 'They count'} as 0 minutes.`,
  },
  csv: 'Download the key worker history (CSV)',
};
