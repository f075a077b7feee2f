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
import { PeriodQuery } from '../period.js';
import { PrisonNumber } from '../subject.js';
import { historyCsv } from './history-csv.js';
import { HISTORY_SCHEMA } from './history-schema.js';
import type { KeyWorkerHistory } from './key-worker-history.js';
import { ReadKeyWorkerHistory } from './read-history.js';

@AnswersKeyWork('prisoners', 'ROLE_CUSTODY_WATCH__HISTORY__RO', 'read', 'NO_SUCH_PERSON')
export class HistoryController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projection: KeyWorkProjection,
  ) {}

  @Get(':prisonNumber/key-worker-history')
  @ApiOperation({
    operationId: 'readKeyWorkerHistory',
    summary: 'Key work with one person, for an ACCT case review',
    description: 'Without a period: the present stay, or the last one, up to today.',
  })
  @ApiJsonOrCsv('The history, as JSON or as one table', HISTORY_SCHEMA)
  async read(
    @Param('prisonNumber', PrisonNumber) prisonNumber: string,
    @Query(asQuery) query: PeriodQuery,
    @Asking() { prisons }: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<KeyWorkerHistory | string> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT), query.atLeast);
    const history = await this.queries.execute(new ReadKeyWorkerHistory(prisonNumber, query, prisons));
    return jsonOrCsv(history, historyCsv, { request, response, file: 'key-worker-history' });
  }
}
