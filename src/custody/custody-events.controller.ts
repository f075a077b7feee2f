import { Body, Controller, Inject, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { Discloses } from '../access-records/disclosure.js';
import { noteSubjects, subjectsIn } from '../access-records/request-subjects.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore, START } from '../store/event-store.js';
import { AllRefused, EventIdReused, TooManyEvents } from './errors.js';
import { onlyFrom, takeIn } from './intake.js';
import { type NdjsonLine, readNdjson } from './ndjson.js';
import { CUSTODY_EVENT_SCHEMA, RECORDED_SCHEMA } from './open-api.js';
import { readCustodyEvent, type Refusal } from './read-custody-event.js';
import { RecordCustodyEvents } from './record-custody-events.js';
import { isIdReused, type RecordingResult, type EventResult } from './recording-result.js';
import { type Sender, senderOf } from './sender.js';

const NDJSON = 'application/x-ndjson';
const EVENTS_PER_ARRAY = 10_000;
/** The answer names every line, so it grows with them. */
const LINES_PER_STREAM = 100_000;

/** Who sends, and as part of which telling. */
interface Delivery {
  readonly sender: Sender;
  readonly telling: string | undefined;
}

@ApiTags('custody events')
@RequiresRole('ROLE_CUSTODY_WATCH__EVENTS__RW')
@Discloses('change')
@Controller('custody-events')
export class CustodyEventsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'recordCustodyEvents',
    summary: 'Record what happened: one custody event, an array of them, or NDJSON',
    description:
      'Safe to repeat: an event whose id is known, with the same content, is a duplicate and changes nothing.',
  })
  @ApiConsumes('application/json', NDJSON)
  @ApiBody({ schema: { oneOf: [CUSTODY_EVENT_SCHEMA, { type: 'array', items: CUSTODY_EVENT_SCHEMA }] } })
  @ApiQuery({
    name: 'telling',
    required: false,
    description: 'The telling that these events are part of: POST /tellings',
  })
  @ApiResponse({ status: 201, description: 'What became of each event, in the order sent', schema: RECORDED_SCHEMA })
  @ApiResponse({ status: 400, description: 'ALL_REFUSED: nothing was stored; each field, its value, what is allowed' })
  @ApiResponse({
    status: 409,
    description: 'EVENT_ID_REUSED: the id of the one event sent is known, with other content',
  })
  @ApiResponse({ status: 413, description: 'TOO_MANY_EVENTS: send them in several requests' })
  async record(
    @Req() request: Request,
    @Body() body: unknown,
    @Asking() caller: Caller,
    @Query('telling') telling?: string,
  ): Promise<RecordingResult> {
    const delivery = { sender: senderOf(caller), telling };
    if (request.is(NDJSON)) return this.recordStream(request, delivery);
    if (!Array.isArray(body)) return this.recordOne(body, delivery);
    if (body.length > EVENTS_PER_ARRAY) throw new TooManyEvents(EVENTS_PER_ARRAY, 0);
    return this.answer(
      await this.take(
        body.map((raw: unknown) => ({ value: raw })),
        delivery,
      ),
    );
  }

  private async recordOne(raw: unknown, delivery: Delivery): Promise<RecordingResult> {
    const recorded = await this.take([{ value: raw }], delivery);
    if (recorded.results.some(isIdReused)) throw new EventIdReused(recorded.results);
    return this.answer(recorded);
  }

  private async recordStream(request: Request, delivery: Delivery): Promise<RecordingResult> {
    try {
      return await this.recordLines(request, delivery);
    } finally {
      request.resume(); // what nobody reads keeps the connection, and with it the service from stopping
    }
  }

  private async recordLines(request: Request, delivery: Delivery): Promise<RecordingResult> {
    const results: EventResult[] = [];
    const resumed = new Set<string>();
    let position = START;
    const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    for await (const lines of readNdjson(body)) {
      if (results.length + lines.length > LINES_PER_STREAM) throw new TooManyEvents(LINES_PER_STREAM, results.length);
      noteSubjects(request, subjectsIn(lines));
      const recorded = await this.take(lines, delivery);
      for (const result of recorded.results) results.push(result);
      for (const telling of recorded.resumed ?? []) resumed.add(telling);
      if (this.store.compare(recorded.position, position) > 0) position = recorded.position;
    }
    return this.answer({ results, position, ...(delivery.telling !== undefined && { resumed: [...resumed] }) });
  }

  private take(
    sent: readonly (NdjsonLine | { readonly value: unknown })[],
    { sender, telling }: Delivery,
  ): Promise<RecordingResult> {
    const terms = { now: this.clock.now(), recordedAtDefault: 'now' } as const;
    const readings = sent.map((one) =>
      'value' in one ? onlyFrom(sender.prisons, readCustodyEvent(one.value, terms)) : unreadable(one.line, one.problem),
    );
    return takeIn(readings, (events) => this.commands.execute(new RecordCustodyEvents(events, sender, telling)));
  }

  private answer(recorded: RecordingResult): RecordingResult {
    const { results } = recorded;
    if (results.length > 0 && results.every(({ status }) => status === 'refused')) throw new AllRefused(results);
    return recorded;
  }
}

const unreadable = (line: number, problem: string): Refusal => ({
  errors: [{ field: `line ${line}`, value: null, message: problem }],
});
