import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { Request } from 'express';
import { Asking, type Caller } from '../../access/caller.js';
import { RequiresRole } from '../../access/required-roles.js';
import { Discloses } from '../../access-records/disclosure.js';
import { SecurityEvents } from '../../access-records/security-events.js';
import { checkedOr } from '../../answers/checked.js';
import { InvalidUserName } from './errors.js';
import { Sessions } from './sessions.js';

/** Whose sessions are to end. */
export class SessionsToEnd {
  @ApiProperty({ example: 'ASMITH_GEN' })
  @Matches(/^[\x21-\x7e]{1,100}$/, {
    message: 'must be a user name of at most 100 printable characters without spaces',
  })
  readonly user!: string;
}

/** How many there were. */
export class EndedSessionsBody {
  @ApiProperty({
    description:
      'Sessions of this instance that were open, in prisons of the caller; the other instances end theirs, too',
  })
  readonly ended!: number;
}

/** Ends the sessions of somebody who has no business here any more. Tokens of programs end by themselves. */
@ApiTags('access')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly security: SecurityEvents,
  ) {}

  @Post('end')
  @HttpCode(200)
  @RequiresRole('ROLE_CUSTODY_WATCH__ADMIN__RW')
  @Discloses('nobody')
  @ApiOperation({
    operationId: 'endSessions',
    summary: 'End all sessions of a user, at every instance',
    description: 'Of users who work in a prison of the caller. Take their roles away at the issuer first.',
  })
  @ApiOkResponse({ type: EndedSessionsBody })
  @ApiResponse({ status: 400, description: 'INVALID_USER_NAME: errors names the field and the value' })
  @ApiResponse({ status: 503, description: 'STORE_UNAVAILABLE: ended at this instance only. Ask again' })
  async end(
    @Body(checkedOr((errors) => new InvalidUserName(errors))) { user }: SessionsToEnd,
    @Asking() { prisons }: Caller,
    @Req() request: Request,
  ): Promise<EndedSessionsBody> {
    const ended = await this.sessions.endAll(user, prisons);
    this.security.note('sessions-ended', request, { sessionsOf: user });
    return { ended };
  }
}
