import { capitalised } from '../../kernel/say/join.js';

/** The words in which pages say what happened. */

/** Labels for members of custody events whose own name is not plain. */
const LABELS: Readonly<Record<string, string>> = {
  minutes: 'Minutes',
  inPrivate: 'In private',
  interpreterUsed: 'With an interpreter',
  targetsSet: 'Targets set',
  noteRef: 'Case note',
  chargeNumber: 'Charge',
  days: 'Days',
  nextReviewDue: 'Next review due',
  keyWorkerInvited: 'Key worker invited',
  keyWorkerAttended: 'Key worker attended',
  keyWorkerContributed: 'Key worker contributed',
  authorisedUntil: 'Authorised until',
  exceptionalCircumstances: 'Exceptional circumstances',
  decidedBy: 'Decided by',
  code: 'Risk marker',
  fit: 'Fit for segregation',
  removedPrisonNumber: 'Number merged into this one',
  withdraws: 'Withdraws',
};

/** Words for codes that are not plain once they are spelt out. */
const CODES: Readonly<Record<string, string>> = {
  DIED: 'Died',
  LOW: 'Low',
  HIGH: 'High',
  MOOD: 'Mood',
  GOOD: 'Good',
  POOR: 'Poor',
  RULE_45_GOOD_ORDER: 'Rule 45, good order',
  RULE_45_OWN_PROTECTION: 'Rule 45, own protection',
  RULE_53_AWAITING_HEARING: 'Rule 53, awaiting hearing',
};

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/** Lines about events and people. */
export const lines = {
  label: (member: string): string =>
    LABELS[member] ?? capitalised(member.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)),
  /** `STAFF_NOT_AVAILABLE` as `Staff not available`; an abbreviation stays one. */
  code: (code: string): string =>
    CODES[code] ?? (code.length > 4 && CODE.test(code) ? capitalised(code.toLowerCase().replaceAll('_', ' ')) : code),
  /** What an event says of where somebody was. */
  remarks: {
    SHOWS_RETURN: () => 'This shows that the person was back. No return was on record by then',
    SHOWS_ARRIVAL: (prison: string) =>
      `This shows that the person had arrived in ${prison}. No arrival was on record by then`,
    THERE_ALREADY: (prison: string) => `By the record the person was in ${prison} already, so this changes nothing`,
    NOT_HELD_THERE: (prison: string) => `By the record ${prison} did not hold the person then, so this changes nothing`,
  },
  yes: 'Yes',
  no: 'No',
  staff: 'Staff',
  erased: 'Erased',
  noName: 'Name not known',
  keyWorker: (name: string): string => `Key worker ${name}`,
  prison: 'The prison as a whole',
  feed: (name: string): string => `Feed ${name}`,
  acctOpen: 'ACCT open',
  acctPostClosure: 'ACCT post-closure',
  segregated: 'Segregated',
  away: 'Away from the prison',
  withdrawn: 'Withdrawn',
  missing: 'This record cannot be shown. It may have been erased, or belong to another prison.',
  bySystem: 'Custody Watch',
};
