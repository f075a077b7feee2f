import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import { Discloses } from '../../access-records/disclosure.js';
import { noteSubjects, subjectsIn } from '../../access-records/request-subjects.js';
import { dropReasonIn } from '../../oversight/parked/parked-events.controller.js';
import { InvalidParkedDecision, ParkedList } from '../../oversight/parked/parked-list.js';
import { Page, Sent, Viewed } from '../frame/page.js';
import { Viewer } from '../sign-in/viewer.js';
import { english } from '../words/english.js';
import { type ParkedPage, parkedPage } from './parked.page.js';

type DecisionForm = Readonly<Record<string, string | undefined>>;

const { done } = english.parked;

/** What becomes of records that cannot be read. */
@Page('parked', ['ROLE_CUSTODY_WATCH__ADMIN__RW'], 'read')
export class ParkedPageController {
  constructor(private readonly parked: ParkedList) {}

  @Get()
  @Viewed('parked/parked', 'viewParkedEvents')
  async view(@Viewer() { prisons }: Caller): Promise<ParkedPage> {
    return parkedPage(await this.parked.all(prisons));
  }

  /** The answer is the page itself: the service is about to start anew, and could not lead on to another. */
  @Post('drop')
  @HttpCode(200)
  @Discloses('change')
  @Sent('dropParkedEventOnPage')
  async drop(
    @Body() { position = '', because }: DecisionForm,
    @Asking() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    try {
      noteSubjects(request, (await this.parked.drop(position, dropReasonIn({ because }), caller)).people);
      response.render('parked/done', { done: done.dropped });
    } catch (error) {
      if (!(error instanceof InvalidParkedDecision)) throw error;
      const page = parkedPage(await this.parked.all(caller.prisons), { position });
      noteSubjects(request, subjectsIn(page));
      response.status(400).render('parked/parked', page);
    }
  }

  @Post('retry')
  @HttpCode(200)
  @Discloses('change')
  @Viewed('parked/done', 'retryParkedEventsOnPage')
  async retry(
    @Body() { position }: DecisionForm,
    @Asking() caller: Caller,
    @Req() request: Request,
  ): Promise<{ readonly done: string }> {
    noteSubjects(request, (await this.parked.retry(position, caller)).people);
    return { done: done.retried };
  }
}
