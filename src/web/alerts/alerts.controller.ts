import { Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import type { Caller } from '../../access/caller.js';
import { noteSubjects } from '../../access-records/request-subjects.js';
import { People } from '../../custody/people/people.js';
import { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import {
  AlertListQuery,
  type PageOfAlerts as AlertsFound,
  CountAlerts,
  ListAlerts,
} from '../../safety-alerts/list/list-alerts.js';
import { AlertIndex } from '../../safety-alerts/list/alert-index.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { WATCHED_RULES, type WatchedRules } from '../rules/watched-rules.js';
import { Freshness } from '../frame/freshness.js';
import { PendingReader } from '../pending/pending-reader.js';
import { LastVisits } from '../home/last-visits.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { alertsCsv } from './alerts-csv.js';
import { type AlertsPage, alertRow, alertsPage, MOST_IN_A_FILE } from './alerts.page.js';
import { ALL, type ChosenLocation, Location } from '../sign-in/location.js';
import { Viewer } from '../sign-in/viewer.js';
import {
  type ListAddress,
  filterOf,
  filterOfView,
  readAddress,
  showsAllThatIsNew,
  VIEWS,
  type View,
} from './list-address.js';

const READERS = ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'] as const;

const ON_A_PAGE = 25;

@Page('', READERS, 'read')
export class AlertsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projection: AlertProjection,
    private readonly alerts: AlertIndex,
    private readonly people: People,
    private readonly freshness: Freshness,
    private readonly lastVisits: LastVisits,
    private readonly pending: PendingReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WATCHED_RULES) private readonly rules: WatchedRules,
  ) {}

  @Get('alerts')
  @Viewed('alerts/alerts', 'viewSafetyAlerts')
  async list(
    @Query() query: Record<string, unknown>,
    @Viewer() caller: Caller,
    @Location() location: ChosenLocation,
  ): Promise<AlertsPage> {
    const address = this.address(query);
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    const [now, stream] = [this.clock.now(), streamFrom(this.alerts.read.position, location)];
    const [found, counts] = [await this.found(address, caller, ON_A_PAGE), await this.counts(caller)];
    if (showsAllThatIsNew(address)) await this.lastVisits.saw({ name: caller.name, location: location.chosen }, now);
    return alertsPage({
      address,
      found,
      counts,
      rules: this.rules.all,
      people: this.people,
      caller,
      stream,
      now,
      toldTwice: await this.pending.notice(caller.prisons),
      reassurance: this.freshness.lines().join(' '),
    });
  }

  @Get('alerts.csv')
  @Sent('downloadSafetyAlerts')
  async csv(
    @Query() query: Record<string, unknown>,
    @Viewer() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    const found = await this.found({ ...this.address(query), page: 1 }, caller, MOST_IN_A_FILE);
    noteSubjects(
      request,
      found.content.flatMap(({ prisonNumber }) => prisonNumber ?? []),
    );
    response.type('text/csv').attachment('safety-alerts.csv');
    const facts = { people: this.people, caller, rules: this.rules.all, now: this.clock.now() };
    return alertsCsv(found.content.map((alert) => alertRow(alert, facts)));
  }

  private address(query: Record<string, unknown>): ListAddress {
    return readAddress(
      query,
      this.rules.all.map(({ id }) => id),
    );
  }

  /** Beyond the last page is the last: an empty one would be taken for a quiet day. */
  private async found(address: ListAddress, caller: Caller, size: number): Promise<AlertsFound> {
    const found = await this.pageOf(address, caller, address.page, size);
    const isBeyond = found.content.length === 0 && found.totalPages > 0;
    return isBeyond ? this.pageOf(address, caller, found.totalPages, size) : found;
  }

  private pageOf(address: ListAddress, caller: Caller, page: number, size: number): Promise<AlertsFound> {
    const filter = filterOf(address, caller.name);
    const query = Object.assign(new AlertListQuery(), { ...filter, sort: address.sort, page: page - 1, size });
    return this.queries.execute(new ListAlerts(query, caller.prisons));
  }

  private async counts(caller: Caller): Promise<Record<View, number>> {
    const filters = VIEWS.map((view) => filterOfView(view, caller.name));
    const counts = await this.queries.execute(new CountAlerts(filters, caller.prisons));
    return Object.fromEntries(VIEWS.map((view, i) => [view, counts[i] ?? 0])) as Record<View, number>;
  }
}

const streamFrom = (position: string, { chosen }: ChosenLocation): string => {
  const query = new URLSearchParams({ after: position });
  if (chosen !== ALL) query.set('prisonId', chosen);
  return `/safety-alerts/stream?${query.toString()}`;
};
