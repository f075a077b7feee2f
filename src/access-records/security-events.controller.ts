import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { asQuery } from '../answers/checked.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { Discloses } from './disclosure.js';
import { leavingOf } from './leaving.js';
import { ListedSecurityEvents, SecurityEventPageBody, SecurityEventsQuery } from './list-security-events.js';
import { noteSubjects } from './request-subjects.js';
import { SecurityEvents } from './security-events.js';

/** Reads who was refused, came and went. No route changes or removes any of it. */
@ApiTags('access records')
@Controller('security-events')
export class SecurityEventsController {
  constructor(
    private readonly events: ListedSecurityEvents,
    private readonly noted: SecurityEvents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @RequiresRole('ROLE_CUSTODY_WATCH__ADMIN__RW')
  @Discloses('read')
  @ApiOperation({
    operationId: 'listSecurityEvents',
    summary: 'Who was refused, signed in and out, the latest first',
    description:
      'Of callers who work in a prison of the asker, and of looks at people whom one holds; of strangers only for who sees all prisons.',
  })
  @ApiOkResponse({ type: SecurityEventPageBody })
  @ApiResponse({ status: 400, description: 'INVALID_QUERY: errors names the field and the value' })
  @ApiResponse({ status: 503, description: 'STORE_UNAVAILABLE: the log has not been read yet' })
  async list(
    @Query(asQuery) query: SecurityEventsQuery,
    @Asking() { prisons }: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SecurityEventPageBody> {
    await this.noted.written();
    const page = await this.events.list(query, prisons, this.clock.now(), leavingOf(response));
    noteSubjects(
      request,
      page.content.flatMap(({ prisonNumbers }) => prisonNumbers),
    );
    return page;
  }
}
