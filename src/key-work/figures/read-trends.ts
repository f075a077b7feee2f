import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../../access/prisons.js';
import { type Instant, toIso } from '../../prison/instant.js';
import { type Day, isoDate, LocalDays, mondayOf } from '../../prison/local-days.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import type { Period } from '../period.js';
import { inPeriod, standNow } from './prison-figures.js';
import { KeyWorkFigures } from './key-work-figures.js';
import { asKeyworkerApi } from './keyworker-api.js';

const A_WEEK = 7;

/** How key work was delivered in some prisons, week by week, up to the last week that is over. No person is in it. */
export interface Trends {
  /** The first days of the weeks: `2026-11-16`. A week is Monday to Sunday, Europe/London. */
  readonly mondays: readonly string[];
  /** From the beginning of the first week to the end of the last: milliseconds since 1970-01-01T00:00:00Z. */
  readonly span: InstantSpan;
  /** As many weeks before. */
  readonly spanBefore: InstantSpan;
  /** For the figures of now: ISO, UTC. */
  readonly asAt: string;
  readonly prisons: readonly PrisonTrend[];
}

interface InstantSpan {
  readonly from: Instant;
  readonly to: Instant;
}

type InPeriod = ReturnType<typeof inPeriod>;

/** One prison; one of which nothing was heard is told with zeros. */
export interface PrisonTrend {
  readonly prisonId: string;
  readonly weeks: readonly InPeriod[];
  readonly period: InPeriod;
  readonly before: InPeriod;
  readonly now: ReturnType<typeof standNow>;
  readonly keyworkerApi: ReturnType<typeof asKeyworkerApi>;
}

/** Of these prisons, those that the reader may see. */
export class ReadTrends extends Query<Trends> {
  constructor(
    readonly prisonIds: readonly string[],
    readonly weeks: number,
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(ReadTrends)
export class ReadTrendsHandler implements IQueryHandler<ReadTrends> {
  constructor(
    private readonly figures: KeyWorkFigures,
    private readonly days: LocalDays,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ prisonIds, weeks, prisons }: ReadTrends): Promise<Trends> {
    const now = this.clock.now();
    const end = mondayOf(this.days.dayOf(now)) - 1;
    const period = periodEnding(end, weeks);
    const before = periodEnding(period.from - 1, weeks);
    const mondays = Array.from({ length: weeks }, (_, week) => period.from + week * A_WEEK);
    const people = Map.groupBy(this.figures.everybody(), ({ prisonId }) => prisonId);
    const visible = prisonIds.filter((prisonId) => prisons.has(prisonId));
    return Promise.resolve({
      mondays: mondays.map(isoDate),
      span: this.spanOf(period),
      spanBefore: this.spanOf(before),
      asAt: toIso(now),
      prisons: visible.map((prisonId) => ({
        prisonId,
        weeks: mondays.map((monday) => inPeriod(prisonId, periodEnding(monday + A_WEEK - 1, 1), this.figures)),
        period: inPeriod(prisonId, period, this.figures),
        before: inPeriod(prisonId, before, this.figures),
        now: standNow(prisonId, people.get(prisonId) ?? [], { figures: this.figures, days: this.days, now }),
        keyworkerApi: asKeyworkerApi(this.figures, prisonId, period),
      })),
    });
  }

  private spanOf({ from, to }: Period): InstantSpan {
    return { from: this.days.startOf(from), to: this.days.startOf(to + 1) - 1 };
  }
}

const periodEnding = (to: Day, weeks: number): Period => ({ from: to - weeks * A_WEEK + 1, to });
