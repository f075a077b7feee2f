import { Body, Controller, Param } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches, ValidateIf } from 'class-validator';
import { Asking, type Caller } from '../../access/caller.js';
import { Action, type ActionDone, Seen } from './action.js';
import { asAction } from './checked.js';
import { SafetyAlerts } from '../alert/safety-alerts.js';
import { VisibleAlerts } from '../list/visible-alerts.js';

export class Assignment extends Seen {
  @ApiProperty({ type: String, nullable: true, description: 'User name; null for nobody' })
  @ValidateIf(({ to }: Assignment) => to !== null)
  @Matches(/^[\w.@-]{1,60}$/, { message: 'must be a user name (letters, digits, _ . @ -), or null for nobody' })
  readonly to!: string | null;
}

export class AssignAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: Caller,
    readonly assignment: Assignment,
  ) {
    super();
  }
}

@CommandHandler(AssignAlert)
export class AssignAlertHandler implements ICommandHandler<AssignAlert> {
  constructor(
    private readonly visibleAlerts: VisibleAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  async execute({ alertId, by, assignment }: AssignAlert): Promise<ActionDone> {
    const address = this.visibleAlerts.addressOf(alertId, by.prisons);
    const action = { type: 'Assign', by: by.name, to: assignment.to } as const;
    return { id: alertId, position: await this.safetyAlerts.act(address, action, assignment) };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class AssignController {
  constructor(private readonly commands: CommandBus) {}

  @Action('assign', 'Give it to somebody, or to nobody')
  assign(
    @Param('id') id: string,
    @Body(asAction) assignment: Assignment,
    @Asking() caller: Caller,
  ): Promise<ActionDone> {
    return this.commands.execute(new AssignAlert(id, caller, assignment));
  }
}
