import { Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import { RequiresRole } from '../../access/required-roles.js';
import { historyCsv } from '../../key-work/history/history-csv.js';
import { PrisonNumber } from '../../key-work/subject.js';
import { maySeeAlerts } from '../frame/navigation.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { typedText } from '../frame/typed-dates.js';
import { typedPeriod } from './period.js';
import { PendingReader } from '../pending/pending-reader.js';
import { FactsOfPerson, HISTORY, mayReadHistory } from './person-facts.js';
import { type PersonPage, personPage } from './person.page.js';

/** As much as is seen at a glance. */
const LAST_DAYS = 26 * 7;

@Page('prisoners/:prisonNumber', [HISTORY, 'ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'], 'read')
export class PersonController {
  constructor(
    private readonly facts: FactsOfPerson,
    private readonly pending: PendingReader,
  ) {}

  @Get()
  @Viewed('person/person', 'viewPerson')
  async person(
    @Param('prisonNumber', PrisonNumber) typedNumber: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Asking() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PersonPage | undefined> {
    const { facts } = this;
    const { kept: prisonNumber } = facts.people.groupOf(typedNumber);
    // What was known at a time is told by the timeline alone; here it would be passed over in silence.
    if (query['asAt'] !== undefined) {
      const asAt = new URLSearchParams({ asAt: typedText(query['asAt']) });
      response.redirect(303, `/prisoners/${prisonNumber}/events?${asAt.toString()}`);
      return undefined;
    }
    const period = typedPeriod(query, facts.today);
    if (period.errors.length > 0) response.status(400);
    const history = mayReadHistory(caller)
      ? await facts.history(caller, prisonNumber, period.days, LAST_DAYS)
      : undefined;
    if (!history) facts.mustRead(caller, prisonNumber);
    const own = history?.safetyAlerts ?? (await facts.alerts(caller, prisonNumber));
    const alerts = [...own, ...(await facts.alertsOfKeyWorker(caller, prisonNumber))];
    const people = facts.peopleFor(caller);
    const pending = await this.pending.about(facts.people.groupOf(prisonNumber).own, caller.prisons);
    return personPage({
      pending,
      prisonNumber,
      people,
      history,
      alerts,
      maySeeAlerts: maySeeAlerts(caller.roles),
      period,
      notWatched: facts.notWatchedAbout(caller, prisonNumber),
    });
  }

  /** A disclosure: what it answers with is kept elsewhere. */
  @Get('key-work.csv')
  @RequiresRole(HISTORY)
  @Sent('exportKeyWorkerHistory')
  async csv(
    @Param('prisonNumber', PrisonNumber) prisonNumber: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Asking() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { days } = typedPeriod(query, this.facts.today);
    const history = await this.facts.history(caller, prisonNumber, days, LAST_DAYS);
    response.type('text/csv').attachment(`key-worker-history-${prisonNumber}.csv`);
    return historyCsv(history);
  }
}
