import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import type { Prisons } from '../access/prisons.js';
import { ALERT_STATES, type AlertState, type AlertSummary, AlertSummaryBody, isOpenState } from './alert-summary.js';
import { AtLeast } from './at-least.js';
import type { Plain } from './plain.js';
import { rank, SEVERITIES, type Severity } from './severity.js';
import { VisibleAlerts } from './visible-alerts.js';

/** What lists can be sorted by, and how each compares. */
const SORTS = {
  raisedAt: (a, b) => inOrder(a.raisedAt, b.raisedAt),
  changedAt: (a, b) => inOrder(a.changedAt, b.changedAt),
  severity: (a, b) => rank(a.severity) - rank(b.severity),
  state: (a, b) => ALERT_STATES.indexOf(a.state) - ALERT_STATES.indexOf(b.state),
  rule: (a, b) => inOrder(a.rule, b.rule),
  prisonId: (a, b) => inOrder(a.prisonId, b.prisonId),
  prisonNumber: (a, b) => inOrder(a.prisonNumber, b.prisonNumber),
} as const satisfies Record<string, (a: AlertSummary, b: AlertSummary) => number>;

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const SORT = new RegExp(`^(${Object.keys(SORTS).join('|')})(,(asc|desc))?$`);
const PRISON_NUMBER = /^[A-Z]\d{4}[A-Z]{2}$/;

const list = ({ value }: { value: unknown }): unknown =>
  value === undefined ? undefined : [value].flat().flatMap((v) => (typeof v === 'string' ? v.split(',') : [v]));
const upper = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.toUpperCase().replaceAll(/\s/g, '') : value;
const number = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

/** Which safety alerts, in which order, which page. */
export class AlertListQuery extends AtLeast {
  @ApiPropertyOptional({ example: 'XYI' })
  @IsOptional()
  @Transform(upper)
  @Matches(/^[A-Z]{3}$/, { message: 'must be three letters, such as XYI' })
  readonly prisonId?: string;

  @ApiPropertyOptional({ enum: ALERT_STATES, isArray: true, description: 'Comma list' })
  @IsOptional()
  @Transform(list)
  @IsIn(ALERT_STATES, { each: true, message: `must be a comma list of ${ALERT_STATES.join(', ')}` })
  readonly state?: AlertState[];

  @ApiPropertyOptional({ enum: SEVERITIES, isArray: true, description: 'Comma list' })
  @IsOptional()
  @Transform(list)
  @IsIn(SEVERITIES, { each: true, message: `must be a comma list of ${SEVERITIES.join(', ')}` })
  readonly severity?: Severity[];

  @ApiPropertyOptional({ example: 'KW-01' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]{1,40}$/, { message: 'must be the id of one rule, such as KW-01' })
  readonly rule?: string;

  @ApiPropertyOptional({ example: 'A1234BC' })
  @IsOptional()
  @Transform(upper)
  @Matches(PRISON_NUMBER, { message: 'must be a prison number, such as A1234BC' })
  readonly prisonNumber?: string;

  @ApiPropertyOptional({ description: 'User name' })
  @IsOptional()
  @IsString({ message: 'must be one user name' })
  readonly assignedTo?: string;

  @ApiPropertyOptional({ default: 0, minimum: 0 })
  @Transform(number)
  @IsInt({ message: 'must be a whole number, the first page is 0' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(1_000_000, { message: 'must be at most 1000000' })
  readonly page: number = 0;

  @ApiPropertyOptional({ default: 20, minimum: 1, maximum: 500 })
  @Transform(number)
  @IsInt({ message: 'must be a whole number' })
  @Min(1, { message: 'must be 1 or more' })
  @Max(500, { message: 'must be at most 500' })
  readonly size: number = 20;

  @ApiPropertyOptional({ default: 'raisedAt,desc' })
  @Matches(SORT, { message: `must be one of ${Object.keys(SORTS).join(', ')}, then ,asc or ,desc` })
  readonly sort: string = 'raisedAt,desc';
}

/** One page of safety alerts. */
export class AlertPageBody {
  @ApiProperty({ type: [AlertSummaryBody] }) readonly content!: readonly AlertSummary[];
  @ApiProperty({ description: 'Of this page, from 0' }) readonly number!: number;
  @ApiProperty() readonly size!: number;
  @ApiProperty() readonly numberOfElements!: number;
  @ApiProperty() readonly totalElements!: number;
  @ApiProperty() readonly totalPages!: number;
  @ApiProperty({ example: 'raisedAt,desc' }) readonly sort!: string;
}

export type AlertPage = Plain<AlertPageBody>;

export class ListAlerts extends Query<AlertPage> {
  constructor(
    readonly asked: AlertListQuery,
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(ListAlerts)
export class ListAlertsHandler implements IQueryHandler<ListAlerts> {
  constructor(private readonly alerts: VisibleAlerts) {}

  execute({ asked, prisons }: ListAlerts): Promise<AlertPage> {
    const matching = this.candidates(asked, prisons).filter((alert) => matches(alert, asked));
    return Promise.resolve(pageOf(matching, asked));
  }

  /** As few as the filters allow to tell quickly. */
  private candidates({ prisonNumber, state }: AlertListQuery, prisons: Prisons): AlertSummary[] {
    if (prisonNumber !== undefined) return this.alerts.ofPerson(prisonNumber, prisons);
    return state?.every(isOpenState) ? this.alerts.open(prisons) : this.alerts.all(prisons);
  }
}

const matches = (alert: AlertSummary, asked: AlertListQuery): boolean =>
  (asked.prisonId === undefined || alert.prisonId === asked.prisonId) &&
  (asked.state === undefined || asked.state.includes(alert.state)) &&
  (asked.severity === undefined || asked.severity.includes(alert.severity)) &&
  (asked.rule === undefined || alert.rule === asked.rule) &&
  (asked.prisonNumber === undefined || alert.prisonNumber === asked.prisonNumber) &&
  (asked.assignedTo === undefined || alert.assignedTo === asked.assignedTo);

function pageOf(alerts: AlertSummary[], { page, size, sort }: AlertListQuery): AlertPage {
  const [field, direction] = sort.includes(',') ? sort.split(',') : [sort, 'asc'];
  const compare = SORTS[field as keyof typeof SORTS];
  const sign = direction === 'desc' ? -1 : 1;
  // The id decides between equals, so that no alert is on two pages.
  const sorted = alerts.sort((a, b) => sign * compare(a, b) || inOrder(a.id, b.id));
  const content = sorted.slice(page * size, (page + 1) * size);
  return {
    content,
    number: page,
    size,
    numberOfElements: content.length,
    totalElements: alerts.length,
    totalPages: Math.ceil(alerts.length / size),
    sort: [field, direction].join(','),
  };
}
