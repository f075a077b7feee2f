import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../access/prisons.js';
import { InvalidQuery } from './errors.js';
import { OpenAlerts } from './open-alerts.js';
import { mondaysBetween, type WeekOfAlerts } from './weekly-figures.js';

const WEEK = 7 * 86_400_000;
const MOST_WEEKS = 106;

/**
 * Raised, closed, and how long they waited to be acknowledged, by prison and ISO week, zeros included. No person is in it.
 * @throws InvalidQuery for no or more than 106 weeks
 */
export class AlertsByWeek extends Query<readonly WeekOfAlerts[]> {
  constructor(
    /** The weeks that touch these instants, and those between: milliseconds since 1970-01-01T00:00:00Z. */
    readonly span: { readonly from: number; readonly to: number },
    readonly prisons: Prisons,
    /** Left out: every prison that ever had a safety alert. Others are shown with zeros. */
    readonly prisonIds?: readonly string[],
  ) {
    super();
  }
}

@QueryHandler(AlertsByWeek)
export class AlertsByWeekHandler implements IQueryHandler<AlertsByWeek> {
  constructor(private readonly alerts: OpenAlerts) {}

  async execute({ span: { from, to }, prisons, prisonIds }: AlertsByWeek): Promise<readonly WeekOfAlerts[]> {
    if (!(from <= to && to - from < MOST_WEEKS * WEEK)) {
      const value = `${from} to ${to}`;
      throw new InvalidQuery([{ field: 'span', value, message: `must be 1 to ${MOST_WEEKS} weeks, from before to` }]);
    }
    const { weeks } = this.alerts;
    const shown = (prisonIds ?? weeks.everyPrison).filter((prisonId) => prisons.has(prisonId));
    return Promise.resolve(weeks.of(shown, mondaysBetween(from, to)));
  }
}
