import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Caller } from '../../access/caller.js';
import { noteWhose } from '../../access-records/whose.js';
import { People } from '../../custody/people/people.js';
import { PeopleFeed } from '../../custody/people/people-feed.js';
import { LONGEST_WAIT } from '../../safety-alerts/at-least.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { Looking } from '../sign-in/looking.js';
import { EMPTY, type SearchPage, searchPage } from './search.page.js';

const PRISON_NUMBER = /^[A-Z]\d{4}[A-Z]{2}$/;

/** Finds people. What is looked for is sent, and is in no address: it may be a name. */
@Page(
  'search',
  ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW', 'ROLE_CUSTODY_WATCH__HISTORY__RO'],
  'read',
)
export class SearchController {
  constructor(
    private readonly people: People,
    private readonly feed: PeopleFeed,
  ) {}

  /** Where who has been elsewhere meanwhile comes back to: what they looked for is not known any more. */
  @Get()
  @Viewed('search/search', 'openSearch')
  open(): SearchPage {
    return EMPTY;
  }

  @Post()
  @HttpCode(200)
  @Sent('findPeople')
  async search(
    @Body() { search = '' }: { readonly search?: string },
    @Looking() { prisons }: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.feed.readable(AbortSignal.timeout(LONGEST_WAIT));
    const found = this.people.find(search, prisons);
    const [only, ...more] = found;
    const exact = search.toUpperCase().replaceAll(/\s/g, '');
    if (only !== undefined && more.length === 0 && PRISON_NUMBER.test(exact)) {
      response.redirect(303, `/prisoners/${only}`);
      return;
    }
    noteWhose(request, found);
    response.render('search/search', searchPage(search, found, this.people, prisons));
  }
}
