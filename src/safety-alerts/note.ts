import { Body, Controller, Inject, Param, Req } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import type { IncomingMessage } from 'node:http';
import { Action, type ActionDone, IsNote } from './action.js';
import { asAction } from './checked.js';
import { OpenAlerts } from './open-alerts.js';
import { ACTOR, type Actor } from './ports.js';
import { SafetyAlerts } from './safety-alerts.js';

export class Note {
  @ApiProperty({ maxLength: 4000 }) @IsNote() readonly note!: string;
}

export class AddNoteToAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: string,
    readonly written: Note,
  ) {
    super();
  }
}

@CommandHandler(AddNoteToAlert)
export class AddNoteToAlertHandler implements ICommandHandler<AddNoteToAlert> {
  constructor(
    private readonly openAlerts: OpenAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  async execute({ alertId, by, written: { note } }: AddNoteToAlert): Promise<ActionDone> {
    const address = this.openAlerts.addressOf(alertId);
    return { id: alertId, position: await this.safetyAlerts.act(address, { type: 'AddNote', by, note }) };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class NoteController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(ACTOR) private readonly actor: Actor,
  ) {}

  @Action('note', 'Add a note; also to a closed alert')
  note(@Param('id') id: string, @Body(asAction) written: Note, @Req() request: IncomingMessage): Promise<ActionDone> {
    return this.commands.execute(new AddNoteToAlert(id, this.actor.of(request), written));
  }
}
