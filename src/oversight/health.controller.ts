import { Controller, Get, HttpStatus, Inject, Optional, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { OpenToAll } from '../access/required-roles.js';
import { SIGN_IN, type SignIn } from '../access/sign-in.js';
import { Health, type HealthReport } from './health.js';

@ApiTags('oversight')
@OpenToAll()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: Health,
    @Optional() @Inject(SIGN_IN) private readonly signIn?: SignIn,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'readHealth',
    summary: 'Whether the watch, the read models and the sign-in do their work',
  })
  @ApiResponse({ status: 200, description: 'UP' })
  @ApiResponse({ status: 503, description: 'DOWN: one of them has failed or stands still' })
  async read(@Res({ passthrough: true }) response: Response): Promise<HealthReport> {
    const signIn = this.signIn && { trouble: await this.signIn.trouble() };
    return answer(this.health.report(signIn), response);
  }

  @Get('liveness')
  @ApiOperation({ operationId: 'readLiveness', summary: 'Whether the process answers' })
  @ApiResponse({ status: 200, description: 'UP' })
  liveness(): { readonly status: 'UP' } {
    return { status: 'UP' };
  }

  @Get('readiness')
  @ApiOperation({ operationId: 'readReadiness', summary: 'Whether the log has been read to its end once' })
  @ApiResponse({ status: 200, description: 'UP' })
  @ApiResponse({ status: 503, description: 'DOWN: not yet' })
  readiness(@Res({ passthrough: true }) response: Response): HealthReport {
    return answer(this.health.ready(), response);
  }
}

const answer = (report: HealthReport, response: Response): HealthReport => {
  if (report.status === 'DOWN') response.status(HttpStatus.SERVICE_UNAVAILABLE);
  return report;
};
