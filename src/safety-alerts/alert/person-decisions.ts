import { AlertNotOpen, CriticalMayNotRest, InvalidAction } from './errors.js';
import type {
  Acknowledge,
  AddNote,
  Assign,
  PersonCommand,
  Resolve,
  SafetyAlertCommand,
  Snooze,
} from './safety-alert-commands.js';
import type { SafetyAlertEvent } from './safety-alert-events.js';
import { isOpen, type OpenAlert, type SafetyAlert } from './safety-alert-state.js';

/**
 * What people do with an alert. Doing the same again changes nothing.
 * @throws AlertNotOpen when the episode is closed, CriticalMayNotRest, InvalidAction when what is asked for makes no sense
 *   now
 */
export function decideForPerson(command: PersonCommand, alert: SafetyAlert): readonly SafetyAlertEvent[] {
  switch (command.type) {
    case 'Acknowledge':
      return acknowledge(command, theOpen(alert, command));
    case 'Assign':
      return assign(command, theOpen(alert, command));
    case 'Snooze':
      return snooze(command, theOpen(alert, command));
    case 'Resolve':
      return resolve(command, alert);
    case 'AddNote':
      return addNote(command, alert);
  }
}

/** Says "I have it"; it never closes. A second person who has it too is recorded. */
function acknowledge({ episode, at, by, note }: Acknowledge, alert: OpenAlert): readonly SafetyAlertEvent[] {
  if (alert.acknowledgedBy === by) return [];
  return [{ type: 'SafetyAlertAcknowledged', data: { episode, at, by, note } }];
}

function assign({ episode, at, by, to }: Assign, alert: OpenAlert): readonly SafetyAlertEvent[] {
  if ((alert.assignedTo ?? null) === to) return [];
  return [{ type: 'SafetyAlertAssigned', data: { episode, at, by, to } }];
}

/** Rests until an instant or until the alert gets worse. Its end needs no event: `now` is compared. */
function snooze({ episode, at, by, until, reasonCode, note }: Snooze, alert: OpenAlert): readonly SafetyAlertEvent[] {
  if (alert.snooze?.until === until && alert.snooze.reasonCode === reasonCode) return [];
  if (alert.severity === 'CRITICAL') throw new CriticalMayNotRest();
  if (until !== null && Date.parse(until) <= Date.parse(at)) {
    throw new InvalidAction([{ field: 'until', value: until, message: `must lie after now, ${at}` }]);
  }
  return [{ type: 'SafetyAlertSnoozed', data: { episode, at, by, until, reasonCode, note } }];
}

/** Covers the episode at its present severity: quiet until the condition has been false or gets worse. */
function resolve(command: Resolve, alert: SafetyAlert): readonly SafetyAlertEvent[] {
  const { episode, at, by, reasonCode, note, useful } = command;
  const before = alert.state === 'closed' && alert.episode === episode ? alert.byHand : undefined;
  if (before?.by === by && before.reasonCode === reasonCode) return [];
  theOpen(alert, command);
  return [
    { type: 'SafetyAlertResolvedByHand', data: { episode, at, by, outcome: 'manual', reasonCode, note, useful } },
  ];
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
} as const satisfies Partial<Record<SafetyAlertCommand['type'], string>>;

const notOpen = ({ type }: PersonCommand): AlertNotOpen => new AlertNotOpen(ACTIONS[type]);
