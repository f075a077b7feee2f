import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import { Needs } from '../../access/needs.js';
import { Shows } from '../../access-records/shows.js';
import { StaleWhile } from '../../answers/stale.js';
import { LONGEST_WAIT } from '../../safety-alerts/at-least.js';
import { asQuery } from '../../safety-alerts/checked.js';
import { ApiJsonOrCsv, asAsked } from '../../answers/as-asked.js';
import { KeyWorkFeed } from '../delivery/key-work-feed.js';
import { PrisonNumber } from '../subject.js';
import { ReadTimeline, TimelineQuery } from './read-timeline.js';
import type { Timeline } from './timeline.js';
import { timelineCsv } from './timeline-csv.js';
import { TIMELINE_SCHEMA } from './timeline-schema.js';

@ApiTags('key work')
@ApiResponse({ status: 400, description: 'INVALID_QUERY: errors names the field and the value' })
@ApiResponse({ status: 404, description: 'NO_SUCH_PERSON' })
@ApiResponse({
  status: 503,
  description: 'STORE_UNAVAILABLE: not read yet; NOT_CAUGHT_UP: atLeast was not reached in time',
})
@Needs('ROLE_CUSTODY_WATCH__HISTORY__RO')
@Shows('read')
@StaleWhile(KeyWorkFeed)
@Controller('prisoners')
export class TimelineController {
  constructor(
    private readonly queries: QueryBus,
    private readonly feed: KeyWorkFeed,
  ) {}

  @Get(':prisonNumber/timeline')
  @ApiOperation({
    operationId: 'readTimeline',
    summary: 'Every custody event and alert transition, with both clocks',
    description:
      'With asAt: only what was known then, as it counted then. Nothing was withdrawn before that was known.',
  })
  @ApiJsonOrCsv('The timeline, as JSON or as one table', TIMELINE_SCHEMA)
  async read(
    @Param('prisonNumber', PrisonNumber) prisonNumber: string,
    @Query(asQuery) asked: TimelineQuery,
    @Asking() { prisons }: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Timeline | string> {
    await this.feed.readable(AbortSignal.timeout(LONGEST_WAIT), asked.atLeast);
    const timeline = await this.queries.execute(new ReadTimeline(prisonNumber, asked, prisons));
    return asAsked(timeline, timelineCsv, { request, response, file: 'timeline' });
  }
}
