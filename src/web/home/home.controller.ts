import { Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller.js';
import { ROLES } from '../../access/roles.js';
import { CountAlerts } from '../../safety-alerts/count-alerts.js';
import { filterOfView } from '../alerts/asked.js';
import { Freshness } from '../frame/freshness.js';
import { maySeeAlerts, navigationFor } from '../frame/navigation.js';
import { Page, Viewed } from '../frame/page.js';
import { Looking } from '../sign-in/looking.js';
import { english } from '../words/english.js';
import { counters, type HomePage, homePage } from './home.page.js';
import { Looked } from './looked.js';

@Page('', ROLES, 'nobody')
export class HomeController {
  constructor(
    private readonly queries: QueryBus,
    private readonly looked: Looked,
    private readonly freshness: Freshness,
  ) {}

  @Get()
  @Viewed('home/home', 'viewHome')
  async home(@Looking() { name, roles, prisons }: Caller): Promise<HomePage> {
    const shown = maySeeAlerts(roles) ? counters(await this.looked.lastAt(name), name) : [];
    const filters = [...shown.map(({ filter }) => filter), filterOfView('triage', name)];
    const counts = shown.length > 0 ? await this.queries.execute(new CountAlerts(filters, prisons)) : [];
    const places = navigationFor(roles, '/')
      .filter(({ href }) => href !== '/' && href !== '/alerts')
      .map(({ text, href }) => ({ text, href, hint: english.home.places[href] ?? '' }));
    return homePage(shown, counts, { freshness: this.freshness.lines(), places });
  }
}
