import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../../access/prisons.js';
import { type Day, LocalDays } from '../../prison/local-days.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { NoSuchPrison } from '../errors.js';
import { periodOf, type PeriodQuery } from '../period.js';
import { type PrisonFigures, tellFigures } from './prison-figures.js';
import { KeyWorkFigures } from './key-work-figures.js';

const FOUR_WEEKS = 28;

export class ReadFigures extends Query<PrisonFigures> {
  constructor(
    readonly prisonId: string,
    readonly query: PeriodQuery,
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(ReadFigures)
export class ReadFiguresHandler implements IQueryHandler<ReadFigures> {
  constructor(
    private readonly figures: KeyWorkFigures,
    private readonly days: LocalDays,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws NoSuchPrison, InvalidQuery when the period makes no sense */
  execute({ prisonId, query, prisons }: ReadFigures): Promise<PrisonFigures> {
    const { figures, days } = this;
    const now = this.clock.now();
    if (!prisons.has(prisonId) || !figures.everyPrison.has(prisonId)) throw new NoSuchPrison(prisonId);
    const firstDay = (to: Day) => to - FOUR_WEEKS + 1;
    const period = periodOf(query, { days, today: days.dayOf(now), firstDay });
    return Promise.resolve(tellFigures(prisonId, period, { figures, days, now }));
  }
}
