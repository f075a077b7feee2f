import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../../access/prisons.js';
import type { AlertFilter } from './alert-filter.js';
import { AnswersOfNow } from './answers-of-now.js';
import { VisibleAlerts } from './visible-alerts.js';

/** How many safety alerts pass each of some filters now: what the numbers on a page link to. Answers in their order. */
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
