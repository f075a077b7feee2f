import { Body, Controller, Inject, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { type BodyTerms, TakesBody } from '../answers/body-terms.js';
import { Discloses } from '../access-records/disclosure.js';
import { noteSubjects, subjectsIn } from '../access-records/request-subjects.js';
import { CLOCK, type Clock } from '../store/clock.js';
import { EVENT_STORE, type EventStore, START } from '../store/event-store.js';
import { AllRefused, EventIdReused, TooManyEvents } from './errors.js';
import { nextTurn } from '../prison/next-turn.js';
import { onlyFrom, takeIn } from './intake.js';
import { INTAKE_PACE, type IntakePace } from './intake-pace.js';
import { type NdjsonLine, readNdjson } from './ndjson.js';
import { CUSTODY_EVENT_SCHEMA, RECORDED_SCHEMA } from './open-api.js';
import { readCustodyEvent, type Refusal } from './read-custody-event.js';
import { RecordCustodyEvents } from './record-custody-events.js';
import { isIdReused, type RecordingResult, ResultsTold } from './recording-result.js';
import { type Sender, senderOf } from './sender.js';

const NDJSON = 'application/x-ndjson';
const EVENTS_PER_ARRAY = 10_000;
/** The answer names every line, so it grows with them. */
const LINES_PER_STREAM = 100_000;
/** How many are taken in one turn of the process. */
const EVENTS_PER_TURN = 200;
/**
 * How many of a delivery are there at most that are not decided on. At first as many as in one turn, and each time twice as
 * many: where all are about one person's past, the whole of it is read again each time.
 */
const MOST_WAITING = 1_000;

/** An array of 10,000 custody events takes about 4 MB; more belongs into NDJSON, which is streamed. */
const BATCHES: BodyTerms = { limit: 8 * 1024 * 1024, ndjson: true };

/** One event as it was sent: its value, or what is wrong with its line. */
type SentEvent = NdjsonLine | { readonly value: unknown };

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
    @Inject(INTAKE_PACE) private readonly pace: IntakePace,
  ) {}

  @Post()
  @TakesBody(BATCHES)
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
    return answer(await this.recordInTurns([body.map((value: unknown) => ({ value }))], delivery));
  }

  private async recordOne(raw: unknown, delivery: Delivery): Promise<RecordingResult> {
    const recorded = await this.recordInTurns([[{ value: raw }]], delivery);
    if (recorded.results.some(isIdReused)) throw new EventIdReused(recorded.results);
    return answer(recorded);
  }

  private async recordStream(request: Request, delivery: Delivery): Promise<RecordingResult> {
    try {
      return await this.recordLines(request, delivery);
    } finally {
      request.resume(); // what nobody reads keeps the connection, and with it the service from stopping
    }
  }

  private async recordLines(request: Request, delivery: Delivery): Promise<RecordingResult> {
    const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    return answer(await this.recordInTurns(noting(request, readNdjson(body)), delivery));
  }

  private async recordInTurns(
    batches: AsyncIterable<readonly SentEvent[]> | Iterable<readonly SentEvent[]>,
    delivery: Delivery,
  ): Promise<RecordingResult> {
    const told = new ResultsTold();
    let position = START;
    for await (const batch of this.piecesOf(batches)) {
      const { length } = told.results;
      if (length + batch.length > LINES_PER_STREAM) throw new TooManyEvents(LINES_PER_STREAM, length);
      const recorded = await this.take(batch, delivery);
      for (const result of recorded.results) told.add(result);
      if (this.store.compare(recorded.position, position) > 0) position = recorded.position;
    }
    const { results, untold } = told;
    return { results, position, ...untold };
  }

  /** The same events, fewer at a time; in between the rest of the process has its turn, and what others have told. */
  private async *piecesOf(
    batches: AsyncIterable<readonly SentEvent[]> | Iterable<readonly SentEvent[]>,
  ): AsyncGenerator<readonly SentEvent[]> {
    let allowed = EVENTS_PER_TURN;
    let waiting = 0;
    for await (const batch of batches) {
      for (let from = 0; from < batch.length; from += EVENTS_PER_TURN) {
        const piece = batch.slice(from, from + EVENTS_PER_TURN);
        if (waiting + piece.length > allowed) {
          await this.pace.keptUp();
          allowed = Math.min(2 * allowed, MOST_WAITING);
          waiting = 0;
        }
        waiting += piece.length;
        yield piece;
        await nextTurn();
      }
    }
  }

  private take(sent: readonly SentEvent[], { sender, telling }: Delivery): Promise<RecordingResult> {
    const terms = { now: this.clock.now(), recordedAtDefault: 'now' } as const;
    const readings = sent.map((one) =>
      'value' in one ? onlyFrom(sender.prisons, readCustodyEvent(one.value, terms)) : unreadable(one.line, one.problem),
    );
    return takeIn(readings, (events) => this.commands.execute(new RecordCustodyEvents(events, sender, telling)));
  }
}

const answer = (recorded: RecordingResult): RecordingResult => {
  const { results, moreErrors } = recorded;
  if (results.length > 0 && results.every(({ status }) => status === 'refused'))
    throw new AllRefused(results, moreErrors);
  return recorded;
};

/** The same lines; whom they name is noted for the record of who changed what. */
async function* noting(request: Request, batches: AsyncIterable<NdjsonLine[]>): AsyncGenerator<NdjsonLine[]> {
  for await (const lines of batches) {
    noteSubjects(request, subjectsIn(lines));
    yield lines;
  }
}

const unreadable = (line: number, problem: string): Refusal => ({
  errors: [{ field: `line ${line}`, value: null, message: problem }],
});
