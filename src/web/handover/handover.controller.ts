import { Body, Get, Inject, Param, ParseIntPipe, Post, Query, Redirect, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { Asking, type Caller } from '../../access/caller.js';
import { RequiresRole } from '../../access/required-roles.js';
import { HOLDERS, type Holders } from '../../access/holders.js';
import { Discloses } from '../../access-records/disclosure.js';
import { noteSubjects, subjectsIn } from '../../access-records/request-subjects.js';
import { People } from '../../custody/people/people.js';
import { InvalidHandover } from '../../handover/errors.js';
import { HandoverProjection } from '../../handover/handover-projection.js';
import { ReadHandovers } from '../../handover/read-handovers.js';
import { SignHandover } from '../../handover/sign-handover.js';
import { WriteHandover } from '../../handover/write-handover.js';
import { PrisonId } from '../../key-work/subject.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import type { Position } from '../../store/event-store.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { ALL, type ChosenLocation, Location } from '../sign-in/location.js';
import { Viewer } from '../sign-in/viewer.js';
import { type HandoverPage, handoverPage, type DraftNote } from './handover.page.js';
import { HandoverReader } from './handover-reader.js';
import { type HistoryPage, historyPage, NOTHING, ON_A_PAGE } from './history.page.js';
import { queryOf } from './start.js';
import { prisonNumbersIn } from '../../prison/prison-number.js';

type HandoverForm = Readonly<Record<string, string | undefined>>;

/** What happened, for the next shift; and what this one has to say. */
@Page('handover', ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW'], 'read')
export class HandoverController {
  constructor(
    private readonly reader: HandoverReader,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly projection: HandoverProjection,
    private readonly people: People,
    @Inject(HOLDERS) private readonly holders: Holders,
  ) {}

  @Get()
  @Viewed('handover/handover', 'viewHandover')
  async view(
    @Query() query: HandoverForm,
    @Viewer() caller: Caller,
    @Location() location: ChosenLocation,
  ): Promise<HandoverPage> {
    const facts = await this.reader.read(query, caller, prisonOf(location));
    return handoverPage(facts, { done: query['done'], isWhole: query['all'] === 'yes' });
  }

  @Get('print')
  @Viewed('handover/handover', 'printHandover')
  async print(
    @Query() query: HandoverForm,
    @Viewer() caller: Caller,
    @Location() location: ChosenLocation,
  ): Promise<HandoverPage> {
    // Nobody can ask paper for more.
    return handoverPage(await this.reader.read(query, caller, prisonOf(location)), { isWhole: true, printing: true });
  }

  @Get('history')
  @Viewed('handover/history', 'viewHandovers')
  async history(
    @Query('page') pageText: string | undefined,
    @Viewer() caller: Caller,
    @Location() location: ChosenLocation,
  ): Promise<HistoryPage> {
    const { people, holders } = this;
    const prisonId = prisonOf(location);
    const page = /^[1-9]\d{0,5}$/.test(pageText ?? '') ? Number(pageText) : 1;
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    const found =
      prisonId === undefined
        ? NOTHING
        : await this.queries.execute(
            new ReadHandovers(prisonId, caller.prisons, { number: page - 1, size: ON_A_PAGE }),
          );
    return historyPage(prisonId, found, page, { people, holders, caller });
  }

  @Post(':prisonId')
  @RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RW')
  @Discloses('change')
  @Sent('writeHandover')
  async write(
    @Param('prisonId', PrisonId) prisonId: string,
    @Body() { note = '', since = '', requestId = '' }: HandoverForm,
    @Asking() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    noteSubjects(request, prisonNumbersIn(note));
    try {
      await this.seen(this.commands.execute(new WriteHandover(prisonId, caller, { note, since, requestId })));
      response.redirect(303, '/handover?done=written');
    } catch (error) {
      if (!(error instanceof InvalidHandover) || error.field !== 'note') throw error;
      const narrowed = { ...caller, prisons: new Set([prisonId]) };
      const page = await this.again(narrowed, prisonId, since, { note, requestId });
      noteSubjects(request, subjectsIn(page));
      response.status(400).render('handover/handover', page);
    }
  }

  @Post(':prisonId/:number/sign')
  @RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RW')
  @Discloses('change')
  @Redirect('/handover', 303)
  @Sent('signHandover')
  async sign(
    @Param('prisonId', PrisonId) prisonId: string,
    @Param('number', ParseIntPipe) number: number,
    @Body() { since = '' }: HandoverForm,
    @Asking() caller: Caller,
  ): Promise<{ readonly url: string }> {
    await this.seen(this.commands.execute(new SignHandover(prisonId, number, caller)));
    // They go on with what they were reading: by default the page would now begin where this hand-over ends.
    const from = Date.parse(since);
    return { url: `/handover?${Number.isNaN(from) ? '' : `${queryOf(from)}&`}done=signed` };
  }

  /** The page as it was, with what was typed. */
  private async again(caller: Caller, prisonId: string, since: string, unwritten: DraftNote): Promise<HandoverPage> {
    const from = Date.parse(since);
    const query = Number.isNaN(from) ? {} : Object.fromEntries(new URLSearchParams(queryOf(from)));
    const facts = await this.reader.read(query, caller, prisonId);
    const form = unwritten.requestId === '' ? { ...unwritten, requestId: randomUUID() } : unwritten;
    return handoverPage(facts, { unwritten: form });
  }

  /** What was done is to be seen on the next page. */
  private async seen(done: Promise<Position>): Promise<void> {
    await this.projection.reached(await done, AbortSignal.timeout(LONGEST_WAIT));
  }
}

/** Notes belong to one prison. */
const prisonOf = ({ chosen, choices }: ChosenLocation): string | undefined => {
  if (chosen !== ALL) return chosen;
  return choices.length === 1 ? choices[0] : undefined;
};
