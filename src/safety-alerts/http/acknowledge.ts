import { Body, Controller, Param } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { Asking, type Caller } from '../../access/caller.js';
import { Action, type ActionDone, IsNote, Seen } from './action.js';
import { asAction } from './checked.js';
import { SafetyAlerts } from '../alert/safety-alerts.js';
import { VisibleAlerts } from '../list/visible-alerts.js';

export class Acknowledgement extends Seen {
  @ApiPropertyOptional({ maxLength: 4000 }) @IsOptional() @IsNote() readonly note?: string;
}

export class AcknowledgeAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: Caller,
    readonly acknowledgement: Acknowledgement,
  ) {
    super();
  }
}

@CommandHandler(AcknowledgeAlert)
export class AcknowledgeAlertHandler implements ICommandHandler<AcknowledgeAlert> {
  constructor(
    private readonly visibleAlerts: VisibleAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  async execute({ alertId, by, acknowledgement }: AcknowledgeAlert): Promise<ActionDone> {
    const address = this.visibleAlerts.addressOf(alertId, by.prisons);
    const action = { type: 'Acknowledge', by: by.name, note: acknowledgement.note } as const;
    return { id: alertId, position: await this.safetyAlerts.act(address, action, acknowledgement) };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class AcknowledgeController {
  constructor(private readonly commands: CommandBus) {}

  @Action('acknowledge', 'Say "I have it"')
  acknowledge(
    @Param('id') id: string,
    @Body(asAction) acknowledgement: Acknowledgement,
    @Asking() caller: Caller,
  ): Promise<ActionDone> {
    return this.commands.execute(new AcknowledgeAlert(id, caller, acknowledgement));
  }
}
