import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { Discloses } from '../access-records/disclosure.js';
import { toIso } from '../prison/instant.js';
import { acceptClock } from '../store/clock-stream.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';

/** What became of a clock that was in doubt. */
export interface ClockAcceptance {
  /** What it shows: ISO, UTC. */
  readonly now: string;
  /** Whether it was in doubt; otherwise there was nothing to do. */
  readonly accepted: boolean;
}

@ApiTags('oversight')
@RequiresRole('ROLE_CUSTODY_WATCH__ADMIN__RW')
@Discloses('nobody')
@Controller('clock')
export class ClockController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_PREFIX) private readonly prefix: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('accept')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'acceptClock',
    summary: 'Say that the clock of this instance is right, although it went ahead of the time that passed',
    description: 'From then on custody events are taken in again. It is kept in the log who said so. Safe to repeat.',
  })
  @ApiResponse({
    status: 200,
    description: 'now: what the clock shows, and what is believed. accepted: whether it was in doubt',
    schema: {
      type: 'object',
      required: ['now', 'accepted'],
      properties: { now: { type: 'string', format: 'date-time' }, accepted: { type: 'boolean' } },
    },
  })
  async accept(@Asking() caller: Caller): Promise<ClockAcceptance> {
    const now = this.clock.now();
    const { doubt } = this.clock;
    if (!doubt) return { now: toIso(now), accepted: false };
    return { now: toIso(await acceptClock(this.store, this.prefix, { doubt, now, by: caller.name })), accepted: true };
  }
}
