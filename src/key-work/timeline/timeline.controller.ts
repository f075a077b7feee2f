import { Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { asQuery } from '../../answers/checked.js';
import { ApiJsonOrCsv, jsonOrCsv } from '../../answers/json-or-csv.js';
import { AnswersKeyWork } from '../answers-key-work.js';
import { KeyWorkProjection } from '../figures/key-work-projection.js';
import { PrisonNumber } from '../subject.js';
import { ReadTimeline, TimelineQuery } from './read-timeline.js';
import type { PersonTimeline } from './timeline.js';
import { timelineCsv } from './timeline-csv.js';
import { TIMELINE_SCHEMA } from './timeline-schema.js';

@AnswersKeyWork('prisoners', 'ROLE_CUSTODY_WATCH__HISTORY__RO', 'read', 'NO_SUCH_PERSON')
export class TimelineController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projection: KeyWorkProjection,
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
    @Query(asQuery) query: TimelineQuery,
    @Asking() { prisons }: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PersonTimeline | string> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT), query.atLeast);
    const timeline = await this.queries.execute(new ReadTimeline(prisonNumber, query, prisons));
    return jsonOrCsv(timeline, timelineCsv, { request, response, file: 'timeline' });
  }
}
