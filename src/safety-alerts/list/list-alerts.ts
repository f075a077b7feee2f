import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Matches } from 'class-validator';
import type { Prisons } from '../../access/prisons.js';
import { asPage, PageBody, PageNumber, PageSize } from '../../answers/page.js';
import { type AlertFilter, AlertFilterQuery } from './alert-filter.js';
import { firstInOrder, orderOf, SORT, SORT_FIELDS } from './alert-order.js';
import { type AlertSummary, AlertSummaryBody } from './alert-summary.js';
import { AnswersOfNow } from './answers-of-now.js';
import type { Plain } from '../alert/plain.js';
import { PresentReasons } from './present-reasons.js';
import { VisibleAlerts } from './visible-alerts.js';

/** Which safety alerts, in which order, which page. */
export class AlertListQuery extends AlertFilterQuery {
  @PageNumber() readonly page: number = 0;
  @PageSize(500) readonly size: number = 20;

  @ApiPropertyOptional({ default: 'raisedAt,desc' })
  @Matches(SORT, { message: `must be one of ${SORT_FIELDS.join(', ')}, then ,asc or ,desc` })
  readonly sort: string = 'raisedAt,desc';
}

/** One page of safety alerts. */
export class AlertPageBody extends PageBody {
  @ApiProperty({ type: [AlertSummaryBody] }) readonly content!: readonly AlertSummary[];
  @ApiProperty({ example: 'raisedAt,desc' }) readonly sort!: string;
}

export type PageOfAlerts = Plain<AlertPageBody>;

export class ListAlerts extends Query<PageOfAlerts> {
  constructor(
    readonly query: AlertListQuery,
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
    private readonly reasons: PresentReasons,
  ) {}

  execute({ query, prisons }: ListAlerts): Promise<PageOfAlerts> {
    return this.answers.to({ list: query }, prisons, async (now) => {
      const page = pageOf(this.alerts.matching(query, prisons, now), query);
      return {
        ...page,
        content: await this.reasons.in(page.content, (alert) => this.alerts.mayTellNow(alert, prisons)),
      };
    });
  }
}

function pageOf(alerts: AlertSummary[], query: AlertListQuery): PageOfAlerts {
  const { page, size } = query;
  const order = orderOf(query.sort);
  const content = firstInOrder(alerts, order, (page + 1) * size).slice(page * size);
  return { ...asPage(content, alerts.length, query), sort: `${order.field},${order.direction}` };
}

/**
 * How many safety alerts pass each of these filters now: the numbers behind the links of a page. Answers in their order.
 */
export class CountAlerts extends Query<readonly number[]> {
  constructor(
    readonly filters: readonly AlertFilter[],
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(CountAlerts)
export class CountAlertsHandler implements IQueryHandler<CountAlerts> {
  constructor(
    private readonly alerts: VisibleAlerts,
    private readonly answers: AnswersOfNow,
  ) {}

  execute({ filters, prisons }: CountAlerts): Promise<readonly number[]> {
    const counts = this.answers.to({ count: filters }, prisons, (now) => this.alerts.count(filters, prisons, now));
    return Promise.resolve(counts);
  }
}
