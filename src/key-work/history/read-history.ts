import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Prisons } from '../../access/prisons.js';
import { staysOf } from '../../custody/whereabouts/stays.js';
import { type Day, LocalDays } from '../../prison/local-days.js';
import type { AlertStep } from '../../safety-alerts/list/alert-histories.js';
import { PresentReasons } from '../../safety-alerts/list/present-reasons.js';
import { RULE_SOURCE, type RuleSource } from '../../safety-alerts/ports.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { KeyWorkFigures } from '../figures/key-work-figures.js';
import { periodOf, type PeriodQuery } from '../period.js';
import { type PersonRecord, stands } from '../person-record.js';
import { ReadableRecords } from '../readable-record.js';
import { type KeyWorkerHistory, tellHistory } from './key-worker-history.js';
import { paceOn } from './pace.js';
import { NOT_WATCHED, type NotWatchedByPrison } from './not-watched.js';

export class ReadKeyWorkerHistory extends Query<KeyWorkerHistory> {
  constructor(
    readonly prisonNumber: string,
    readonly query: PeriodQuery,
    readonly prisons: Prisons,
    /** Where the question names no days: only the last so many of the stay, until it ended. */
    readonly lastDays = Infinity,
  ) {
    super();
  }
}

@QueryHandler(ReadKeyWorkerHistory)
export class ReadKeyWorkerHistoryHandler implements IQueryHandler<ReadKeyWorkerHistory> {
  constructor(
    private readonly records: ReadableRecords,
    private readonly reasons: PresentReasons,
    private readonly figures: KeyWorkFigures,
    private readonly days: LocalDays,
    @Inject(RULE_SOURCE) private readonly rules: RuleSource,
    @Inject(NOT_WATCHED) private readonly notWatched: NotWatchedByPrison,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Only for the prison that holds the person. @throws NoSuchPerson, InvalidQuery when the period makes no sense, StoreUnavailable */
  async execute({ prisonNumber, query, prisons, lastDays }: ReadKeyWorkerHistory): Promise<KeyWorkerHistory> {
    const { days } = this;
    const now = this.clock.now();
    const { record, steps, before } = await this.records.of(prisonNumber, prisons);
    const today = days.dayOf(now);
    const stay = this.lastStay(record);
    const lastDay = lastDays === Infinity || query.from !== undefined ? today : (stay?.last ?? today);
    const firstDay = (to: Day) => Math.max(stay?.first ?? today, to - lastDays + 1);
    const period = periodOf(query, { days, today, firstDay, lastDay });
    // What is so now is not for a prison that they have left.
    const alerts = before === Infinity ? await this.withPresentReasons(steps) : steps;
    const nameOfRule = (rule: string) => this.rules.rule(rule)?.name;
    const { notWatched, figures } = this;
    const ofPrisons = { sources: figures.sources, notWatched, paceOn: paceOn(figures.frequency, notWatched) };
    return tellHistory({ record, alerts, ...ofPrisons, nameOfRule, days, now }, period);
  }

  /** What became of the person's alerts; what each is about, as it is now. */
  private async withPresentReasons(steps: readonly AlertStep[]): Promise<AlertStep[]> {
    const present = await this.reasons.in(steps.map(({ alert }) => alert));
    return steps.map((step, i) => ({ ...step, alert: present[i] ?? step.alert }));
  }

  /** The first and last day of the present stay, or the last one. */
  private lastStay({ entries }: PersonRecord): { readonly first: Day; readonly last: Day | undefined } | undefined {
    const events = entries.filter(stands).map(({ occurrence }) => occurrence);
    const stay = staysOf(events).at(-1);
    if (!stay) return undefined;
    return {
      first: this.days.dayOf(stay.since),
      last: stay.until === undefined ? undefined : this.days.dayOf(stay.until),
    };
  }
}
