import { Body, Controller, Inject, Param, Req } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { IncomingMessage } from 'node:http';
import { Action, type ActionDone, IsNote } from './action.js';
import { asAction } from './checked.js';
import { OpenAlerts } from './open-alerts.js';
import { ACTOR, type Actor } from './ports.js';
import { SafetyAlerts } from './safety-alerts.js';

export class Acknowledgement {
  @ApiPropertyOptional({ maxLength: 4000 }) @IsOptional() @IsNote() readonly note?: string;
}

export class AcknowledgeAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: string,
    readonly acknowledgement: Acknowledgement,
  ) {
    super();
  }
}

@CommandHandler(AcknowledgeAlert)
export class AcknowledgeAlertHandler implements ICommandHandler<AcknowledgeAlert> {
  constructor(
    private readonly openAlerts: OpenAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  async execute({ alertId, by, acknowledgement: { note } }: AcknowledgeAlert): Promise<ActionDone> {
    const address = this.openAlerts.addressOf(alertId);
    return { id: alertId, position: await this.safetyAlerts.act(address, { type: 'Acknowledge', by, note }) };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class AcknowledgeController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(ACTOR) private readonly actor: Actor,
  ) {}

  @Action('acknowledge', 'Say "I have it"')
  acknowledge(
    @Param('id') id: string,
    @Body(asAction) acknowledgement: Acknowledgement,
    @Req() request: IncomingMessage,
  ): Promise<ActionDone> {
    return this.commands.execute(new AcknowledgeAlert(id, this.actor.of(request), acknowledgement));
  }
}
