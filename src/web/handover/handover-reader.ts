import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../access/caller.js';
import { HOLDERS, type Holders } from '../../access/holders.js';
import { People } from '../../custody/people/people.js';
import { HandoverProjection } from '../../handover/handover-projection.js';
import { ReadHandovers } from '../../handover/read-handovers.js';
import { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { AlertListQuery, CountAlerts, ListAlerts } from '../../safety-alerts/list/list-alerts.js';
import { ReadChanges } from '../../safety-alerts/list/read-changes.js';
import { SEVERITIES, type Severity } from '../../prison/severity.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { WATCHED_RULES, type WatchedRules } from '../rules/watched-rules.js';
import type { HandoverFacts } from './handover.page.js';
import { readStart, defaultStart } from './start.js';

const OPEN = ['OPEN', 'ACKNOWLEDGED'] as const;

/** Gathers what a hand-over tells. */
@Injectable()
export class HandoverReader {
  constructor(
    private readonly queries: QueryBus,
    private readonly alerts: AlertProjection,
    private readonly projection: HandoverProjection,
    private readonly people: People,
    @Inject(HOLDERS) private readonly holders: Holders,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WATCHED_RULES) private readonly rules: WatchedRules,
  ) {}

  /** @param prisonId nothing for all of the caller's @throws NoSuchHandover, StoreUnavailable */
  async read(query: Readonly<Record<string, unknown>>, caller: Caller, prisonId?: string): Promise<HandoverFacts> {
    const { people, holders } = this;
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    await this.alerts.readable(signal);
    await this.projection.readable(signal);
    const now = this.clock.now();
    const start = readStart(query, now);
    const handovers =
      prisonId === undefined ? undefined : await this.queries.execute(new ReadHandovers(prisonId, caller.prisons));
    const since = start.instant ?? defaultStart(handovers?.lastSigned, now);
    const changes = await this.queries.execute(new ReadChanges(since, caller.prisons));
    return {
      prisonId,
      start,
      since,
      changes,
      handovers,
      people,
      holders,
      caller,
      rules: this.rules.all,
      now,
      critical: await this.critical(caller),
      open: await this.open(caller),
      requestId: randomUUID(),
    };
  }

  private critical({ prisons }: Caller) {
    const query = { state: OPEN, severity: ['CRITICAL' as const], size: 500, sort: 'raisedAt,asc' };
    return this.queries.execute(new ListAlerts(Object.assign(new AlertListQuery(), query), prisons));
  }

  private async open({ prisons }: Caller): Promise<Record<Severity, number>> {
    const filters = SEVERITIES.map((severity) => ({ state: OPEN, severity: [severity] }));
    const counts = await this.queries.execute(new CountAlerts(filters, prisons));
    return Object.fromEntries(SEVERITIES.map((severity, i) => [severity, counts[i] ?? 0])) as Record<Severity, number>;
  }
}
