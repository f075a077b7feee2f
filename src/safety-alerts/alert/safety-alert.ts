import { decideForPerson } from './person-decisions.js';
import type { Moment, SafetyAlertCommand } from './safety-alert-commands.js';
import type { EventData, SafetyAlertEvent } from './safety-alert-events.js';
import {
  type ClosedAlert,
  type ComparePositions,
  isOpen,
  type Memory,
  type OpenAlert,
  type SafetyAlert,
} from './safety-alert-state.js';
import type { Severity } from '../../prison/severity.js';
import { decideForWatch } from './watch-decisions.js';

export const initialState: SafetyAlert = { state: 'never-raised', episode: 0, asked: new Set() };

/**
 * What a command changes: nothing when it has been carried out already, so any command may be sent again.
 * @throws AlertNotOpen, InvalidAction for what a person cannot do; never for the watch
 */
export function decide(
  command: SafetyAlertCommand,
  alert: SafetyAlert,
  compare: ComparePositions,
): readonly SafetyAlertEvent[] {
  switch (command.type) {
    case 'SetLevel':
    case 'Repeat':
    case 'Move':
      return decideForWatch(command, alert, compare);
    case 'Acknowledge':
    case 'AddNote':
    case 'Assign':
    case 'Snooze':
    case 'Resolve':
      return decideForPerson(command, alert);
  }
}

/** The alert after an event. */
export function evolve(alert: SafetyAlert, { type, data }: SafetyAlertEvent): SafetyAlert {
  switch (type) {
    case 'SafetyAlertRaised':
      return raised(alert, data);
    case 'SafetyAlertEscalated':
      return {
        ...whileOpen(alert, { severity: data.severity, snooze: undefined }),
        ...decided(alert, data, data.severity),
      };
    case 'SafetyAlertRepeated':
      return {
        ...whileOpen(alert, { state: 'open', acknowledgedBy: undefined, snooze: undefined }),
        asked: new Set([...alert.asked, ...data.evidence]),
      };
    case 'SafetyAlertMoved':
      return whileOpen(alert, { prisonId: data.prisonId, placed: momentOf(data) });
    case 'SafetyAlertResolved':
    case 'SafetyAlertExpired':
    case 'SafetyAlertQuietEnded':
      return closed(alert, { ...decided(alert, data, 'none') });
    case 'SafetyAlertResolvedByHand':
      return closed(alert, { byHand: { by: data.by, reasonCode: data.reasonCode }, quietUpTo: severityOf(alert) });
    case 'SafetyAlertAcknowledged':
      return whileOpen(alert, { state: 'acknowledged', acknowledgedBy: data.by });
    case 'SafetyAlertNoted':
      return alert.state === 'never-raised' ? alert : { ...alert, lastNote: { by: data.by, note: data.note } };
    case 'SafetyAlertAssigned':
      return whileOpen(alert, { assignedTo: data.to ?? undefined });
    case 'SafetyAlertSnoozed':
      return whileOpen(alert, { snooze: { until: data.until, reasonCode: data.reasonCode } });
  }
}

const raised = (alert: SafetyAlert, data: EventData<'SafetyAlertRaised'>): SafetyAlert => ({
  state: 'open',
  episode: data.episode,
  severity: data.severity,
  prisonId: data.prisonId,
  placed: momentOf(data),
  raisedAt: data.at,
  asked: new Set([...alert.asked, ...data.evidence]),
  ...decided(alert, data, data.severity),
});

const closed = ({ decided, asked, ...alert }: SafetyAlert, change: Partial<ClosedAlert & Memory>): SafetyAlert =>
  alert.state === 'never-raised'
    ? initialState
    : { state: 'closed', episode: alert.episode, lastNote: alert.lastNote, decided, asked, ...change };

const whileOpen = (alert: SafetyAlert, change: Partial<OpenAlert>): SafetyAlert =>
  isOpen(alert) ? { ...alert, ...change } : alert;

const severityOf = (alert: SafetyAlert): Severity | undefined => (isOpen(alert) ? alert.severity : undefined);

const momentOf = ({ at, decidedOn }: Moment): Moment => ({ at, decidedOn });

/** Remembers every level of one moment, so that a replay of the moment is told from news. */
function decided(alert: SafetyAlert, moment: Moment, level: Severity | 'none'): Pick<Memory, 'decided'> {
  const last = alert.decided;
  const sameMoment = last?.at === moment.at && last.decidedOn === moment.decidedOn;
  return { decided: { ...momentOf(moment), levels: [...(sameMoment ? last.levels : []), level] } };
}
