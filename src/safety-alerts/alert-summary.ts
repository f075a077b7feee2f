import { ApiProperty } from '@nestjs/swagger';
import type { Position } from '../store/event-store.js';
import { alertIdOf } from './alert-ids.js';
import { type Outcome, OUTCOMES } from './outcome.js';
import type { EventData, SafetyAlertEvent } from './safety-alert-events.js';
import type { Plain } from './plain.js';
import { SEVERITIES, type Severity } from './severity.js';

export const ALERT_STATES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED', 'EXPIRED'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const isOpenState = (state: AlertState): boolean => state === 'OPEN' || state === 'ACKNOWLEDGED';

/** A safety alert as lists show it. Instants are ISO in UTC; members that do not apply are absent. */
export class AlertSummaryBody {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ example: 'KW-01' }) readonly rule!: string;
  @ApiProperty() readonly ruleVersion!: number;
  @ApiProperty({ example: 'A1234BC' }) readonly prisonNumber!: string;
  @ApiProperty({ example: 'XYI' }) readonly prisonId!: string;
  @ApiProperty({ enum: ALERT_STATES }) readonly state!: AlertState;
  @ApiProperty({ enum: SEVERITIES, description: 'The highest step reached' }) readonly severity!: Severity;
  @ApiProperty({ description: 'One sentence, at the severity shown' }) readonly reason!: string;
  @ApiProperty({ format: 'date-time' }) readonly raisedAt!: string;
  @ApiProperty({ format: 'date-time', description: 'The last transition' }) readonly changedAt!: string;
  @ApiProperty({ description: 'Further asks while open' }) readonly repeats!: number;
  @ApiProperty({ required: false, format: 'uuid', description: 'The alert before it of the same rule and person' })
  readonly after?: string;
  @ApiProperty({ required: false }) readonly assignedTo?: string;
  @ApiProperty({ required: false }) readonly acknowledgedBy?: string;
  @ApiProperty({ required: false, format: 'date-time' }) readonly acknowledgedAt?: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'May lie in the past: then the snooze is over' })
  readonly snoozedUntil?: string;
  @ApiProperty({ required: false, description: 'Snoozed until it is escalated or repeated' })
  readonly snoozedUntilWorse?: boolean;
  @ApiProperty({ required: false, format: 'date-time' }) readonly closedAt?: string;
  @ApiProperty({ required: false, enum: OUTCOMES }) readonly outcome?: Outcome;
  @ApiProperty({ description: 'Position in the log of the last transition' }) readonly position!: Position;
}

export type AlertSummary = Plain<AlertSummaryBody>;

const AWAKE = { snoozedUntil: undefined, snoozedUntilWorse: undefined };

/** The alert after an event of its stream (name without prefix); `undefined` while nothing is known of it. */
export function summarise(
  alert: AlertSummary | undefined,
  event: SafetyAlertEvent,
  stream: string,
  position: Position,
): AlertSummary | undefined {
  if (event.type === 'SafetyAlertRaised') return raised(event.data, stream, position);
  if (event.type === 'SafetyAlertQuietEnded') return alert;
  return alert && { ...alert, ...change(alert, event), changedAt: event.data.at, position };
}

const raised = (data: EventData<'SafetyAlertRaised'>, stream: string, position: Position): AlertSummary => ({
  id: alertIdOf(stream, data.episode),
  rule: data.rule,
  ruleVersion: data.ruleVersion,
  prisonNumber: data.prisonNumber,
  prisonId: data.prisonId,
  state: 'OPEN',
  severity: data.severity,
  reason: data.reason,
  raisedAt: data.at,
  changedAt: data.at,
  repeats: 0,
  ...(data.after === undefined ? {} : { after: alertIdOf(stream, data.after) }),
  position,
});

type Later = Exclude<SafetyAlertEvent, { type: 'SafetyAlertRaised' | 'SafetyAlertQuietEnded' }>;

function change(alert: AlertSummary, { type, data }: Later): Partial<AlertSummary> {
  switch (type) {
    case 'SafetyAlertEscalated':
      return { severity: data.severity, reason: data.reason, ...AWAKE };
    case 'SafetyAlertRepeated':
      return {
        state: 'OPEN',
        repeats: alert.repeats + 1,
        acknowledgedBy: undefined,
        acknowledgedAt: undefined,
        ...AWAKE,
      };
    case 'SafetyAlertMoved':
      return { prisonId: data.prisonId };
    case 'SafetyAlertResolved':
    case 'SafetyAlertResolvedByHand':
      return { state: 'RESOLVED', outcome: data.outcome, closedAt: data.at, ...AWAKE };
    case 'SafetyAlertExpired':
      return { state: 'EXPIRED', outcome: data.outcome, closedAt: data.at, ...AWAKE };
    case 'SafetyAlertAcknowledged':
      return { state: 'ACKNOWLEDGED', acknowledgedBy: data.by, acknowledgedAt: data.at };
    case 'SafetyAlertAssigned':
      return { assignedTo: data.to ?? undefined };
    case 'SafetyAlertSnoozed':
      return data.until === null ? { ...AWAKE, snoozedUntilWorse: true } : { ...AWAKE, snoozedUntil: data.until };
    case 'SafetyAlertNoted':
      return {};
  }
}
