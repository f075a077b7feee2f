import { Get, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { Caller } from '../../access/caller.js';
import { KeyWorkProjection } from '../../key-work/figures/key-work-projection.js';
import { ReadTrends } from '../../key-work/figures/read-trends.js';
import { AlertsByWeek, AlertsOverWeeks } from '../../safety-alerts/figures/alerts-by-week.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { AlertIndex } from '../../safety-alerts/list/alert-index.js';
import { PrisonNames } from '../../prison/prison-names.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { typedText } from '../frame/typed-dates.js';
import { ALL, type ChosenLocation, Location } from '../sign-in/location.js';
import { Viewer } from '../sign-in/viewer.js';
import { WATCHED_RULES, type WatchedRules } from '../rules/watched-rules.js';
import { oversightQuery } from './oversight-query.js';
import type { OversightFacts } from './facts.js';
import { oversightCsv } from './oversight-csv.js';
import { type OversightPage, oversightPage } from './oversight.page.js';

/** Nest's token for the address of Grafana (setting GRAFANA_URL); empty where there is none. */
export const GRAFANA_URL = Symbol('GrafanaUrl');

type AddressQuery = Readonly<Record<string, unknown>>;

/** Figures without people. */
@Page('', ['ROLE_CUSTODY_WATCH__OVERSIGHT__RO'], 'nobody')
export class OversightController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projection: KeyWorkProjection,
    private readonly alerts: AlertIndex,
    @Inject(WATCHED_RULES) private readonly rules: WatchedRules,
    @Inject(GRAFANA_URL) private readonly grafana: string,
    private readonly names: PrisonNames,
  ) {}

  @Get('oversight')
  @Viewed('oversight/oversight', 'viewOversight')
  async view(
    @Query() query: AddressQuery,
    @Viewer() caller: Caller,
    @Location() location: ChosenLocation,
  ): Promise<OversightPage> {
    return oversightPage(await this.facts(query, caller, location));
  }

  @Get('oversight.csv')
  @Sent('downloadOversight')
  async csv(
    @Query() query: AddressQuery,
    @Viewer() caller: Caller,
    @Location() location: ChosenLocation,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const facts = await this.facts(query, caller, location);
    response.type('text/csv').attachment(`oversight-${facts.choice.prison ?? 'none'}.csv`);
    return oversightCsv(facts, typedText(query['figure']));
  }

  private async facts(
    query: AddressQuery,
    { prisons }: Caller,
    { chosen, choices }: ChosenLocation,
  ): Promise<OversightFacts> {
    const prisonIds = chosen === ALL ? choices : [chosen];
    const choice = oversightQuery(query, prisonIds);
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    const trends = await this.queries.execute(new ReadTrends(prisonIds, choice.weeks, prisons));
    const { span, spanBefore } = trends;
    return {
      choice,
      trends,
      grafana: this.grafana,
      names: this.names,
      useful: this.alerts.figures.usefulTotals(),
      rules: this.rules.all,
      alerts: await this.queries.execute(new AlertsOverWeeks({ ...span, prisons, prisonIds })),
      alertsBefore: await this.queries.execute(new AlertsOverWeeks({ ...spanBefore, prisons, prisonIds })),
      alertWeeks: await this.queries.execute(new AlertsByWeek({ ...span, prisons, prisonIds })),
    };
  }
}
