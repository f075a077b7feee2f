import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { asQuery } from '../answers/checked.js';
import { jsonOrCsv } from '../answers/json-or-csv.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { AccessRecordPageBody, AccessRecords, AccessRecordsQuery } from './list-access-records.js';
import { recordsCsv } from './records-csv.js';
import { Discloses } from './disclosure.js';
import { leavingOf } from './leaving.js';
import { noteSubjects } from './request-subjects.js';

/** Reads records of who saw whom. No route changes or removes one, and the log only grows. */
@ApiTags('access records')
@Controller('access-records')
export class AccessRecordsController {
  constructor(
    private readonly records: AccessRecords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @RequiresRole('ROLE_CUSTODY_WATCH__ADMIN__RW')
  @Discloses('read')
  @ApiOperation({
    operationId: 'listAccessRecords',
    summary: 'Who saw or changed what is held about whom, the latest first',
    description:
      'About people whom the prisons of the caller hold. Looking is recorded too. With Accept: text/csv, the page as a table for spreadsheets.',
  })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: AccessRecordPageBody })
  @ApiResponse({ status: 400, description: 'INVALID_QUERY: errors names the field and the value' })
  @ApiResponse({ status: 503, description: 'STORE_UNAVAILABLE: the log has not been read yet' })
  async list(
    @Query(asQuery) query: AccessRecordsQuery,
    @Asking() { prisons }: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccessRecordPageBody | string> {
    const page = await this.records.list(query, prisons, this.clock.now(), leavingOf(response));
    noteSubjects(
      request,
      page.content.flatMap(({ prisonNumbers }) => prisonNumbers),
    );
    return jsonOrCsv(page, ({ content }) => recordsCsv(content), { request, response, file: 'access-records' });
  }
}
