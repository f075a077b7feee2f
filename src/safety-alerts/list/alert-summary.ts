import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type AlertSubject, SUBJECT_KINDS, type SubjectKind } from '../../prison/alert-subject.js';
import { toIso } from '../../prison/instant.js';
import type { Position, RecordedEvent } from '../../store/event-store.js';
import { alertIdOf } from '../alert/alert-ids.js';
import { type EventData, type SafetyAlertEvent } from '../alert/safety-alert-events.js';
import type { Plain } from '../alert/plain.js';
import { acknowledgeBy, comesBackAt, type Lapses, snoozeEnd } from '../alert/terms.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';
import { type Outcome, OUTCOMES } from '../../prison/outcome.js';

export const ALERT_STATES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED', 'EXPIRED'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export const isOpenState = (state: AlertState): boolean => state === 'OPEN' || state === 'ACKNOWLEDGED';

/** Whom a safety alert is about, where that is no person. */
class AlertSubjectBody implements AlertSubject {
  @ApiProperty({ enum: SUBJECT_KINDS }) readonly kind!: SubjectKind;
  @ApiProperty({ example: '1001', description: 'Of a key worker: the staffId' }) readonly id!: string;
  @ApiProperty({ example: 'XYI', description: 'The prison in which they are that' }) readonly prisonId!: string;
}

/** A safety alert as lists show it. Instants are ISO in UTC; members that do not apply are absent. */
export class AlertSummaryBody {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ example: 'KW-01' }) readonly rule!: string;
  @ApiProperty() readonly ruleVersion!: number;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'A1234BC',
    description: 'Null where it is about no person: then subject says whom it is about',
  })
  readonly prisonNumber!: string | null;
  @ApiPropertyOptional({ type: AlertSubjectBody }) readonly subject?: AlertSubjectBody;
  @ApiProperty({ example: 'XYI' }) readonly prisonId!: string;
  @ApiProperty({ enum: ALERT_STATES }) readonly state!: AlertState;
  @ApiProperty({ enum: SEVERITIES, description: 'The highest step reached' }) readonly severity!: Severity;
  @ApiProperty({ description: 'One sentence: what is so now, while it is open or still true; else what was so last' })
  readonly reason!: string;
  @ApiProperty({ format: 'date-time' }) readonly raisedAt!: string;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Where it became true before that, under other rules: it was raised when the rules changed',
  })
  readonly trueSince?: string;
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
  @ApiProperty({
    required: false,
    format: 'date-time',
    description: 'While OPEN: from then on it is overdue. Counts from when the alert could first be seen',
  })
  readonly acknowledgeBy?: string;
  @ApiProperty({ required: false }) readonly assignedTo?: string;
  @ApiProperty({ required: false }) readonly acknowledgedBy?: string;
  @ApiProperty({ required: false, format: 'date-time' }) readonly acknowledgedAt?: string;
  @ApiProperty({
    required: false,
    format: 'date-time',
    description:
      'While ACKNOWLEDGED: it is OPEN again then at the earliest. Each session, and each event that the rule names, ' +
      'that becomes known since acknowledgedAt begins the time anew',
  })
  readonly lapsesAt?: string;
  @ApiProperty({
    required: false,
    format: 'date-time',
    description: 'The note or assignment that put lapsesAt off, once',
  })
  readonly lapsePutOffAt?: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'May lie in the past: then the snooze is over' })
  readonly snoozedUntil?: string;
  @ApiProperty({ required: false, description: 'The snooze was asked for until it is escalated or repeated' })
  readonly snoozedUntilWorse?: boolean;
  @ApiProperty({ required: false, format: 'date-time' }) readonly closedAt?: string;
  @ApiProperty({ required: false, enum: OUTCOMES }) readonly outcome?: Outcome;
  @ApiProperty({ required: false, description: 'Closed by hand, and what it is about is still so: it can be reopened' })
  readonly stillTrue?: boolean;
  @ApiProperty({
    required: false,
    format: 'date-time',
    description: 'Closed by hand: then it is OPEN again if it is still so',
  })
  readonly comesBackAt?: string;
  @ApiProperty({
    required: false,
    description: 'A clock was wrong when it was decided on; it was closed once log time had been set straight',
  })
  readonly misdated?: boolean;
  @ApiProperty({ description: 'Position in the log of the last transition' }) readonly position!: Position;
  @ApiProperty({ description: 'Counts the transitions: as seenRevision of an action, says what was seen' })
  readonly revision!: number;
}

export type AlertSummary = Plain<AlertSummaryBody>;

/** What an alert in a list is made from, besides its events. */
export interface SummarySource extends Pick<RecordedEvent, 'stream' | 'position' | 'revision' | 'metadata'> {
  readonly lapses: Lapses;
}

const AWAKE = { snoozedUntil: undefined, snoozedUntilWorse: undefined };
const NO_LAPSE = { lapsesAt: undefined, lapsePutOffAt: undefined };
const HAD_BY_NOBODY = { acknowledgedBy: undefined, acknowledgedAt: undefined, ...NO_LAPSE };
const NO_LONGER_TRUE = { stillTrue: undefined, comesBackAt: undefined };
const OVER = { ...AWAKE, ...NO_LAPSE, acknowledgeBy: undefined };

/** The alert after an event of its stream (named without prefix); `undefined` while nothing is known of it. */
export function summarise(
  alert: AlertSummary | undefined,
  event: SafetyAlertEvent,
  source: SummarySource,
): AlertSummary | undefined {
  const { position, revision } = source;
  if (event.type === 'SafetyAlertRaised') return raised(event.data, source);
  if (event.type === 'SafetyAlertQuietEnded') return alert && noLongerTrue(alert);
  const changed = { changedAt: event.data.at, ...misdatedBy(event), position, revision };
  return alert && { ...alert, ...change(alert, event, source), ...changed };
}

/** What it was about when it was closed by hand has ended, or a newer alert is about it. */
export const noLongerTrue = (alert: AlertSummary): AlertSummary => ({ ...alert, ...NO_LONGER_TRUE });

const misdatedBy = ({ data }: SafetyAlertEvent): Pick<AlertSummary, 'misdated'> =>
  'decidedOn' in data && data.misdated ? { misdated: true } : {};

const writtenAt = ({ metadata }: SummarySource): string => String(metadata['recordedAt']);

const raised = (data: EventData<'SafetyAlertRaised'>, source: SummarySource): AlertSummary => ({
  id: alertIdOf(source.stream, data.episode),
  rule: data.rule,
  ruleVersion: data.ruleVersion,
  prisonNumber: data.prisonNumber,
  ...(data.subject && { subject: data.subject }),
  prisonId: data.prisonId,
  state: 'OPEN',
  severity: data.severity,
  reason: data.reason,
  raisedAt: data.at,
  ...(data.trueSince !== undefined && { trueSince: data.trueSince }),
  ...(data.misdated && { misdated: true }),
  listedAt: writtenAt(source),
  changedAt: data.at,
  repeats: 0,
  acknowledgeBy: acknowledgeBy(writtenAt(source), data.severity),
  ...(data.after === undefined ? {} : { after: alertIdOf(source.stream, data.after) }),
  position: source.position,
  revision: source.revision,
});

type LaterEvent = Exclude<SafetyAlertEvent, { type: 'SafetyAlertRaised' | 'SafetyAlertQuietEnded' }>;

function change(alert: AlertSummary, { type, data }: LaterEvent, source: SummarySource): Partial<AlertSummary> {
  switch (type) {
    case 'SafetyAlertEscalated':
      return {
        severity: data.severity,
        reason: data.reason,
        escalatedAt: data.at,
        ...toTriage(alert, data.severity, source),
      };
    case 'SafetyAlertRepeated':
      return { repeats: alert.repeats + 1, ...toTriage(alert, alert.severity, source) };
    case 'SafetyAlertAcknowledgementLapsed':
      return toTriage(alert, alert.severity, source);
    case 'SafetyAlertReopened':
      return { closedAt: undefined, outcome: undefined, ...NO_LONGER_TRUE, ...toTriage(alert, alert.severity, source) };
    case 'SafetyAlertMoved':
      return { prisonId: data.prisonId };
    case 'SafetyAlertResolved':
      return { state: 'RESOLVED', outcome: data.outcome, closedAt: data.at, ...OVER };
    case 'SafetyAlertResolvedByHand':
      return {
        state: 'RESOLVED',
        outcome: data.outcome,
        closedAt: data.at,
        ...OVER,
        stillTrue: true,
        comesBackAt: comesBackAt(alert.rule, alert.severity, data.at),
      };
    case 'SafetyAlertExpired':
      return { state: 'EXPIRED', outcome: data.outcome, closedAt: data.at, ...OVER };
    case 'SafetyAlertAcknowledged':
      return acknowledged(alert, data, source);
    case 'SafetyAlertAssigned':
      return { assignedTo: data.to ?? undefined, ...putOff(alert, data.at, source) };
    case 'SafetyAlertSnoozed':
      return snoozed(alert, data);
    case 'SafetyAlertNoted':
      return putOff(alert, data.at, source);
  }
}

/** Nobody has it any more. An alert that still has to be acknowledged never gets more time for it. */
function toTriage(alert: AlertSummary, severity: Severity, source: SummarySource): Partial<AlertSummary> {
  const then = acknowledgeBy(writtenAt(source), severity);
  const before = alert.acknowledgeBy;
  const by = before !== undefined && before < then ? before : then;
  return { state: 'OPEN', acknowledgeBy: by, ...HAD_BY_NOBODY, ...AWAKE };
}

/** A further person who has it too changes neither who has it nor when that lapses. */
function acknowledged(
  { state, severity, assignedTo }: AlertSummary,
  { by, at, owner }: EventData<'SafetyAlertAcknowledged'>,
  { lapses }: SummarySource,
): Partial<AlertSummary> {
  const theirs = { assignedTo: owner ?? assignedTo };
  if (state === 'ACKNOWLEDGED') return theirs;
  const lapsesAt = toIso(lapses.of({ by, at }, severity));
  return {
    ...theirs,
    state: 'ACKNOWLEDGED',
    acknowledgedBy: by,
    acknowledgedAt: at,
    acknowledgeBy: undefined,
    lapsesAt,
  };
}

/** The first note or assignment after an acknowledgement; no further one. */
function putOff(alert: AlertSummary, putOffAt: string, { lapses }: SummarySource): Partial<AlertSummary> {
  const { acknowledgedBy: by, acknowledgedAt: at, lapsePutOffAt, severity, state } = alert;
  if (state !== 'ACKNOWLEDGED' || by === undefined || at === undefined || lapsePutOffAt !== undefined) return {};
  return { lapsesAt: toIso(lapses.of({ by, at, putOffAt }, severity)), lapsePutOffAt: putOffAt };
}

function snoozed({ severity }: AlertSummary, data: EventData<'SafetyAlertSnoozed'>): Partial<AlertSummary> {
  const { until, untilWorse } = snoozeEnd(data, severity);
  return { snoozedUntil: until, snoozedUntilWorse: untilWorse ? true : undefined };
}
