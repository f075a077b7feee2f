import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { Discloses } from '../access-records/disclosure.js';
import { type BodyTerms, TakesBody } from '../answers/body-terms.js';
import { senderOf } from '../custody/sender.js';
import { ROLL_DIFFERENCES, type RollDifference } from './comparison.js';
import { InvalidRoll, NoSuchRoll } from './errors.js';
import { type RollChecked, toldTo } from './roll-checked.js';
import { RollChecks } from './roll-checks.js';
import { ENTRY_SCHEMA, readRollBody } from './roll-body.js';

/** Somebody about whom roll and log differ. */
class RollFindingBody {
  @ApiProperty({ example: 'A1234BC' }) readonly prisonNumber!: string;
  @ApiProperty({ enum: ROLL_DIFFERENCES }) readonly kind!: RollDifference;
  @ApiProperty({
    required: false,
    example: 'XYM',
    description:
      'The prison that holds them by the log, or held them last, where they are not here. Whom none of yours does is NEVER_HEARD_OF',
  })
  readonly heldBy?: string;
}

/** What a check of a roll found. */
export class RollCheckedBody {
  @ApiProperty({ example: 'XYI' }) readonly prisonId!: string;
  @ApiProperty({ format: 'date-time', description: 'The instant of which the roll speaks' }) readonly asAt!: string;
  @ApiProperty({ format: 'date-time' }) readonly checkedAt!: string;
  @ApiProperty({ description: 'User name' }) readonly by!: string;
  @ApiProperty({ description: 'How many people are on the roll' }) readonly people!: number;
  @ApiProperty({
    type: 'object',
    description: 'How many of each kind; of findings alone unless you see all prisons',
    properties: Object.fromEntries(ROLL_DIFFERENCES.map((kind) => [kind, { type: 'integer' }])),
    additionalProperties: false,
    required: [...ROLL_DIFFERENCES],
  })
  readonly differences!: Readonly<Record<RollDifference, number>>;
  @ApiProperty({ description: 'More differs than is ordinary: nothing was raised or corrected' })
  readonly unlike!: boolean;
  @ApiProperty({
    required: false,
    description: 'How many corrections were recorded; left out unless you see all prisons',
  })
  readonly corrected?: number;
  @ApiProperty({ type: [RollFindingBody], description: 'Of one that was kept, the first 2,000' })
  readonly findings!: readonly RollFindingBody[];
}

/** A roll of a large prison takes some 200 kB. */
const ROLLS: BodyTerms = { limit: 8 * 1024 * 1024, ndjson: false };

@ApiTags('custody events')
@Controller('prisons')
export class RollController {
  constructor(private readonly checks: RollChecks) {}

  @Post(':prisonId/roll')
  @HttpCode(200)
  @RequiresRole('ROLE_CUSTODY_WATCH__EVENTS__RW')
  @Discloses('change')
  @TakesBody(ROLLS)
  @ApiOperation({
    operationId: 'checkRoll',
    summary: 'Hold the roll of a prison against the log',
    description:
      'Whom nobody ever told of is known from then on, and DATA-04 asks for their arrival. With correct, the arrival of ' +
      'everybody is recorded whom the roll has and the log does not have there, with the roll as its source. A roll does ' +
      'not say why somebody left: nobody is released by it, or moved to another cell. A roll from which more than a fifth ' +
      'differs counts only where it is accepted.',
  })
  @ApiParam({ name: 'prisonId', example: 'XYI' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['asAt', 'entries'],
      properties: {
        asAt: { type: 'string', format: 'date-time', description: 'The instant of which the roll speaks' },
        entries: { type: 'array', items: ENTRY_SCHEMA },
        correct: { type: 'boolean', default: false },
        accept: { type: 'boolean', default: false, description: 'The roll is right, however much differs' },
      },
    },
  })
  @ApiOkResponse({ type: RollCheckedBody })
  @ApiResponse({ status: 400, description: 'INVALID_ROLL: errors names the fields; ROLL_IN_FUTURE; ROLL_TOO_OLD' })
  @ApiResponse({ status: 409, description: 'ROLL_UNLIKE: too much differs to correct anything' })
  async check(
    @Param('prisonId') prisonId: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<RollCheckedBody> {
    const { roll, correct, accept } = readRollBody(prisonId, body);
    if (!caller.prisons.has(roll.prisonId))
      throw new InvalidRoll([{ field: 'prisonId', value: roll.prisonId, message: 'is no prison of yours' }]);
    const check = await this.checks.check(roll, { correct, accept, by: caller.name, sender: senderOf(caller) });
    return toldTo(caller.prisons, check);
  }

  @Get(':prisonId/roll')
  @RequiresRole('ROLE_CUSTODY_WATCH__EVENTS__RW', 'ROLE_CUSTODY_WATCH__ADMIN__RW')
  @Discloses('read')
  @ApiOperation({ operationId: 'readRollCheck', summary: 'What the last check of a prison’s roll found' })
  @ApiParam({ name: 'prisonId', example: 'XYI' })
  @ApiOkResponse({ type: RollCheckedBody })
  @ApiResponse({ status: 404, description: 'NO_SUCH_ROLL: the roll was never checked, or it is no prison of yours' })
  async last(@Param('prisonId') prisonId: string, @Asking() { prisons }: Caller): Promise<RollCheckedBody> {
    const check: RollChecked | undefined = prisons.has(prisonId) ? await this.checks.last(prisonId) : undefined;
    if (!check) throw new NoSuchRoll();
    return toldTo(prisons, check);
  }
}
