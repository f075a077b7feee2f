import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { Discloses } from '../access-records/disclosure.js';
import { type Instant, toIso } from '../prison/instant.js';
import { instantOf } from '../prison/iso-8601.js';
import { acceptClock } from '../store/clock-stream.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore } from '../store/event-store.js';
import { mendLogTime } from '../store/log-time/mend-log-time.js';
import { STREAM_PREFIX } from '../store/stream-prefix.js';

/** What became of a clock that was in doubt. */
export interface ClockAcceptance {
  /** What it shows: ISO, UTC. */
  readonly now: string;
  /** Whether it was in doubt; otherwise there was nothing to do. */
  readonly accepted: boolean;
}

/** What became of a log in which there were events for instants that have not come yet. */
export interface LogTimeMended {
  /** How many they were; 0 where there was nothing to do. */
  readonly events: number;
}

/** What was sent is no instant. Nothing was done. */
class InvalidTime extends Error {
  readonly code = 'INVALID_TIME';
  constructor(sent: unknown) {
    super(`time: ${String(sent).slice(0, 40)} is no instant with its offset, such as 2026-11-22T09:00:00Z.`);
  }
}

/** @throws InvalidTime */
const timeIn = (body: unknown): Instant => {
  const { time } = (body ?? {}) as { readonly time?: unknown };
  const instant = typeof time === 'string' ? instantOf(time) : undefined;
  if (instant === undefined) throw new InvalidTime(time);
  return instant;
};

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

  @Post('mend')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'mendClock',
    summary: 'Set log time straight after the log was written with a wrong clock',
    description:
      'Events for instants that have not come yet count as known when the clock was right last. All instances read the ' +
      'log anew, and what is open becomes what should be. It is kept in the log who said so. Safe to repeat.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['time'],
      properties: { time: { type: 'string', format: 'date-time', description: 'What it is now, within ten minutes' } },
    },
  })
  @ApiResponse({
    status: 200,
    description: 'events: how many bore a later instant; 0 where there was nothing to do',
    schema: { type: 'object', required: ['events'], properties: { events: { type: 'integer' } } },
  })
  @ApiResponse({ status: 400, description: 'INVALID_TIME' })
  @ApiResponse({ status: 409, description: 'NOT_THE_TIME: the clock of this machine says something else' })
  async mend(@Body() body: unknown, @Asking() caller: Caller): Promise<LogTimeMended> {
    const { clock, store, prefix } = this;
    return { events: await mendLogTime(store, prefix, { clock, said: timeIn(body), by: caller.name }) };
  }
}
