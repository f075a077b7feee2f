import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../../access/caller.js';
import { RequiresRole } from '../../access/required-roles.js';
import { Discloses } from '../../access-records/disclosure.js';
import { asQuery } from '../../answers/checked.js';
import { StaleWhile } from '../../answers/stale.js';
import { PendingProjection } from './pending-projection.js';
import { ListPending, PendingPageBody, PendingQuery } from './read-pending.js';

@ApiTags('custody events')
@RequiresRole(
  'ROLE_CUSTODY_WATCH__EVENTS__RW',
  'ROLE_CUSTODY_WATCH__ALERTS__RO',
  'ROLE_CUSTODY_WATCH__ALERTS__RW',
  'ROLE_CUSTODY_WATCH__HISTORY__RO',
)
@Discloses('read')
@StaleWhile(PendingProjection)
@Controller('pending-events')
export class PendingController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'listPendingEvents',
    summary: 'What one prison tells of somebody whom another holds: it counts once the person is there',
    description:
      'Both prisons see it. It comes into the history as soon as an arrival there or the departure of the person is ' +
      'known. Where the number is a wrong one, its sender withdraws it (EventWithdrawn).',
  })
  @ApiOkResponse({ type: PendingPageBody })
  @ApiResponse({ status: 400, description: 'INVALID_QUERY: errors names the field and the value' })
  @ApiResponse({ status: 503, description: 'STORE_UNAVAILABLE: the log has not been read yet' })
  list(@Query(asQuery) query: PendingQuery, @Asking() { prisons }: Caller): Promise<PendingPageBody> {
    return this.queries.execute(new ListPending(query, prisons));
  }
}
