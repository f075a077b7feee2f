import type { Caller } from '../../access/caller.js';
import { type AlertSummary, isOpenState } from '../../safety-alerts/list/alert-summary.js';
import { english } from '../words/english.js';

const words = english.alert;

const ACTIONS = ['acknowledge', 'assign', 'note', 'snooze', 'resolve'] as const;
export type ActionName = (typeof ACTIONS)[number];

/** What somebody sent by a form, member by member. */
export type Sent = Readonly<Record<string, string | undefined>>;

/** Why what was sent was not done. */
export interface Fault {
  readonly action: ActionName;
  readonly sent: Sent;
  readonly errors: readonly { readonly field: string; readonly text: string }[];
  /** What others did meanwhile. */
  readonly happenedSince: readonly string[];
}

/** Which forms are offered, with what was typed last and what is wrong with it. */
export interface ActionForms {
  readonly mayAct: boolean;
  readonly offered: readonly ActionName[];
  /** The form with a mistake in it stands open. */
  readonly open: string;
  readonly sent: Sent;
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
  offered: ACTIONS.filter((action) => isOffered(action, alert)),
  open: fault?.action ?? '',
  sent: fault?.sent ?? {},
  faults: Object.fromEntries(fault?.errors.map(({ field, text }) => [`${fault.action}-${field}`, text]) ?? []),
  seen: alert.revision,
  snoozeReasons: choices(words.snooze.reasons),
  resolveReasons: choices(words.resolve.reasons),
  useful: choices(words.resolve.useful),
});

/** A critical alert may not be put aside: it has to be worked. */
const isOffered = (action: ActionName, { state, severity }: AlertSummary): boolean => {
  if (action === 'note') return true;
  if (!isOpenState(state)) return false;
  if (action === 'acknowledge') return state === 'OPEN';
  return action !== 'snooze' || severity !== 'CRITICAL';
};
