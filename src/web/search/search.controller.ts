import { Body, Get, Post, Redirect, Req, Session } from '@nestjs/common';
import type { Request } from 'express';
import { noteSubjects } from '../../access-records/request-subjects.js';
import type { Caller } from '../../access/caller.js';
import { People } from '../../custody/people/people.js';
import { PeopleProjection } from '../../custody/people/people-projection.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { typedText } from '../frame/typed-dates.js';
import { Viewer } from '../sign-in/viewer.js';
import type { PageSession } from '../sign-in/session.js';
import { EMPTY, type SearchPage, searchPage } from './search.page.js';
import { inCapitals, isPrisonNumber } from '../../prison/prison-number.js';

/**
 * Finds people. What is looked for is sent, and waits in the session: it may be a name, so it is in no address. The page
 * that shows who was found is opened, and so can be come back to.
 */
@Page(
  'search',
  ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW', 'ROLE_CUSTODY_WATCH__HISTORY__RO'],
  'read',
)
export class SearchController {
  constructor(
    private readonly people: People,
    private readonly projection: PeopleProjection,
  ) {}

  /** Who the last search of this session finds now; nobody without a search. */
  @Get()
  @Viewed('search/search', 'findPeople')
  async show(@Session() { lookedFor }: PageSession, @Viewer() { prisons }: Caller): Promise<SearchPage> {
    if (lookedFor === undefined) return EMPTY;
    return searchPage(lookedFor, await this.found(lookedFor, prisons), this.people, prisons);
  }

  /**
   * Leads to who was found; with a whole prison number straight to the person, and the search before it stays. Where it
   * leads says whether somebody with this number is there, so it is on record who asked, and about whom.
   */
  @Post()
  @Redirect('/search', 303)
  @Sent('lookForPeople')
  async lookFor(
    @Body('search') typed: unknown,
    @Viewer() { prisons }: Caller,
    @Session() session: PageSession,
    @Req() request: Request,
  ): Promise<{ readonly url: string }> {
    const search = typedText(typed);
    const prisonNumber = inCapitals(search);
    if (isPrisonNumber(prisonNumber)) {
      noteSubjects(request, [prisonNumber]);
      const [only] = await this.found(search, prisons);
      if (only !== undefined) return { url: `/prisoners/${only}` };
    }
    session.lookedFor = search;
    return { url: '/search' };
  }

  private async found(search: string, prisons: Caller['prisons']): Promise<string[]> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    return this.people.find(search, prisons);
  }
}
