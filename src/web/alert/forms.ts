import type { Caller } from '../../access/caller.js';
import { type AlertSummary, isOpenState } from '../../safety-alerts/list/alert-summary.js';
import { type Verb, VERBS } from '../../safety-alerts/http/actions.js';
import { english } from '../words/english.js';

const words = english.alert;

/** What somebody sent by a form, member by member. */
export type SentForm = Readonly<Record<string, string | undefined>>;

/** Why what was sent was not done. */
export interface Fault {
  readonly verb: Verb;
  readonly sent: SentForm;
  readonly errors: readonly { readonly field: string; readonly text: string }[];
  /** What others did meanwhile. */
  readonly happenedSince: readonly string[];
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
}

interface Choice {
  readonly value: string;
  readonly text: string;
}

const choices = (texts: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(texts).map(([value, text]) => ({ value, text }));

export const actionForms = (alert: AlertSummary, { roles }: Pick<Caller, 'roles'>, fault?: Fault): ActionForms => ({
  mayAct: roles.has('ROLE_CUSTODY_WATCH__ALERTS__RW'),
  offered: VERBS.filter((verb) => isOffered(verb, alert)),
  open: fault?.verb ?? '',
  sent: fault?.sent ?? {},
  faults: Object.fromEntries(fault?.errors.map(({ field, text }) => [`${fault.verb}-${field}`, text]) ?? []),
  seen: alert.revision,
  snoozeReasons: choices(words.snooze.reasons),
  resolveReasons: choices(words.resolve.reasons),
  useful: choices(words.resolve.useful),
});

/** A critical alert may not be put aside: it has to be worked. */
const isOffered = (verb: Verb, { state, severity }: AlertSummary): boolean => {
  if (verb === 'note') return true;
  if (!isOpenState(state)) return false;
  if (verb === 'acknowledge') return state === 'OPEN';
  return verb !== 'snooze' || severity !== 'CRITICAL';
};
