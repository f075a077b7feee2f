import {
  day,
  decimal,
  instant,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  orNull,
  type Schema,
  text,
  whole,
  yesNo,
} from '../../answers/schema.js';
import { ALERT_STATES } from '../../safety-alerts/list/alert-summary.js';
import { LEGAL_STATUSES } from '../../prison/legal-status.js';
import { SEVERITIES } from '../../prison/severity.js';
import { FORMER_NUMBERS } from '../former-numbers.js';
import { REMARK } from '../remark-schema.js';
import type { Gap } from './gaps.js';
import type { KeyWorkerHistory } from './key-worker-history.js';
import type { Caveat } from './caveats.js';
import type { Deed, AlertInPeriod } from './safety-alerts.js';
import { TOPICS } from './topics.js';
import { OUTCOMES } from '../../prison/outcome.js';

type SectionItem<Section extends keyof KeyWorkerHistory> = KeyWorkerHistory[Section] extends readonly (infer Item)[]
  ? Item
  : never;

const DATA = mapOf(true, 'As in POST /custody-events');

/** What every entry of the record has. */
const RECORDED = {
  id: text('Of the custody event'),
  prisonId: text('The prison responsible at that moment'),
  occurredAt: instant('When it happened, as the source wrote it'),
  recordedAt: instant('When the source recorded it, as it wrote that'),
};

const gap = objectOf<Gap>({
  days: whole('Local days without a session'),
  from: day('First day'),
  begins: text('With what: session, arrival, start of the period'),
  to: day('Last day'),
  ends: text('With what: session, departure, end of the period'),
});

/** With the members of the event's own data beside them. */
const entry: Schema = {
  ...objectOf({ ...RECORDED, knownAt: instant('When this log learned of it'), recordedBy: orNull(text('User name')) }),
  additionalProperties: true,
};

const legalStatus = objectOf<NonNullable<KeyWorkerHistory['legalStatus']>>({
  status: oneOf(LEGAL_STATUSES, 'As last told in this custody'),
  since: instant('When it was first told so'),
});

const stay = objectOf<SectionItem<'stays'>>({
  prisonId: text('Where'),
  arrived: yesNo('Known from its first day on'),
  since: instant('From then'),
  until: orNull(instant('Until then; null: it goes on')),
});

const tenure = objectOf<SectionItem<'keyWorkers'>>({
  staffId: orNull(text('null: a gap, in which there was no key worker')),
  prisonId: text('Where'),
  from: instant('From then'),
  until: orNull(instant('Until then; null: it goes on')),
  days: whole('Local days, up to now where it goes on'),
  sessions: whole('Held with the person in that time'),
  firstMet: orNull(instant('Their first session in this stay; null: they never met')),
  daysUntilTheyMet: orNull(whole('From the allocation; 0 where they had met before')),
});

const summary = objectOf<KeyWorkerHistory['summary']>({
  sessionsHeld: whole('In the period'),
  sessionsMissed: whole('In the period'),
  missedByReason: mapOf(whole('How many'), 'By reason, zeros shown'),
  sessionsWithoutMinutes: whole('Held, of unknown length'),
  minutes: whole('Recorded, of all sessions'),
  minutesExpected: whole(
    'For every day on which the person was to be seen, at the pace of the prison that was to see them',
  ),
  minutesAWeekExpected: decimal('At the pace of the prison that holds the person; 0: none'),
  expectedEveryDays: orNull(
    whole(
      'In how many days that prison is to see everybody once; null: no key work scheme, or nobody tells of sessions',
    ),
  ),
  daysToBeSeen: whole('Days of the period on which the person was eligible and not away'),
  daysInPeriod: whole('Both ends included'),
  longestGap: orNull(gap),
  gapsOverAWeek: listOf(gap, 'Longer than the prison is to see everybody once in, a week if it says nothing; in order'),
  lastSession: orNull(instant('null: none is known')),
  daysSinceLastSession: orNull(whole('Local days, up to now')),
});

const between = objectOf<SectionItem<'meanwhile'>>(
  {
    topic: oneOf(Object.keys(TOPICS), 'Under which a case review asks for it'),
    what: text('In the words that staff use'),
    type: text('Of the custody event'),
    ...RECORDED,
    quashed: yesNo('Rests on a charge that was quashed'),
    data: DATA,
    remark: REMARK,
  },
  ['remark'],
);

const spell = objectOf<SectionItem<'spells'>>({
  topic: oneOf(Object.keys(TOPICS), 'Under which a case review asks for it'),
  what: oneOf(['ACCT open', 'segregated', 'on Basic'], 'What went on'),
  from: instant('From then; it may lie before the period'),
  until: orNull(instant('Until then; null: it goes on')),
});

const deed = objectOf<Deed>({
  what: text('raised, escalated, acknowledged, resolved and the like'),
  at: instant('When'),
  by: text('User name, or custody-watch where the log decided'),
  more: mapOf(true, 'What else is known of it: reason, outcome, note and the like'),
});

const alert = objectOf<AlertInPeriod>(
  {
    id: text('Of the safety alert'),
    rule: text('Such as KW-01'),
    ruleName: text('In plain words'),
    prisonId: text('Of the alert now'),
    severity: oneOf(SEVERITIES, 'The highest step reached'),
    state: oneOf(ALERT_STATES, 'Now'),
    reason: text('One sentence'),
    raisedAt: instant('When'),
    closedAt: instant('When; absent while it is open'),
    outcome: oneOf(OUTCOMES, 'What closed it; absent while it is open'),
    done: listOf(deed, 'What was done about it, in order'),
  },
  ['ruleName', 'closedAt', 'outcome'],
);

const withdrawn = objectOf<SectionItem<'withdrawn'>>({
  what: text('In the words that staff use'),
  type: text('Of the custody event'),
  ...RECORDED,
  data: DATA,
  withdrawnAt: instant('When'),
  reason: text('Why'),
});

const notKnown = objectOf<Caveat>(
  {
    code: text('Such as FEED_SILENT'),
    about: text('A topic, a rule, a feed, a prison, the record'),
    says: text('In words'),
    until: instant('Of a feed: complete until then'),
    since: instant(
      'Of a stay: its record begins then; of a departure: when they arrived elsewhere; else: when it happened',
    ),
    what: text('Of a return, an arrival or somebody not held there: what says so; of a rule: what nobody tells of'),
    ruleName: text('Of a rule that is not watched, in plain words'),
    count: whole('Of records and sessions: how many'),
  },
  ['until', 'since', 'what', 'ruleName', 'count'],
);

export const HISTORY_SCHEMA: Schema = objectOf<KeyWorkerHistory>({
  prisonNumber: text('The number that was kept, such as A1234BC'),
  formerNumbers: FORMER_NUMBERS,
  prisonId: text('The prison that holds the person'),
  from: day('First day of the period'),
  to: day('Last day of the period'),
  preparedAt: instant('When this was put together'),
  position: text('Of the last record about the person in the log'),
  legalStatus: orNull(legalStatus),
  stays: listOf(stay, 'When the person was in which prison'),
  keyWorkers: listOf(tenure, 'In order, gaps included'),
  summary,
  sessions: listOf(entry, 'Held'),
  missed: listOf(entry, 'Missed, and why'),
  entries: listOf(entry, 'Notes that are no sessions'),
  meanwhile: listOf(between, 'What happened in between'),
  spells: listOf(spell, 'What went on for a time: an open ACCT, segregation, Basic'),
  safetyAlerts: listOf(alert, 'Those open in the period, and what was done about them'),
  withdrawn: listOf(withdrawn, 'Recorded, and withdrawn since: counted nowhere'),
  notKnown: listOf(notKnown, 'What must not be taken for "nothing happened"'),
});
