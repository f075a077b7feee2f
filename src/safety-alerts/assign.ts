import { Body, Controller, Inject, Param, Req } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches, ValidateIf } from 'class-validator';
import type { IncomingMessage } from 'node:http';
import { Action, type ActionDone } from './action.js';
import { asAction } from './checked.js';
import { OpenAlerts } from './open-alerts.js';
import { ACTOR, type Actor } from './ports.js';
import { SafetyAlerts } from './safety-alerts.js';

export class Assignment {
  @ApiProperty({ type: String, nullable: true, description: 'User name; null for nobody' })
  @ValidateIf(({ to }: Assignment) => to !== null)
  @Matches(/^[\w.@-]{1,60}$/, { message: 'must be a user name (letters, digits, _ . @ -), or null for nobody' })
  readonly to!: string | null;
}

export class AssignAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: string,
    readonly assignment: Assignment,
  ) {
    super();
  }
}

@CommandHandler(AssignAlert)
export class AssignAlertHandler implements ICommandHandler<AssignAlert> {
  constructor(
    private readonly openAlerts: OpenAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  async execute({ alertId, by, assignment: { to } }: AssignAlert): Promise<ActionDone> {
    const address = this.openAlerts.addressOf(alertId);
    return { id: alertId, position: await this.safetyAlerts.act(address, { type: 'Assign', by, to }) };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class AssignController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(ACTOR) private readonly actor: Actor,
  ) {}

  @Action('assign', 'Give it to somebody, or to nobody')
  assign(
    @Param('id') id: string,
    @Body(asAction) assignment: Assignment,
    @Req() request: IncomingMessage,
  ): Promise<ActionDone> {
    return this.commands.execute(new AssignAlert(id, this.actor.of(request), assignment));
  }
}
