import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { asQuery } from '../../answers/checked.js';
import { Asking, type Caller } from '../../access/caller.js';
import { RequiresRole } from '../../access/required-roles.js';
import { Discloses } from '../../access-records/disclosure.js';
import { StaleWhile } from '../../answers/stale.js';
import { AlertProjection } from '../list/alert-projection.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { AtLeast } from '../list/at-least.js';
import { AlertListQuery, type PageOfAlerts, AlertPageBody, ListAlerts } from '../list/list-alerts.js';
import { type AlertDetail, AlertDetailBody, ReadAlert } from '../list/read-alert.js';

@ApiTags('safety-alerts')
@ApiResponse({ status: 400, description: 'INVALID_QUERY: errors names the field and the value' })
@ApiResponse({
  status: 503,
  description: 'STORE_UNAVAILABLE: not read yet; NOT_CAUGHT_UP: atLeast was not reached in time',
})
@RequiresRole('ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__ALERTS__RW')
@Discloses('read')
@StaleWhile(AlertProjection)
@Controller('safety-alerts')
export class SafetyAlertsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projection: AlertProjection,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listSafetyAlerts', summary: 'Safety alerts, open and closed' })
  @ApiOkResponse({ type: AlertPageBody })
  async list(@Query(asQuery) query: AlertListQuery, @Asking() { prisons }: Caller): Promise<PageOfAlerts> {
    await this.reached(query);
    return this.queries.execute(new ListAlerts(query, prisons));
  }

  @Get(':id')
  @ApiOperation({ operationId: 'readSafetyAlert', summary: 'One safety alert with why, evidence and history' })
  @ApiOkResponse({ type: AlertDetailBody })
  @ApiResponse({ status: 404, description: 'NO_SUCH_ALERT' })
  async read(
    @Param('id') id: string,
    @Query(asQuery) query: AtLeast,
    @Asking() { prisons }: Caller,
  ): Promise<AlertDetail> {
    await this.reached(query);
    return this.queries.execute(new ReadAlert(id, prisons));
  }

  private async reached({ atLeast }: AtLeast): Promise<void> {
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    await this.projection.readable(signal);
    if (atLeast !== undefined) await this.projection.reached(atLeast, signal);
  }
}
