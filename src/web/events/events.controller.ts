import { Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import { timelineCsv } from '../../key-work/timeline/timeline-csv.js';
import { PrisonNumber } from '../../key-work/subject.js';
import { maySeeAlerts } from '../frame/navigation.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { FactsOfPerson, HISTORY } from '../person/person-facts.js';
import { eventsQuery, timelineQuery, underTopic } from './events-query.js';
import { type EventsPage, eventsPage } from './events.page.js';

@Page('prisoners/:prisonNumber', [HISTORY], 'read')
export class EventsController {
  constructor(private readonly facts: FactsOfPerson) {}

  @Get('events')
  @Viewed('events/events', 'viewTimeline')
  async events(
    @Param('prisonNumber', PrisonNumber) prisonNumber: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Asking() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EventsPage> {
    const { nameOfRule, now } = this.facts;
    const people = this.facts.peopleFor(caller);
    const choice = eventsQuery(query, now);
    if (choice.errors.length > 0) response.status(400);
    const timeline = await this.facts.timeline(caller, prisonNumber, timelineQuery(choice));
    return eventsPage({ timeline, people, choice, nameOfRule, maySeeAlerts: maySeeAlerts(caller.roles) });
  }

  /** A disclosure: what it answers with is kept elsewhere. */
  @Get('events.csv')
  @Sent('exportTimeline')
  async csv(
    @Param('prisonNumber', PrisonNumber) prisonNumber: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Asking() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const choice = eventsQuery(query, this.facts.now);
    const timeline = await this.facts.timeline(caller, prisonNumber, timelineQuery(choice));
    response.type('text/csv').attachment(`timeline-${timeline.prisonNumber}.csv`);
    return timelineCsv(underTopic(timeline, choice.topic));
  }
}
