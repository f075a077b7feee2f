import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../../access/prisons.js';
import { InvalidQuery } from '../../answers/errors.js';
import { AlertIndex } from '../list/alert-index.js';
import { type AlertsInPrison, mondaysBetween, type WeeklyFigures, type WeekOfAlerts } from './weekly-figures.js';
import { DAY } from '../../prison/instant.js';

const WEEK = 7 * DAY;
const MOST_WEEKS = 106;

/** Weeks of some prisons. */
interface WeeksScope {
  /** The weeks that touch these instants, and those between: milliseconds since 1970-01-01T00:00:00Z. */
  readonly from: number;
  readonly to: number;
  readonly prisons: Prisons;
  /** By default every prison that ever had a safety alert. Others are shown with zeros. */
  readonly prisonIds?: readonly string[] | undefined;
}

/**
 * How many alerts were raised and closed, and how long they waited to be acknowledged, by prison and ISO week, zeros
 * included. Says nothing about any person.
 * @throws InvalidQuery for no or more than 106 weeks
 */
export class AlertsByWeek extends Query<readonly WeekOfAlerts[]> {
  constructor(readonly scope: WeeksScope) {
    super();
  }
}

@QueryHandler(AlertsByWeek)
export class AlertsByWeekHandler implements IQueryHandler<AlertsByWeek> {
  constructor(private readonly alerts: AlertIndex) {}

  async execute({ scope }: AlertsByWeek): Promise<readonly WeekOfAlerts[]> {
    const { weeks } = this.alerts;
    return Promise.resolve(weeks.of(shownOf(scope, weeks), mondaysOf(scope)));
  }
}

/** The same over all of these weeks. @throws InvalidQuery for no or more than 106 weeks */
export class AlertsOverWeeks extends Query<readonly AlertsInPrison[]> {
  constructor(readonly scope: WeeksScope) {
    super();
  }
}

@QueryHandler(AlertsOverWeeks)
export class AlertsOverWeeksHandler implements IQueryHandler<AlertsOverWeeks> {
  constructor(private readonly alerts: AlertIndex) {}

  async execute({ scope }: AlertsOverWeeks): Promise<readonly AlertsInPrison[]> {
    const { weeks } = this.alerts;
    return Promise.resolve(weeks.over(shownOf(scope, weeks), mondaysOf(scope)));
  }
}

const shownOf = ({ prisonIds, prisons }: WeeksScope, weeks: WeeklyFigures): string[] =>
  (prisonIds ?? weeks.everyPrison).filter((prisonId) => prisons.has(prisonId));

const mondaysOf = ({ from, to }: WeeksScope): string[] => {
  if (from <= to && to - from < MOST_WEEKS * WEEK) return mondaysBetween(from, to);
  const value = `${from} to ${to}`;
  throw new InvalidQuery([{ field: 'span', value, message: `must be 1 to ${MOST_WEEKS} weeks, with from before to` }]);
};
