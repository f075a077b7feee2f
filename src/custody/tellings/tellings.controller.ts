import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type BodyTerms, TakesBody } from '../../answers/body-terms.js';
import { Asking, type Caller } from '../../access/caller.js';
import { NotAllPrisons } from '../../access/errors.js';
import { ALL_PRISONS, type Prisons } from '../../access/prisons.js';
import { RequiresRole } from '../../access/required-roles.js';
import { Discloses } from '../../access-records/disclosure.js';
import { OneOf, PrisonNumbers, Uuid } from '../catalogue/kinds.js';
import { Optional } from '../catalogue/members.js';
import { Shape } from '../catalogue/shape.js';
import { isObject } from '../envelope.js';
import { InvalidTelling } from '../errors.js';
import type { TellingInBrief } from './open-tellings.js';
import { TELLING_KINDS, type TellingKind } from './telling.js';
import { Tellings } from './tellings.js';

/** The numbers of all who are in prison in England and Wales. */
const EVERYBODY: BodyTerms = { limit: 1024 * 1024, ndjson: false };

class TellingBeginning {
  @Uuid() id!: string;
  @OneOf(TELLING_KINDS) kind!: TellingKind;
  @Optional() @PrisonNumbers() prisonNumbers?: readonly string[];
}

class TellingEnd {
  @Uuid() id!: string;
}

const BEGINNING = new Shape(TellingBeginning);
const END = new Shape(TellingEnd);

/** @throws InvalidTelling, naming the field, its value and what is allowed */
const read = (shape: Shape, sent: unknown, more: object = {}): object => {
  const { normal, errors } = shape.read({ ...(isObject(sent) && sent), ...more });
  if (errors.length > 0) throw new InvalidTelling(errors);
  return normal;
};

/** @throws NotAllPrisons */
const forAllPrisons = (prisons: Prisons): void => {
  if (prisons !== ALL_PRISONS) throw new NotAllPrisons();
};

/**
 * A sender that has much to tell says where it begins and where it ends: what lies between becomes known together, so that
 * half of it never looks as if the rest had been missed.
 */
@ApiTags('custody events')
@RequiresRole('ROLE_CUSTODY_WATCH__EVENTS__RW')
@Discloses('nobody')
@Controller('tellings')
export class TellingsController {
  constructor(private readonly tellings: Tellings) {}

  @Post()
  @TakesBody(EVERYBODY)
  @ApiOperation({
    operationId: 'beginTelling',
    summary: 'Begin to tell much at once: send the events with ?telling=, then complete it',
    description:
      'import: the events become known together, once the telling is complete. history: of the people named here, of ' +
      'whom the log knows nothing; their events count as known when they were recorded, and until the telling is ' +
      'complete nothing is decided about these people. Safe to repeat.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['id', 'kind'],
      properties: {
        id: { type: 'string', format: 'uuid', description: 'Of your own making' },
        kind: { type: 'string', enum: [...TELLING_KINDS] },
        prisonNumbers: { type: 'array', items: { type: 'string' }, description: 'Of a history: everybody it is about' },
      },
    },
  })
  @ApiResponse({
    status: 201,
    description: 'Begun, or gone on with: under the id of a telling that was stopped, send all of it again',
    schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
  })
  @ApiResponse({ status: 400, description: 'INVALID_TELLING: errors names the field and the value' })
  @ApiResponse({ status: 403, description: 'NOT_ALL_PRISONS: a history is told by those who send events of all' })
  @ApiResponse({ status: 409, description: 'TELLING_IS_COMPLETE' })
  async begin(@Body() body: unknown, @Asking() { prisons }: Caller): Promise<{ readonly id: string }> {
    const { prisonNumbers = [], ...telling } = read(BEGINNING, body) as TellingBeginning;
    // Whoever is named is not watched before it is complete, in whatever prison they are received meanwhile.
    if (telling.kind === 'history') forAllPrisons(prisons);
    await this.tellings.begin(telling, prisonNumbers);
    return { id: telling.id };
  }

  @Get()
  @ApiOperation({
    operationId: 'openTellings',
    summary: 'The tellings that are not complete: what they told does not count',
  })
  @ApiResponse({
    status: 200,
    schema: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'kind', 'people'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          kind: { type: 'string', enum: [...TELLING_KINDS] },
          people: { type: 'integer', description: 'How many people a history is about' },
        },
      },
    },
  })
  @ApiResponse({ status: 403, description: 'NOT_ALL_PRISONS' })
  async list(@Asking() { prisons }: Caller): Promise<readonly TellingInBrief[]> {
    forAllPrisons(prisons);
    return (await this.tellings.open()).list;
  }

  @Post(':id/complete')
  @TakesBody(EVERYBODY)
  @HttpCode(204)
  @ApiOperation({ operationId: 'completeTelling', summary: 'Say that all of a telling has come. Safe to repeat.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 204, description: 'All that it told counts from now on' })
  @ApiResponse({ status: 400, description: 'INVALID_TELLING' })
  @ApiResponse({ status: 404, description: 'NO_SUCH_TELLING: begin it first' })
  async complete(@Param('id') id: string, @Body() body: unknown): Promise<void> {
    await this.tellings.complete((read(END, body, { id }) as TellingEnd).id);
  }
}
