import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../access/prisons.js';
import { type Clock, CLOCK } from '../store/clock.js';
import type { AlertFilter } from './alert-filter.js';
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ filters, prisons }: CountAlerts): Promise<readonly number[]> {
    return Promise.resolve(this.alerts.count(filters, prisons, this.clock.now()));
  }
}
