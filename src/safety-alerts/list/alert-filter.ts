import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { IsInstant } from '../../answers/is-instant.js';
import { ALERT_STATES, type AlertState, type AlertSummary } from './alert-summary.js';
import { AtLeast } from './at-least.js';
import type { Plain } from '../alert/plain.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';
import { inCapitals, PRISON_NUMBER } from '../../prison/prison-number.js';
import { PRISON_ID } from '../../prison/prison-id.js';
import { SUBJECT_KINDS } from '../../prison/alert-subject.js';

const listOf = (value: unknown): unknown[] =>
  [value].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : [one]));
const list = ({ value }: { value: unknown }): unknown => (value === undefined ? undefined : listOf(value));
const capitalsOf = (value: unknown): unknown => (typeof value === 'string' ? inCapitals(value) : value);
const capitals = ({ value }: { value: unknown }): unknown => capitalsOf(value);
const capitalsList = ({ value }: { value: unknown }): unknown =>
  value === undefined ? undefined : listOf(value).map(capitalsOf);
const truth = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);

const SUBJECT = new RegExp(`^(?:${SUBJECT_KINDS.join('|')}):[^\\s@]{1,100}$`);

/** A filter that is `true`, `false` or left out. */
const YesOrNo = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ description }),
    IsOptional(),
    Transform(truth),
    IsBoolean({ message: 'must be true or false' }),
  );

const OneOrMore = (values: readonly string[]) =>
  applyDecorators(
    ApiPropertyOptional({ enum: values, isArray: true, description: 'Comma list' }),
    IsOptional(),
    Transform(list),
    IsIn(values, { each: true, message: `must be a comma list of ${values.join(', ')}` }),
  );

const OptionalInstant = (description: string) =>
  applyDecorators(ApiPropertyOptional({ format: 'date-time', description }), IsOptional(), IsInstant());

/** Which safety alerts. What is left out does not matter. */
export class AlertFilterQuery extends AtLeast {
  @ApiPropertyOptional({ example: 'XYI', type: [String], description: 'Comma list' })
  @IsOptional()
  @Transform(capitalsList)
  @Matches(PRISON_ID, { each: true, message: 'must be a comma list of three letters each, such as XYI' })
  readonly prisonId?: readonly string[];

  @OneOrMore(ALERT_STATES) readonly state?: readonly AlertState[];
  @OneOrMore(SEVERITIES) readonly severity?: readonly Severity[];

  @ApiPropertyOptional({ example: 'KW-01' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]{1,40}$/, { message: 'must be the id of one rule, such as KW-01' })
  readonly rule?: string;

  @ApiPropertyOptional({ example: 'A1234BC' })
  @IsOptional()
  @Transform(capitals)
  @Matches(PRISON_NUMBER, { message: 'must be a prison number, such as A1234BC' })
  readonly prisonNumber?: string;

  @ApiPropertyOptional({ example: 'key-worker:1001', description: 'About no person: kind and id of what it is about' })
  @IsOptional()
  @Matches(SUBJECT, { message: 'must be a kind and an id, such as key-worker:1001 or feed:case-notes' })
  readonly subject?: string;

  @ApiPropertyOptional({ description: 'User name' })
  @IsOptional()
  @IsString({ message: 'must be one user name' })
  readonly assignedTo?: string;

  @OptionalInstant('Raised then or later') readonly raisedFrom?: string;
  @OptionalInstant('Raised before then') readonly raisedTo?: string;
  @OptionalInstant('Came into the list then or later, whenever it counts from') readonly listedFrom?: string;
  @YesOrNo('Whether its severity rose since it was raised') readonly escalated?: boolean;
  @YesOrNo('Whether it is OPEN, and acknowledgeBy has passed') readonly overdue?: boolean;
  @YesOrNo('Whether it is snoozed just now') readonly snoozed?: boolean;
  @YesOrNo('Whether it was closed by hand, and what it is about is still so') readonly stillTrue?: boolean;
  @YesOrNo('Whether it is assigned to nobody') readonly unassigned?: boolean;
}

export type AlertFilter = Partial<Plain<Omit<AlertFilterQuery, 'atLeast'>>>;

/** Whether an alert passes a filter at an instant (milliseconds since 1970-01-01T00:00:00Z). */
export function passes(filter: AlertFilter, now: number): (alert: AlertSummary) => boolean {
  const { prisonId, state, severity, rule, prisonNumber, subject, assignedTo } = filter;
  const { escalated, overdue, snoozed, stillTrue, unassigned } = filter;
  const [from, to, listedFrom] = [utc(filter.raisedFrom), utc(filter.raisedTo), utc(filter.listedFrom)];
  const present = new Date(now).toISOString();
  return (alert) =>
    (prisonId === undefined || prisonId.includes(alert.prisonId)) &&
    (state === undefined || state.includes(alert.state)) &&
    (severity === undefined || severity.includes(alert.severity)) &&
    (rule === undefined || alert.rule === rule) &&
    (prisonNumber === undefined || alert.prisonNumber === prisonNumber) &&
    (subject === undefined || (alert.subject && `${alert.subject.kind}:${alert.subject.id}`) === subject) &&
    (assignedTo === undefined || alert.assignedTo === assignedTo) &&
    (from === undefined || alert.raisedAt >= from) &&
    (to === undefined || alert.raisedAt < to) &&
    (listedFrom === undefined || alert.listedAt >= listedFrom) &&
    (escalated === undefined || (alert.escalatedAt !== undefined) === escalated) &&
    (overdue === undefined || isOverdue(alert, present) === overdue) &&
    (snoozed === undefined || isSnoozed(alert, present) === snoozed) &&
    (stillTrue === undefined || (alert.stillTrue === true) === stillTrue) &&
    (unassigned === undefined || (alert.assignedTo === undefined) === unassigned);
}

/** ISO in UTC, as the instants of alerts are, so that texts compare as instants do. */
const utc = (instant: string | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString();

const isOverdue = ({ acknowledgeBy }: AlertSummary, present: string): boolean =>
  acknowledgeBy !== undefined && acknowledgeBy <= present;

const isSnoozed = ({ snoozedUntil }: AlertSummary, present: string): boolean =>
  snoozedUntil !== undefined && snoozedUntil > present;
