import { Body, Controller, HttpCode, Inject, type OnApplicationBootstrap, Param, Post } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../access/caller.js';
import { RequiresRole } from '../access/required-roles.js';
import { Discloses } from '../access-records/disclosure.js';
import { hold, HOLDERS, type Holders } from '../access/holders.js';
import { OneOf, PrisonNumber, YesNo } from './catalogue/kinds.js';
import { Optional } from './catalogue/members.js';
import { Shape } from './catalogue/shape.js';
import { NoSuchPerson } from '../answers/errors.js';
import { InvalidErasure } from './errors.js';
import { isObject } from './envelope.js';
import { type ErasureDone, Erasures } from './erasures.js';
import { People } from './people/people.js';
import { ERASURE_REASONS, type ErasureReason } from './person-erased.js';

/** Whose data are to be destroyed, and why. */
class ErasureRequest {
  @PrisonNumber() prisonNumber!: string;
  @OneOf(ERASURE_REASONS) reason!: ErasureReason;
  @Optional() @YesNo() confirmStillWatched?: boolean;
}

const SHAPE = new Shape(ErasureRequest);

const DONE =
  'Done; inClear counts events written before personal data were sealed; pending says that the destroyed key lies in ' +
  'the files of the event server until every node has been scavenged';

/** @throws InvalidErasure, naming the field, its value and what is allowed */
export const readErasure = (request: object): ErasureRequest => {
  const { normal, errors } = SHAPE.read({ ...request });
  if (errors.length > 0) throw new InvalidErasure(errors);
  return normal as unknown as ErasureRequest;
};

export class ErasePerson extends Command<ErasureDone> {
  constructor(
    readonly erasure: ErasureRequest,
    readonly by: string,
  ) {
    super();
  }
}

@CommandHandler(ErasePerson)
export class ErasePersonHandler implements ICommandHandler<ErasePerson>, OnApplicationBootstrap {
  constructor(
    private readonly erasures: Erasures,
    private readonly people: People,
  ) {}

  /** The person may be named by any number that is or was theirs. */
  execute({ erasure: { prisonNumber, reason, confirmStillWatched }, by }: ErasePerson): Promise<ErasureDone> {
    const { kept } = this.people.groupOf(prisonNumber);
    return this.erasures.erase({ prisonNumber: kept, reason, by, confirmStillWatched });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.erasures.complete();
  }
}

@ApiTags('prisoners')
@Controller('prisoners')
export class ErasePersonController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(HOLDERS) private readonly holders: Holders,
  ) {}

  @Post(':prisonNumber/erasure')
  @HttpCode(200)
  @RequiresRole('ROLE_CUSTODY_WATCH__ADMIN__RW')
  @Discloses('change')
  @ApiOperation({
    operationId: 'erasePerson',
    summary: 'Destroy what is personal about somebody, for good',
    description:
      'Names, dates of birth, free text and notes can never be read again. Ids, rules, instants and alerts stay. Safe to ' +
      'repeat; what was recorded since the last erasure is erased too. Of somebody who is in custody, or has an open ' +
      'safety alert, only what was confirmed is erased: 409 STILL_WATCHED says which.',
  })
  @ApiParam({ name: 'prisonNumber', example: 'A1234BC' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['reason'],
      properties: {
        reason: { enum: [...ERASURE_REASONS] },
        confirmStillWatched: {
          type: 'boolean',
          description: 'Erase even if the person is in custody or has an open safety alert; this is recorded',
        },
      },
    },
  })
  @ApiResponse({ status: 200, description: DONE })
  @ApiResponse({ status: 400, description: 'INVALID_ERASURE: errors names the field and the value' })
  @ApiResponse({ status: 404, description: 'NO_SUCH_PERSON' })
  @ApiResponse({
    status: 409,
    description:
      'STILL_WATCHED: stillWatched says in which prison the person is (inCustodyAt), and which safety alerts are open ' +
      '(openAlerts). Send confirmStillWatched to erase all the same',
  })
  erase(
    @Param('prisonNumber') prisonNumber: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<ErasureDone> {
    const request = readErasure({ ...(isObject(body) && body), prisonNumber });
    if (!hold(caller.prisons, request.prisonNumber, this.holders)) throw new NoSuchPerson();
    return this.commands.execute(new ErasePerson(request, caller.name));
  }
}
