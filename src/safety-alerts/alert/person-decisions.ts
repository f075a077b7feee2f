import { AlertNotOpen, CriticalMayNotSnooze, InvalidAction, NotStillTrue, StillTrue } from './errors.js';
import type {
  Acknowledge,
  AddNote,
  Assign,
  PersonCommand,
  Reopen,
  Resolve,
  SafetyAlertCommand,
  Snooze,
} from './safety-alert-commands.js';
import type { SafetyAlertEvent } from './safety-alert-events.js';
import { isOpen, type OpenAlert, type Policy, type SafetyAlert, stillTrue } from './safety-alert-state.js';
import { longestSnooze, needsConfirmation } from './terms.js';
import { isWorse, type Severity } from '../../prison/severity.js';

/**
 * What people do with an alert. Doing the same again changes nothing.
 * @throws AlertNotOpen when the episode is closed, CriticalMayNotRest, StillTrue, NotStillTrue, InvalidAction when what is
 *   asked for makes no sense now
 */
export function decideForPerson(
  command: PersonCommand,
  alert: SafetyAlert,
  { worstStepOf }: Pick<Policy, 'worstStepOf'>,
): readonly SafetyAlertEvent[] {
  switch (command.type) {
    case 'Acknowledge':
      return acknowledge(command, theOpen(alert, command));
    case 'Assign':
      return assign(command, theOpen(alert, command));
    case 'Snooze':
      return snooze(command, theOpen(alert, command), worstStepOf);
    case 'Resolve':
      return resolve(command, alert);
    case 'Reopen':
      return reopen(command, alert);
    case 'AddNote':
      return addNote(command, alert);
  }
}

/** Says "I have it"; it never closes. A second person who has it too is recorded. What was nobody's is theirs. */
function acknowledge({ episode, at, by, note }: Acknowledge, alert: OpenAlert): readonly SafetyAlertEvent[] {
  const { acknowledgement: before } = alert;
  if (before?.by === by || before?.also?.some((other) => other.by === by)) return [];
  const owner = alert.assignedTo === undefined ? by : undefined;
  return [{ type: 'SafetyAlertAcknowledged', data: { episode, at, by, note, owner } }];
}

function assign({ episode, at, by, to }: Assign, alert: OpenAlert): readonly SafetyAlertEvent[] {
  if ((alert.assignedTo ?? null) === to) return [];
  return [{ type: 'SafetyAlertAssigned', data: { episode, at, by, to } }];
}

/** Out of sight until an instant, or until the alert gets worse. Its end needs no event: `now` is compared. */
function snooze(command: Snooze, alert: OpenAlert, worstStepOf: Policy['worstStepOf']): readonly SafetyAlertEvent[] {
  const { episode, at, by, until, reasonCode, note } = command;
  const { snooze: before, severity } = alert;
  const untilWorse = until === null;
  const goesOn = before?.reasonCode === reasonCode && Date.parse(before.until) > Date.parse(at);
  if (goesOn && (untilWorse ? before.untilWorse : before.until === until)) return [];
  if (severity === 'CRITICAL') throw new CriticalMayNotSnooze();
  const latest = longestSnooze(at, severity);
  if (!untilWorse) {
    checkEnd(until, at, latest, severity);
    return [{ type: 'SafetyAlertSnoozed', data: { episode, at, by, until, reasonCode, note } }];
  }
  const worst = worstStepOf(alert.rule);
  if (worst === undefined || !isWorse(worst, severity)) throw refused('untilWorse', 'true', NO_WORSE);
  return [{ type: 'SafetyAlertSnoozed', data: { episode, at, by, until: latest, untilWorse, reasonCode, note } }];
}

const NO_WORSE = 'this alert has no worse step that would bring it back: say until when';

function checkEnd(until: string, at: string, latest: string, severity: Severity): void {
  if (Date.parse(until) <= Date.parse(at)) throw refused('until', until, `must lie after now, ${at}`);
  if (Date.parse(until) > Date.parse(latest))
    throw refused('until', until, `must be ${latest} at the latest: that is the longest for ${severity}`);
}

const refused = (field: string, value: string | null, message: string): InvalidAction =>
  new InvalidAction([{ field, value, message }]);

/** Covers the episode at its present severity: quiet until the condition has been false or gets worse. */
function resolve(command: Resolve, alert: SafetyAlert): readonly SafetyAlertEvent[] {
  const { episode, at, by, reasonCode, note, useful } = command;
  const before = alert.state === 'closed' && alert.episode === episode ? alert.byHand : undefined;
  if (before?.by === by && before.reasonCode === reasonCode) return [];
  const { severity, reason } = theOpen(alert, command);
  if (needsConfirmation(severity)) {
    if (command.confirmStillTrue !== true) throw new StillTrue(severity, reason);
    if (note === undefined) throw refused('note', null, `must say why it is closed: it is ${severity}, and still so`);
  }
  return [
    { type: 'SafetyAlertResolvedByHand', data: { episode, at, by, outcome: 'manual', reasonCode, note, useful } },
  ];
}

/** Opens what was closed by hand, while it is still so. */
function reopen(command: Reopen, alert: SafetyAlert): readonly SafetyAlertEvent[] {
  const { episode, at, by, note } = command;
  if (isOpen(alert) && alert.episode === episode) return [];
  if (alert.episode !== episode || !stillTrue(alert)) throw new NotStillTrue();
  return [{ type: 'SafetyAlertReopened', data: { episode, at, by, note } }];
}

/** Also on a closed alert, until it has been raised again: what was learned afterwards belongs to it. */
function addNote(command: AddNote, alert: SafetyAlert): readonly SafetyAlertEvent[] {
  const { episode, at, by, note } = command;
  if (alert.state === 'never-raised' || alert.episode !== episode) throw notOpen(command);
  if (alert.lastNote?.by === by && alert.lastNote.note === note) return [];
  return [{ type: 'SafetyAlertNoted', data: { episode, at, by, note } }];
}

function theOpen(alert: SafetyAlert, command: PersonCommand): OpenAlert {
  if (isOpen(alert) && alert.episode === command.episode) return alert;
  throw notOpen(command);
}

const ACTIONS = {
  Acknowledge: 'acknowledge',
  AddNote: 'add a note to',
  Assign: 'assign',
  Snooze: 'snooze',
  Resolve: 'resolve',
  Reopen: 'reopen',
} as const satisfies Partial<Record<SafetyAlertCommand['type'], string>>;

const notOpen = ({ type }: PersonCommand): AlertNotOpen => new AlertNotOpen(ACTIONS[type]);
