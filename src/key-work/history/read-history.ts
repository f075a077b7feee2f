import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { hold, WHEREABOUTS, type Whereabouts } from '../../access/whereabouts.js';
import type { Prisons } from '../../access/prisons.js';
import { LocalDays } from '../../kernel/local-days.js';
import { RULE_SOURCE, type RuleSource } from '../../safety-alerts/ports.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { KeyWorkFigures } from '../delivery/key-work-figures.js';
import { NoSuchPerson } from '../errors.js';
import { periodOf, type PeriodQuery } from '../period.js';
import { PersonAlerts } from '../person-alerts.js';
import { type PersonRecord, PersonRecords, stands } from '../person-record.js';
import { type KeyWorkerHistory, tellHistory } from './key-worker-history.js';
import { staysOf } from './time-in-prison.js';

export class ReadKeyWorkerHistory extends Query<KeyWorkerHistory> {
  constructor(
    readonly prisonNumber: string,
    readonly asked: PeriodQuery,
    readonly prisons: Prisons,
  ) {
    super();
  }
}

@QueryHandler(ReadKeyWorkerHistory)
export class ReadKeyWorkerHistoryHandler implements IQueryHandler<ReadKeyWorkerHistory> {
  constructor(
    private readonly records: PersonRecords,
    private readonly alerts: PersonAlerts,
    private readonly figures: KeyWorkFigures,
    private readonly days: LocalDays,
    @Inject(RULE_SOURCE) private readonly rules: RuleSource,
    @Inject(WHEREABOUTS) private readonly whereabouts: Whereabouts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Only for the prison that holds the person. @throws NoSuchPerson, InvalidQuery when the period makes no sense, StoreUnavailable */
  async execute({ prisonNumber, asked, prisons }: ReadKeyWorkerHistory): Promise<KeyWorkerHistory> {
    const { days } = this;
    const now = this.clock.now();
    const record = hold(prisons, prisonNumber, this.whereabouts) && (await this.records.of(prisonNumber));
    if (!record) throw new NoSuchPerson();
    const firstDay = () => this.firstDayOfStay(record) ?? days.dayOf(now);
    const period = periodOf(asked, { days, today: days.dayOf(now), firstDay });
    const alerts = await this.alerts.stepsOf(prisonNumber);
    const nameOfRule = (rule: string) => this.rules.rule(rule)?.name;
    return tellHistory({ record, alerts, sources: this.figures.sources, nameOfRule, days, now }, period);
  }

  /** Of the present stay, or the last one. */
  private firstDayOfStay({ entries }: PersonRecord): number | undefined {
    const events = entries.filter(stands).map(({ occurrence }) => occurrence);
    const last = staysOf(events, this.days).at(-1);
    return last && this.days.dayOf(last.since);
  }
}
