import type { Severity } from '../../prison/severity.js';
import { decideForPerson } from './person-decisions.js';
import type { DecisionMoment, SafetyAlertCommand } from './safety-alert-commands.js';
import type { EventData, SafetyAlertEvent } from './safety-alert-events.js';
import { isOpen, type Memory, type OpenAlert, type Policy, type SafetyAlert, stillTrue } from './safety-alert-state.js';
import { type Acknowledgement, snoozeEnd } from './terms.js';
import { decideForWatch } from './watch-decisions.js';

export const initialState: SafetyAlert = { state: 'never-raised', episode: 0, asks: new Set() };

/**
 * What a command changes; nothing when it has been carried out already, so any command may be sent again.
 * @throws AlertNotOpen, CriticalMayNotRest, StillTrue, NotStillTrue, InvalidAction for what a person cannot do; never
 * for the watch
 */
export function decide(command: SafetyAlertCommand, alert: SafetyAlert, policy: Policy): readonly SafetyAlertEvent[] {
  switch (command.type) {
    case 'SetLevel':
    case 'Repeat':
    case 'Move':
    case 'Remind':
      return decideForWatch(command, alert, policy);
    case 'Acknowledge':
    case 'AddNote':
    case 'Assign':
    case 'Snooze':
    case 'Resolve':
    case 'Reopen':
      return decideForPerson(command, alert, policy);
  }
}

/** To triage again: nobody has it, and no snooze keeps it from being seen. */
const TO_TRIAGE = { acknowledgement: undefined, snooze: undefined } as const;

/** The alert after an event. */
export function evolve(alert: SafetyAlert, { type, data }: SafetyAlertEvent): SafetyAlert {
  switch (type) {
    case 'SafetyAlertRaised':
      return raised(alert, data);
    case 'SafetyAlertEscalated':
      return {
        ...whileOpen(alert, () => ({ severity: data.severity, reason: data.reason, ...TO_TRIAGE })),
        ...decided(alert, data, data.severity),
      };
    case 'SafetyAlertRepeated':
      return { ...whileOpen(alert, () => TO_TRIAGE), asks: new Set([...alert.asks, ...data.evidence]) };
    case 'SafetyAlertMoved':
      return moved(alert, { prisonId: data.prisonId, placed: momentOf(data) });
    case 'SafetyAlertResolved':
    case 'SafetyAlertExpired':
      return { ...closed(alert), ...decided(alert, data, 'none') };
    case 'SafetyAlertQuietEnded':
      return { ...noLongerTrue(alert), ...decided(alert, data, 'none') };
    case 'SafetyAlertResolvedByHand':
      return closed(alert, data);
    case 'SafetyAlertReopened':
      return reopened(alert);
    case 'SafetyAlertAcknowledged':
      return whileOpen(alert, ({ acknowledgement, assignedTo }) => ({
        acknowledgement: acknowledged(acknowledgement, data),
        assignedTo: data.owner ?? assignedTo,
      }));
    case 'SafetyAlertAcknowledgementLapsed':
      return whileOpen(alert, () => TO_TRIAGE);
    case 'SafetyAlertNoted':
      return noted(putOff(alert, data.at), data);
    case 'SafetyAlertAssigned':
      return whileOpen(putOff(alert, data.at), () => ({ assignedTo: data.to ?? undefined }));
    case 'SafetyAlertSnoozed':
      return whileOpen(alert, ({ severity }) => ({
        snooze: { ...snoozeEnd(data, severity), reasonCode: data.reasonCode },
      }));
  }
}

const raised = (alert: SafetyAlert, data: EventData<'SafetyAlertRaised'>): SafetyAlert => ({
  state: 'open',
  episode: data.episode,
  rule: data.rule,
  severity: data.severity,
  reason: data.reason,
  prisonId: data.prisonId,
  placed: momentOf(data),
  raisedAt: data.at,
  asks: new Set([...alert.asks, ...data.evidence]),
  ...decided(alert, data, data.severity),
});

function closed(alert: SafetyAlert, byHand?: EventData<'SafetyAlertResolvedByHand'>): SafetyAlert {
  if (!isOpen(alert)) return alert;
  const { decided, asks, ...open } = alert;
  const over = { state: 'closed', episode: open.episode, lastNote: open.lastNote, decided, asks } as const;
  if (!byHand) return over;
  const { by, reasonCode, at } = byHand;
  return { ...over, byHand: { by, reasonCode, at, stillTrue: open } };
}

const noLongerTrue = (alert: SafetyAlert): SafetyAlert =>
  alert.state === 'closed' && alert.byHand ? { ...alert, byHand: { ...alert.byHand, stillTrue: undefined } } : alert;

function reopened(alert: SafetyAlert): SafetyAlert {
  const before = stillTrue(alert);
  if (alert.state !== 'closed' || !before) return alert;
  const { decided, asks, lastNote } = alert;
  return { ...before, ...TO_TRIAGE, lastNote, decided, asks };
}

/** An alert that is still true follows the person, whether it is open or was closed by hand. */
function moved(alert: SafetyAlert, change: Pick<OpenAlert, 'prisonId' | 'placed'>): SafetyAlert {
  const before = stillTrue(alert);
  if (alert.state !== 'closed' || !alert.byHand || !before) return whileOpen(alert, () => change);
  return { ...alert, byHand: { ...alert.byHand, stillTrue: { ...before, ...change } } };
}

const noted = (alert: SafetyAlert, { by, note }: EventData<'SafetyAlertNoted'>): SafetyAlert =>
  alert.state === 'never-raised' ? alert : { ...alert, lastNote: { by, note } };

/** A further person does not begin its time anew: two who take turns could keep an alert from everybody for good. */
const acknowledged = (
  before: Acknowledgement | undefined,
  { by, at }: EventData<'SafetyAlertAcknowledged'>,
): Acknowledgement => (before ? { ...before, also: [...(before.also ?? []), { by, at }] } : { by, at });

/** The first note or assignment after an acknowledgement puts off its lapse. */
const putOff = (alert: SafetyAlert, at: string): SafetyAlert =>
  whileOpen(alert, ({ acknowledgement }) => ({
    acknowledgement: acknowledgement && { ...acknowledgement, putOffAt: acknowledgement.putOffAt ?? at },
  }));

const whileOpen = (alert: SafetyAlert, change: (open: OpenAlert) => Partial<OpenAlert>): SafetyAlert =>
  isOpen(alert) ? { ...alert, ...change(alert) } : alert;

const momentOf = ({ at, decidedOn }: DecisionMoment): DecisionMoment => ({ at, decidedOn });

/** Remembers every level of one moment, so that a replay of that moment is told from something new. */
function decided(alert: SafetyAlert, moment: DecisionMoment, level: Severity | 'none'): Pick<Memory, 'decided'> {
  const last = alert.decided;
  const sameMoment = last?.at === moment.at && last.decidedOn === moment.decidedOn;
  return { decided: { ...momentOf(moment), levels: [...(sameMoment ? last.levels : []), level] } };
}
