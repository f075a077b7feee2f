import { ApiProperty } from '@nestjs/swagger';
import type { Position, RecordedEvent } from '../../store/event-store.js';
import { acknowledgeBy } from './acknowledge-within.js';
import { alertIdOf } from '../alert/alert-ids.js';
import { type EventData, type Outcome, OUTCOMES, type SafetyAlertEvent } from '../alert/safety-alert-events.js';
import type { Plain } from '../alert/plain.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';

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
  @ApiProperty({
    format: 'date-time',
    description: 'When it was written: what fell due while the service was down is raised late',
  })
  readonly listedAt!: string;
  @ApiProperty({ format: 'date-time', description: 'The last transition' }) readonly changedAt!: string;
  @ApiProperty({ description: 'Further asks while open' }) readonly repeats!: number;
  @ApiProperty({ required: false, format: 'uuid', description: 'The alert before it of the same rule and person' })
  readonly after?: string;
  @ApiProperty({
    required: false,
    format: 'date-time',
    description: 'When its severity last rose; absent if it never did',
  })
  readonly escalatedAt?: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'While OPEN: from then on it is overdue' })
  readonly acknowledgeBy?: string;
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
  @ApiProperty({ description: 'Counts the transitions: as seenRevision of an action, says what was seen' })
  readonly revision!: number;
}

export type AlertSummary = Plain<AlertSummaryBody>;

/** Where in the log a transition stands: the stream's name without prefix. */
export type Whence = Pick<RecordedEvent, 'stream' | 'position' | 'revision' | 'metadata'>;

const AWAKE = { snoozedUntil: undefined, snoozedUntilWorse: undefined };
const OVER = { ...AWAKE, acknowledgeBy: undefined };

/** The alert after an event of its stream; `undefined` while nothing is known of it. */
export function summarise(
  alert: AlertSummary | undefined,
  event: SafetyAlertEvent,
  whence: Whence,
): AlertSummary | undefined {
  const { position, revision } = whence;
  if (event.type === 'SafetyAlertRaised') return raised(event.data, whence);
  if (event.type === 'SafetyAlertQuietEnded') return alert;
  return alert && { ...alert, ...change(alert, event), changedAt: event.data.at, position, revision };
}

const raised = (
  data: EventData<'SafetyAlertRaised'>,
  { stream, position, revision, metadata }: Whence,
): AlertSummary => ({
  id: alertIdOf(stream, data.episode),
  rule: data.rule,
  ruleVersion: data.ruleVersion,
  prisonNumber: data.prisonNumber,
  prisonId: data.prisonId,
  state: 'OPEN',
  severity: data.severity,
  reason: data.reason,
  raisedAt: data.at,
  listedAt: String(metadata['recordedAt']),
  changedAt: data.at,
  repeats: 0,
  acknowledgeBy: acknowledgeBy(data.at, data.severity),
  ...(data.after === undefined ? {} : { after: alertIdOf(stream, data.after) }),
  position,
  revision,
});

type Later = Exclude<SafetyAlertEvent, { type: 'SafetyAlertRaised' | 'SafetyAlertQuietEnded' }>;

function change(alert: AlertSummary, { type, data }: Later): Partial<AlertSummary> {
  switch (type) {
    case 'SafetyAlertEscalated':
      return {
        severity: data.severity,
        reason: data.reason,
        escalatedAt: data.at,
        acknowledgeBy: sooner(alert, acknowledgeBy(data.at, data.severity)),
        ...AWAKE,
      };
    case 'SafetyAlertRepeated':
      return {
        state: 'OPEN',
        repeats: alert.repeats + 1,
        acknowledgedBy: undefined,
        acknowledgedAt: undefined,
        acknowledgeBy: alert.acknowledgeBy ?? acknowledgeBy(data.at, alert.severity),
        ...AWAKE,
      };
    case 'SafetyAlertMoved':
      return { prisonId: data.prisonId };
    case 'SafetyAlertResolved':
    case 'SafetyAlertResolvedByHand':
      return { state: 'RESOLVED', outcome: data.outcome, closedAt: data.at, ...OVER };
    case 'SafetyAlertExpired':
      return { state: 'EXPIRED', outcome: data.outcome, closedAt: data.at, ...OVER };
    case 'SafetyAlertAcknowledged':
      return { state: 'ACKNOWLEDGED', acknowledgedBy: data.by, acknowledgedAt: data.at, acknowledgeBy: undefined };
    case 'SafetyAlertAssigned':
      return { assignedTo: data.to ?? undefined };
    case 'SafetyAlertSnoozed':
      return data.until === null ? { ...AWAKE, snoozedUntilWorse: true } : { ...AWAKE, snoozedUntil: data.until };
    case 'SafetyAlertNoted':
      return {};
  }
}

/** What gets worse is never given longer; what somebody has is not overdue. */
const sooner = ({ state, acknowledgeBy: before }: AlertSummary, then: string): string | undefined => {
  if (state !== 'OPEN') return undefined;
  return before !== undefined && before < then ? before : then;
};
