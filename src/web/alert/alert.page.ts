import type { Caller } from '../../access/caller.js';
import type { People } from '../../custody/people/people.js';
import type { Rule } from '../../kernel/rule.js';
import { worst } from '../../prison/severity.js';
import { ruleInWords } from '../../kernel/say/rule-in-words.js';
import { type AlertSummary, isOpenState } from '../../safety-alerts/list/alert-summary.js';
import type { AlertDetail } from '../../safety-alerts/list/read-alert.js';
import type { Json } from '../../store/event-store.js';
import { sayDate, sayMoment, sayTime } from '../frame/moments.js';
import { type EventLine, eventLine, sayStaff, type StaffNames } from '../lines/event-line.js';
import { aboutLine, type PersonLine, personLine } from '../lines/person-line.js';
import { reasonLine } from '../lines/reason-line.js';
import { english } from '../words/english.js';
import type { Useful } from '../../safety-alerts/alert/safety-alert-events.js';
import { confirmationOf } from './confirmation.js';
import { type ActionForms, actionForms, type Fault } from './forms.js';

const words = english.alert;

/** What the page of a safety alert is told from. */
export interface AlertFacts {
  readonly alert: AlertDetail;
  /** All about the same person or key worker that the reader may see. */
  readonly ofPerson: readonly AlertSummary[];
  /** As they are now. */
  readonly rules: readonly Rule[];
  readonly people: Pick<People, 'person' | 'prisonName' | 'staffName'>;
  readonly caller: Pick<Caller, 'name' | 'prisons' | 'roles'>;
  /** Whether the reader's prisons may work it. */
  readonly isTheirs: boolean;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
}

/** Everything about one safety alert, for whoever works it. */
export interface AlertPage {
  readonly id: string;
  readonly title: string;
  readonly person: PersonLine;
  /** Of a key worker: whom they have now. */
  readonly people: readonly PersonLine[];
  readonly severity: string;
  readonly state: string;
  readonly isOpen: boolean;
  /** What it is about is so now. */
  readonly isTrue: boolean;
  readonly facts: readonly { readonly label: string; readonly text: string; readonly href?: string }[];
  readonly reason: string;
  readonly expected: string;
  readonly by: string;
  readonly closes: readonly string[];
  readonly policy: readonly string[];
  readonly because: string;
  readonly rule: { readonly id: string; readonly version: number };
  readonly evidence: readonly EvidenceLine[];
  readonly history: readonly HistoryLine[];
  readonly others: readonly OtherAlert[];
  readonly forms: ActionForms;
  readonly errors: readonly { readonly text: string; readonly href: string }[];
  readonly happenedSince: readonly string[];
  readonly done: string;
}

interface EvidenceLine extends EventLine {
  /** Empty where the event cannot be shown. */
  readonly occurredAt: string;
  readonly recordedAt: string;
}

export interface HistoryLine {
  readonly what: string;
  readonly severity: string;
  readonly at: string;
  readonly by: string;
  readonly details: readonly { readonly label: string; readonly text: string }[];
}

interface OtherAlert {
  readonly href: string;
  readonly rule: string;
  readonly reason: string;
  readonly severity: string;
  readonly state: string;
  readonly raisedAt: string;
}

/**
 * @param done the action that the address says has been carried out, if it says one
 * @param fault what is wrong with what was sent, if something was
 */
export const alertPage = (facts: AlertFacts, done = '', fault?: Fault): AlertPage => {
  const { alert, rules, people, caller } = facts;
  const rule = rules.find(({ id }) => id === alert.rule);
  const inWords = rule && ruleInWords(rule);
  const staffName: StaffNames = (staffId) => people.staffName(staffId, caller.prisons);
  return {
    id: alert.id,
    title: alert.ruleName ?? alert.rule,
    severity: alert.severity,
    state: alert.state,
    isOpen: isOpenState(alert.state),
    isTrue: isOpenState(alert.state) || alert.stillTrue === true,
    person: aboutLine(alert, people, caller.prisons),
    people: (alert.prisonNumbers ?? []).map((one) => personLine(one, people, caller.prisons)),
    facts: [...standing(alert, facts.now), ...keyWorkerOf(alert, facts)],
    reason: reasonLine(alert, staffName),
    ...expectation(alert.why),
    closes: inWords?.closes ?? [],
    policy: inWords?.source ?? [],
    because: inWords?.because ?? '',
    rule: { id: alert.rule, version: alert.ruleVersion },
    evidence: alert.evidence.map((event) => evidenceLine(event, staffName)),
    history: alert.history.map((entry) => historyLine(entry, people)),
    others: facts.ofPerson.filter(({ id }) => id !== alert.id).map((other) => otherAlert(other, rules, staffName)),
    forms: actionForms(
      {
        alert,
        caller,
        isTheirs: facts.isTheirs,
        worstStep: worst(rule?.steps.map(({ level }) => level) ?? []),
        now: facts.now,
      },
      fault,
    ),
    errors: fault?.errors.map(({ field, text }) => ({ text, href: `#${fault.verb}-${field}` })) ?? [],
    happenedSince: fault?.happenedSince ?? [],
    done: confirmationOf(done, facts),
  };
};

const expectation = (why: Json): Pick<AlertPage, 'expected' | 'by'> => ({
  expected: typeof why['expected'] === 'string' ? why['expected'] : '',
  by: typeof why['by'] === 'string' ? sayDue(why['by']) : '',
});

/** What falls due at a local midnight was expected by the end of the day before it. */
const sayDue = (by: string): string =>
  sayTime(by) === '00:00' ? words.endOf(sayDate(Date.parse(by) - 1)) : sayMoment(by);

/** How it stands, a line each. */
const standing = (alert: AlertDetail, now: number): AlertPage['facts'] => {
  const { acknowledgedBy, acknowledgedAt, acknowledgeBy, closedAt, outcome, after } = alert;
  const toCome = (at: string | undefined) => (at !== undefined && Date.parse(at) > now ? sayMoment(at) : undefined);
  const [lapses, snoozed, back] = [alert.lapsesAt, alert.snoozedUntil, alert.comesBackAt].map(toCome);
  const line = (label: string, text: string | undefined, href?: string) =>
    text === undefined ? [] : [{ label, text, ...(href !== undefined && { href }) }];
  return [
    ...line(words.raised, sayMoment(alert.raisedAt)),
    ...line(words.acknowledgeBy, acknowledgeBy && sayMoment(acknowledgeBy)),
    ...line(words.owner, ownerOf(alert)),
    ...line(words.state, acknowledgedBy && words.acknowledgedBy(acknowledgedBy, sayMoment(acknowledgedAt ?? ''))),
    ...line(words.lapses, lapses && words.lapsesAt(lapses)),
    ...line(words.snoozed, snoozed && words[alert.snoozedUntilWorse ? 'snoozedUntilWorse' : 'snoozedUntil'](snoozed)),
    ...line(words.closed, closedAt && `${sayMoment(closedAt)}. ${outcome ? words.outcomes[outcome] : ''}.`),
    ...line(words.stillTrue, alert.stillTrue ? (back ? words.comesBackAt(back) : words.canReopen) : undefined),
    ...line(english.alerts.repeats, alert.repeats > 0 ? words.repeats(alert.repeats, lastRepeat(alert)) : undefined),
    ...line(words.before, after && english.alerts.open, after && `/alerts/${after}`),
  ];
};

/** What the last repeat was about, and when; when it was, where its events cannot be shown. */
const lastRepeat = ({ history, evidence }: AlertDetail): string => {
  const last = history.findLast(({ transition }) => transition === 'repeated') as HistoryEntry | undefined;
  const ids = Array.isArray(last?.['evidence']) ? last['evidence'] : [];
  const events = evidence.filter(({ id, type }) => ids.includes(id) && typeof type === 'string');
  if (events.length === 0) return last ? sayMoment(last.at) : '';
  return events
    .map((event) => evidenceLine(event, () => undefined))
    .map(({ what, occurredAt }) => `${what}, ${sayMoment(occurredAt)}`)
    .join('; ');
};

/** A name that nobody has is a typing error, and then nobody deals with it. */
const ownerOf = ({ assignedTo, assigneeKnown }: AlertDetail): string => {
  if (assignedTo === undefined) return words.nobody;
  return assigneeKnown === false ? words.neverSeen(assignedTo) : assignedTo;
};

/** Who the present key worker is, while somebody may still have to ask them. */
const keyWorkerOf = (
  { state, stillTrue, prisonNumber }: AlertDetail,
  { people, caller }: AlertFacts,
): AlertPage['facts'] => {
  const person = prisonNumber === null ? undefined : people.person(prisonNumber);
  const isHere = person?.prisonId !== undefined && caller.prisons.has(person.prisonId);
  if (!isHere || !(isOpenState(state) || stillTrue === true)) return [];
  const { keyWorker } = person;
  const text =
    keyWorker === undefined ? words.noKeyWorker : sayStaff(keyWorker, (id) => people.staffName(id, caller.prisons));
  return [{ label: words.keyWorker, text }];
};

const evidenceLine = (event: Json, staffName: StaffNames): EvidenceLine => {
  const { id, type, data, occurredAt, recordedAt } = event;
  if (typeof type !== 'string')
    return { id: String(id), what: english.lines.missing, details: [], occurredAt: '', recordedAt: '' };
  return {
    ...eventLine(String(id), type, (data ?? {}) as Json, staffName),
    occurredAt: String(occurredAt),
    recordedAt: String(recordedAt),
  };
};

type HistoryEntry = AlertDetail['history'][number] & Json;

/** What happened to the alert, who did it, and what they said. */
export const historyLine = (entry: AlertDetail['history'][number], people: Pick<People, 'prisonName'>): HistoryLine => {
  const { transition, at, by, severity, ...more } = entry as HistoryEntry & { readonly severity?: string };
  return {
    what: words.transitions[transition],
    severity: severity ?? '',
    at,
    by: by === 'custody-watch' ? english.lines.bySystem : by,
    details: [
      ...rowOf(words.reason, more['reasonCode'], words.reasonOf),
      ...(by === 'custody-watch' ? rowOf('', more['reason']) : []),
      ...rowOf(words.outcome, more['outcome'], (code) => words.outcomes[code as keyof typeof words.outcomes]),
      ...(transition === 'assigned' ? rowOf(words.to, more['to'] ?? words.nobody) : []),
      ...rowOf(words.owner, more['owner']),
      ...(transition === 'snoozed' ? rowOf(words.until, snoozeEnd(more)) : []),
      ...(transition === 'moved' ? rowOf(words.to, more['prisonId'], (prisonId) => people.prisonName(prisonId)) : []),
      ...rowOf(words.note, more['note']),
      ...rowOf(words.useful, more['useful'], (answer) => words.resolve.useful[answer as Useful]),
    ],
  };
};

const snoozeEnd = ({ until, untilWorse }: Json): string => {
  if (typeof until !== 'string') return words.worse;
  return untilWorse === true ? words.snoozedUntilWorse(sayMoment(until)) : sayMoment(until);
};

const rowOf = (label: string, value: unknown, say: (text: string) => string = (text) => text) =>
  typeof value === 'string' || typeof value === 'boolean' ? [{ label, text: say(String(value)) }] : [];

const otherAlert = (alert: AlertSummary, rules: AlertFacts['rules'], staffName: StaffNames): OtherAlert => ({
  href: `/alerts/${alert.id}`,
  rule: rules.find(({ id }) => id === alert.rule)?.name ?? alert.rule,
  reason: reasonLine(alert, staffName),
  severity: alert.severity,
  raisedAt: alert.raisedAt,
  state: words.states[alert.state],
});
