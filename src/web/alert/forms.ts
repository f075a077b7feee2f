import type { Caller } from '../../access/caller.js';
import { type AlertSummary, isOpenState } from '../../safety-alerts/list/alert-summary.js';
import { DAY, toIso } from '../../prison/instant.js';
import { isWorse, type Severity } from '../../prison/severity.js';
import { longestSnooze, needsConfirmation } from '../../safety-alerts/alert/terms.js';
import { type Verb, VERBS } from '../../safety-alerts/http/actions.js';
import { sayDate, sayMoment, sayTime } from '../frame/moments.js';
import { english } from '../words/english.js';

const words = english.alert;

/** When snoozed alerts come back: before the morning meeting, local time of the prison. */
export const MORNING = 7;

/** What somebody sent by a form, member by member. */
export type SentForm = Readonly<Record<string, string | undefined>>;

/** Why what was sent was not done. */
export interface Fault {
  readonly verb: Verb;
  readonly sent: SentForm;
  readonly errors: readonly { readonly field: string; readonly text: string }[];
  /** What others did meanwhile. */
  readonly happenedSince: readonly string[];
  /** Of the answer. */
  readonly status: 400 | 409;
}

/** Which forms are offered, with what was typed last and what is wrong with it. */
export interface ActionForms {
  readonly mayAct: boolean;
  readonly offered: readonly Verb[];
  /** The form with a mistake in it stands open. */
  readonly open: string;
  readonly sent: SentForm;
  readonly faults: Readonly<Record<string, string>>;
  /** What was to be seen of the alert when the page was made: goes along with every form. */
  readonly seen: number;
  readonly snoozeReasons: readonly Choice[];
  readonly resolveReasons: readonly Choice[];
  readonly useful: readonly Choice[];
  /** The last day that a snooze may end on; the last moment of one until it gets worse. */
  readonly snoozeLatest: { readonly day: string; readonly moment: string };
  /** It has a worse step that would bring it back. */
  readonly maySnoozeUntilWorse: boolean;
  /** A resolve must say why in a note. */
  readonly needsNote: boolean;
  /** Whoever resolves it has been told what is still so, and is to confirm. */
  readonly asksToConfirm: boolean;
}

interface Choice {
  readonly value: string;
  readonly text: string;
}

const choices = (texts: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(texts).map(([value, text]) => ({ value, text }));

/** What the forms are made from. */
export interface FormFacts {
  readonly alert: AlertSummary;
  readonly caller: Pick<Caller, 'roles'>;
  /** Not so for a prison from which the person was taken over: it reads on for a while, and does nothing. */
  readonly isTheirs: boolean;
  /** That its rule can reach. */
  readonly worstStep: Severity | undefined;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
}

export const actionForms = ({ alert, caller, isTheirs, worstStep, now }: FormFacts, fault?: Fault): ActionForms => ({
  mayAct: isTheirs && caller.roles.has('ROLE_CUSTODY_WATCH__ALERTS__RW'),
  offered: VERBS.filter((verb) => isOffered(verb, alert)),
  open: fault?.verb ?? '',
  sent: fault?.sent ?? {},
  faults: Object.fromEntries(fault?.errors.map(({ field, text }) => [`${fault.verb}-${field}`, text]) ?? []),
  seen: alert.revision,
  snoozeReasons: choices(words.snooze.reasons),
  resolveReasons: choices(words.resolve.reasons),
  useful: choices(words.resolve.useful),
  snoozeLatest: latestSnooze(alert.severity, now),
  maySnoozeUntilWorse: worstStep !== undefined && isWorse(worstStep, alert.severity),
  needsNote: needsConfirmation(alert.severity),
  asksToConfirm: fault?.verb === 'resolve' && needsConfirmation(alert.severity),
});

/** Snoozed alerts come back in the morning: where the longest snooze ends before that, on the day before. */
const latestSnooze = (severity: Severity, now: number): ActionForms['snoozeLatest'] => {
  const latest = longestSnooze(toIso(now), severity);
  const isBeforeMorning = sayTime(latest) < `0${MORNING}:00`;
  return { day: sayDate(Date.parse(latest) - (isBeforeMorning ? DAY : 0)), moment: sayMoment(latest) };
};

/** A critical alert may not be put aside: it has to be worked. What was closed by hand is reopened while it is still so. */
const isOffered = (verb: Verb, { state, severity, stillTrue }: AlertSummary): boolean => {
  if (verb === 'note') return true;
  if (verb === 'reopen') return stillTrue === true;
  if (!isOpenState(state)) return false;
  if (verb === 'acknowledge') return state === 'OPEN';
  return verb !== 'snooze' || severity !== 'CRITICAL';
};
