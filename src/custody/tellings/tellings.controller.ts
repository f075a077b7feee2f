import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type BodyTerms, TakesBody } from '../../answers/body-terms.js';
import { RequiresRole } from '../../access/required-roles.js';
import { Discloses } from '../../access-records/disclosure.js';
import { OneOf, PrisonNumbers, Uuid, Uuids } from '../catalogue/kinds.js';
import { Optional } from '../catalogue/members.js';
import { Shape } from '../catalogue/shape.js';
import { isObject } from '../envelope.js';
import { InvalidTelling } from '../errors.js';
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
  @Optional() @Uuids() resumed?: readonly string[];
}

const BEGINNING = new Shape(TellingBeginning);
const END = new Shape(TellingEnd);

/** @throws InvalidTelling, naming the field, its value and what is allowed */
const read = (shape: Shape, sent: unknown, more: object = {}): object => {
  const { normal, errors } = shape.read({ ...(isObject(sent) && sent), ...more });
  if (errors.length > 0) throw new InvalidTelling(errors);
  return normal;
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
    description: 'resumed: earlier histories of some of these people that were stopped half-way; complete them with it',
    schema: {
      type: 'object',
      required: ['id', 'resumed'],
      properties: { id: { type: 'string' }, resumed: { type: 'array', items: { type: 'string', format: 'uuid' } } },
    },
  })
  @ApiResponse({ status: 400, description: 'INVALID_TELLING: errors names the field and the value' })
  async begin(@Body() body: unknown): Promise<{ readonly id: string; readonly resumed: readonly string[] }> {
    const { prisonNumbers = [], ...telling } = read(BEGINNING, body) as TellingBeginning;
    const { resumed } = await this.tellings.begin(telling, prisonNumbers);
    return { id: telling.id, resumed };
  }

  @Post(':id/complete')
  @TakesBody(EVERYBODY)
  @HttpCode(204)
  @ApiOperation({ operationId: 'completeTelling', summary: 'Say that all of a telling has come. Safe to repeat.' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiBody({
    schema: {
      type: 'object',
      properties: {
        resumed: {
          type: 'array',
          items: { type: 'string', format: 'uuid' },
          description: 'Earlier tellings that this one told to their end, as the answers to its events named them',
        },
      },
    },
  })
  @ApiResponse({ status: 204, description: 'All that it told counts from now on' })
  @ApiResponse({ status: 400, description: 'INVALID_TELLING' })
  @ApiResponse({ status: 404, description: 'NO_SUCH_TELLING: begin it first' })
  async complete(@Param('id') id: string, @Body() body: unknown): Promise<void> {
    const end = read(END, body, { id }) as TellingEnd;
    await this.tellings.complete(end.id, end.resumed ?? []);
  }
}
