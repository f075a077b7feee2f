import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../../access/caller.js';
import { RequiresRole } from '../../access/required-roles.js';
import type { Request } from 'express';
import { noteSubjects } from '../../access-records/request-subjects.js';
import { Discloses } from '../../access-records/disclosure.js';
import { shown } from '../../prison/field-error.js';
import { DROP_REASONS, type DropReason } from '../../store/dropped/dropped-events.js';
import { ParkedEventBody } from './parked-event.js';
import { InvalidParkedDecision, ParkedList } from './parked-list.js';

/** What is set aside. */
export class ParkedEventsBody {
  @ApiProperty({ type: [ParkedEventBody] }) readonly content!: readonly ParkedEventBody[];
}

/** How many events are to be read again. */
export interface RetriedEvents {
  readonly events: number;
}

/** What the caller of a route sent, of which nothing is known yet. */
type SentDecision = Readonly<Partial<Record<'position' | 'because', unknown>>>;

const POSITION = /^[\d/]{1,50}$/;

const positionIn = ({ position }: SentDecision): string => {
  if (typeof position === 'string' && POSITION.test(position)) return position;
  throw wrong('position', position, 'must be the position of an event, as GET /parked-events tells it');
};

/** @throws InvalidParkedDecision */
export const dropReasonIn = ({ because }: SentDecision): DropReason => {
  const reason = DROP_REASONS.find((one) => one === because);
  if (reason !== undefined) return reason;
  throw wrong('because', because, `must be one of ${DROP_REASONS.join(', ')}`);
};

const wrong = (field: string, value: unknown, message: string): InvalidParkedDecision =>
  new InvalidParkedDecision([{ field, value: shown(value), message }]);

const asSent = (body: unknown): SentDecision => (typeof body === 'object' && body !== null ? body : {});

const POSITION_SCHEMA = { type: 'string', example: '1042', description: 'Of the event in the log' } as const;

@ApiTags('oversight')
@RequiresRole('ROLE_CUSTODY_WATCH__ADMIN__RW')
@Controller('parked-events')
export class ParkedEventsController {
  constructor(private readonly parked: ParkedList) {}

  @Get()
  @Discloses('read')
  @ApiOperation({
    operationId: 'listParkedEvents',
    summary: 'Events of the log that this version cannot read, and those that were dropped',
    description:
      'Nothing closes for those whom an event is about that is set aside; everything else goes on. What an event says is ' +
      'not shown.',
  })
  @ApiOkResponse({ type: ParkedEventsBody })
  async list(@Asking() { prisons }: Caller): Promise<ParkedEventsBody> {
    return { content: await this.parked.all(prisons) };
  }

  @Post('drop')
  @HttpCode(204)
  @Discloses('change')
  @ApiOperation({
    operationId: 'dropParkedEvent',
    summary: 'Drop an event that cannot be read: nobody reads it any more, and what it held open closes',
    description:
      'The log keeps it, and who dropped it and why. All instances read the log anew. Safe to repeat. Have somebody look ' +
      'first at the person whom it is about: what it says was never watched.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['position', 'because'],
      properties: { position: POSITION_SCHEMA, because: { enum: [...DROP_REASONS] } },
    },
  })
  @ApiResponse({ status: 204, description: 'Dropped' })
  @ApiResponse({ status: 400, description: 'INVALID_PARKED_DECISION: errors names the field and the value' })
  @ApiResponse({ status: 404, description: 'NO_SUCH_PARKED_EVENT' })
  async drop(@Body() body: unknown, @Asking() caller: Caller, @Req() request: Request): Promise<void> {
    const sent = asSent(body);
    noteSubjects(request, (await this.parked.drop(positionIn(sent), dropReasonIn(sent), caller)).people);
  }

  @Post('retry')
  @HttpCode(200)
  @Discloses('change')
  @ApiOperation({
    operationId: 'retryParkedEvents',
    summary: 'Have events read again that were set aside or dropped: what can be read by now counts in its place',
    description:
      'Without a position: all that are set aside and were not dropped. All instances read the log anew. What cannot be ' +
      'read yet is set aside again.',
  })
  @ApiBody({ required: false, schema: { type: 'object', properties: { position: POSITION_SCHEMA } } })
  @ApiResponse({
    status: 200,
    description: 'events: how many are read again',
    schema: { type: 'object', required: ['events'], properties: { events: { type: 'integer' } } },
  })
  @ApiResponse({ status: 400, description: 'INVALID_PARKED_DECISION: errors names the field and the value' })
  @ApiResponse({ status: 404, description: 'NO_SUCH_PARKED_EVENT' })
  async retry(@Body() body: unknown, @Asking() caller: Caller, @Req() request: Request): Promise<RetriedEvents> {
    const sent = asSent(body);
    const { events, people } = await this.parked.retry('position' in sent ? positionIn(sent) : undefined, caller);
    noteSubjects(request, people);
    return { events };
  }
}
