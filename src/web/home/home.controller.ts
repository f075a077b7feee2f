import { Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller.js';
import { ROLES } from '../../access/roles.js';
import { AlertProjection } from '../../safety-alerts/list/alert-projection.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { CountAlerts } from '../../safety-alerts/list/list-alerts.js';
import { filterOfView } from '../alerts/list-address.js';
import { Freshness } from '../frame/freshness.js';
import { maySeeAlerts, navigationFor } from '../frame/navigation.js';
import { Page, Viewed } from '../frame/page.js';
import { PendingReader } from '../pending/pending-reader.js';
import { type ChosenLocation, Location } from '../sign-in/location.js';
import { Viewer } from '../sign-in/viewer.js';
import { english } from '../words/english.js';
import { counters, type HomePage, homePage } from './home.page.js';
import { LastVisits } from './last-visits.js';

@Page('', ROLES, 'nobody')
export class HomeController {
  constructor(
    private readonly queries: QueryBus,
    private readonly lastVisits: LastVisits,
    private readonly projection: AlertProjection,
    private readonly freshness: Freshness,
    private readonly pending: PendingReader,
  ) {}

  @Get()
  @Viewed('home/home', 'viewHome')
  async home(@Viewer() caller: Caller, @Location() { chosen: location }: ChosenLocation): Promise<HomePage> {
    const { name, roles, prisons } = caller;
    const numbers = maySeeAlerts(roles) ? counters(await this.lastVisits.lastAt({ name, location }), name) : [];
    // Zeros must not be those of a log that has not been read.
    if (numbers.length > 0) await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    const filters = [...numbers.map(({ filter }) => filter), filterOfView('triage', name)];
    const counts = numbers.length > 0 ? await this.queries.execute(new CountAlerts(filters, prisons)) : [];
    const places = navigationFor(roles, '/')
      .filter(({ href }) => href !== '/' && href !== '/alerts')
      .map(({ text, href }) => ({ text, href, hint: english.home.places[href] ?? '' }));
    const toldTwice = maySeeAlerts(roles) ? await this.pending.notice(prisons) : undefined;
    return homePage(numbers, counts, { toldTwice, freshness: this.freshness.lines(), places });
  }
}
