import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Transform } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import type { Prisons } from '../access/prisons.js';
import { AlertFilterQuery } from './alert-filter.js';
import { firstInOrder, orderOf, SORT, SORT_FIELDS } from './alert-order.js';
import { type AlertSummary, AlertSummaryBody } from './alert-summary.js';
import { AnswersOfNow } from './answers-of-now.js';
import type { Plain } from './plain.js';
import { VisibleAlerts } from './visible-alerts.js';

const number = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

/** Which safety alerts, in which order, which page. */
export class AlertListQuery extends AlertFilterQuery {
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
  @Matches(SORT, { message: `must be one of ${SORT_FIELDS.join(', ')}, then ,asc or ,desc` })
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
  constructor(
    private readonly alerts: VisibleAlerts,
    private readonly answers: AnswersOfNow,
  ) {}

  execute({ asked, prisons }: ListAlerts): Promise<AlertPage> {
    const page = this.answers.to({ list: asked }, prisons, (now) =>
      pageOf(this.alerts.matching(asked, prisons, now), asked),
    );
    return Promise.resolve(page);
  }
}

function pageOf(alerts: AlertSummary[], { page, size, sort }: AlertListQuery): AlertPage {
  const order = orderOf(sort);
  const totalElements = alerts.length;
  const content = firstInOrder(alerts, order, (page + 1) * size).slice(page * size);
  return {
    content,
    number: page,
    size,
    numberOfElements: content.length,
    totalElements,
    totalPages: Math.ceil(totalElements / size),
    sort: `${order.field},${order.direction}`,
  };
}
