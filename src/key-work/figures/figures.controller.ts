import { Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { asQuery } from '../../answers/checked.js';
import { ApiJsonOrCsv, jsonOrCsv } from '../../answers/json-or-csv.js';
import { AnswersKeyWork } from '../answers-key-work.js';
import { PeriodQuery } from '../period.js';
import { PrisonId } from '../subject.js';
import type { PrisonFigures } from './prison-figures.js';
import { figuresCsv } from './figures-csv.js';
import { FIGURES_SCHEMA } from './figures-schema.js';
import { KeyWorkProjection } from './key-work-projection.js';
import { ReadFigures } from './read-figures.js';

@AnswersKeyWork('prisons', 'ROLE_CUSTODY_WATCH__OVERSIGHT__RO', 'nobody', 'NO_SUCH_PRISON')
export class FiguresController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projection: KeyWorkProjection,
  ) {}

  @Get(':prisonId/key-work')
  @ApiOperation({
    operationId: 'readKeyWorkDelivery',
    summary: 'How key work is delivered in a prison; no person in it, zeros shown',
    description: 'Without a period: the 28 days up to today. Every figure has its definition and the version of it.',
  })
  @ApiJsonOrCsv('The figures, as JSON or as one table', FIGURES_SCHEMA)
  async read(
    @Param('prisonId', PrisonId) prisonId: string,
    @Query(asQuery) query: PeriodQuery,
    @Asking() { prisons }: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PrisonFigures | string> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT), query.atLeast);
    const figures = await this.queries.execute(new ReadFigures(prisonId, query, prisons));
    return jsonOrCsv(figures, figuresCsv, { request, response, file: `key-work-${prisonId}` });
  }
}
