import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller.js';
import type { Role } from '../../access/roles.js';
import { hold, HOLDERS, type Holders, readableBefore } from '../../access/holders.js';
import { People } from '../../custody/people/people.js';
import { toIso } from '../../prison/instant.js';
import { isoDate, LocalDays } from '../../prison/local-days.js';
import { KeyWorkProjection } from '../../key-work/figures/key-work-projection.js';
import { NoSuchPerson } from '../../answers/errors.js';
import type { KeyWorkerHistory } from '../../key-work/history/key-worker-history.js';
import { ReadKeyWorkerHistory } from '../../key-work/history/read-history.js';
import type { PersonTimeline } from '../../key-work/timeline/timeline.js';
import { ReadTimeline, type TimelineQuery } from '../../key-work/timeline/read-timeline.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import type { Prisons } from '../../access/prisons.js';
import type { AlertFilter } from '../../safety-alerts/list/alert-filter.js';
import type { AlertState, AlertSummary } from '../../safety-alerts/list/alert-summary.js';
import { RULE_SOURCE, type RuleSource } from '../../safety-alerts/ports.js';
import { PresentReasons } from '../../safety-alerts/list/present-reasons.js';
import { VisibleAlerts } from '../../safety-alerts/list/visible-alerts.js';
import type { KnownPeople } from './person-head.js';
import { CoverageReader } from '../../oversight/told/coverage-reader.js';
import { type Clock, CLOCK } from '../../store/clock.js';

export const HISTORY = 'ROLE_CUSTODY_WATCH__HISTORY__RO' satisfies Role;

export const mayReadHistory = ({ roles }: Caller): boolean => roles.has(HISTORY);

type NamedAlert = AlertSummary & { readonly ruleName: string | undefined };

/** How many rules cannot be watched in the prison that holds somebody. */
export interface NotWatchedThere {
  readonly prisonId: string;
  readonly count: number;
}

const OPEN: readonly AlertState[] = ['OPEN', 'ACKNOWLEDGED'];

/** How somebody is in a prison that is not the reader's. */
const ELSEWHERE = {
  prisonId: undefined,
  inCustody: false,
  away: false,
  location: undefined,
  acct: undefined,
  segregated: false,
  legal: undefined,
  dateOfBirth: undefined,
  keyWorker: undefined,
};

/** What the pages about somebody are made from, for who may see them. */
@Injectable()
export class FactsOfPerson {
  private readonly days = new LocalDays();

  constructor(
    private readonly queries: QueryBus,
    private readonly projection: KeyWorkProjection,
    private readonly visibleAlerts: VisibleAlerts,
    private readonly reasons: PresentReasons,
    private readonly coverage: CoverageReader,
    @Inject(HOLDERS) private readonly holders: Holders,
    @Inject(RULE_SOURCE) private readonly rules: RuleSource,
    @Inject(CLOCK) private readonly clock: Clock,
    readonly people: People,
  ) {}

  /** `2026-11-20`, the local day that it is (Europe/London). */
  get today(): string {
    return isoDate(this.days.dayOf(this.clock.now()));
  }

  /** ISO in UTC. */
  get now(): string {
    return toIso(this.clock.now());
  }

  /** For the prison that holds the person, and one from which they were just taken over. @throws NoSuchPerson */
  mustRead({ prisons }: Caller, prisonNumber: string): void {
    const known = this.holders.holderOf(prisonNumber) !== undefined;
    if (!known || readableBefore(prisons, prisonNumber, this.holders) === -Infinity) throw new NoSuchPerson();
  }

  /** People as somebody may see them: a prison from which they were taken over is not told how they are elsewhere. */
  peopleFor({ prisons }: Caller): KnownPeople {
    const { people, holders, today } = this;
    return {
      today,
      staffName: (staffId) => people.staffName(staffId, prisons),
      prisonName: (prisonId) => people.prisonName(prisonId),
      person: (prisonNumber) => {
        const person = people.person(prisonNumber);
        const isElsewhere = !hold(prisons, prisonNumber, holders);
        return person && { ...person, takeover: holders.takeoverOf(prisonNumber), ...(isElsewhere && ELSEWHERE) };
      },
    };
  }

  /** @throws NoSuchPerson, StoreUnavailable */
  async history(
    { prisons }: Caller,
    prisonNumber: string,
    query: { readonly from?: string; readonly to?: string },
    lastDays: number,
  ): Promise<KeyWorkerHistory> {
    await this.readable();
    return this.queries.execute(new ReadKeyWorkerHistory(prisonNumber, query, prisons, lastDays));
  }

  /** @throws NoSuchPerson, StoreUnavailable */
  async timeline({ prisons }: Caller, prisonNumber: string, query: TimelineQuery): Promise<PersonTimeline> {
    await this.readable();
    return this.queries.execute(new ReadTimeline(prisonNumber, query, prisons));
  }

  /** Their safety alerts, under whatever number, with the names of the rules. */
  async alerts({ prisons }: Caller, prisonNumber: string): Promise<NamedAlert[]> {
    return this.named({ prisonNumber }, prisons);
  }

  /** The open safety alerts about whoever is their key worker, where one of the reader's prisons holds them. */
  async alertsOfKeyWorker(caller: Caller, prisonNumber: string): Promise<NamedAlert[]> {
    const { keyWorker, prisonId } = this.peopleFor(caller).person(prisonNumber) ?? {};
    if (keyWorker === undefined || prisonId === undefined) return [];
    return this.named({ subject: `key-worker:${keyWorker}`, prisonId: [prisonId], state: OPEN }, caller.prisons);
  }

  /** How many rules cannot be watched where one of the reader's prisons holds them. */
  notWatchedAbout(caller: Caller, prisonNumber: string): NotWatchedThere | undefined {
    const { inCustody, prisonId } = this.peopleFor(caller).person(prisonNumber) ?? {};
    const count = prisonId !== undefined && inCustody ? this.coverage.notWatchedIn(prisonId).size : 0;
    return prisonId === undefined || count === 0 ? undefined : { prisonId, count };
  }

  private async named(filter: AlertFilter, prisons: Prisons): Promise<NamedAlert[]> {
    const visible = this.visibleAlerts.matching(filter, prisons, this.clock.now());
    const alerts = await this.reasons.in(visible, (alert) => this.visibleAlerts.mayTellNow(alert, prisons));
    return alerts.map((alert) => ({ ...alert, ruleName: this.rules.rule(alert.rule)?.name }));
  }

  nameOfRule = (rule: string): string => this.rules.rule(rule)?.name ?? rule;

  private readable(): Promise<void> {
    return this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
  }
}
