import { Body, Controller, Param } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Asking, type Caller } from '../../access/caller.js';
import { Action, type ActionDone, IsNote, Seen } from './action.js';
import { asAction } from './checked.js';
import { SafetyAlerts } from '../alert/safety-alerts.js';
import { VisibleAlerts } from '../list/visible-alerts.js';

export class Note extends Seen {
  @ApiProperty({ maxLength: 4000 }) @IsNote() readonly note!: string;
}

export class AddNoteToAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: Caller,
    readonly written: Note,
  ) {
    super();
  }
}

@CommandHandler(AddNoteToAlert)
export class AddNoteToAlertHandler implements ICommandHandler<AddNoteToAlert> {
  constructor(
    private readonly visibleAlerts: VisibleAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  async execute({ alertId, by, written }: AddNoteToAlert): Promise<ActionDone> {
    const address = this.visibleAlerts.addressOf(alertId, by.prisons);
    const action = { type: 'AddNote', by: by.name, note: written.note } as const;
    return { id: alertId, position: await this.safetyAlerts.act(address, action, written) };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class NoteController {
  constructor(private readonly commands: CommandBus) {}

  @Action('note', 'Add a note; also to a closed alert')
  note(@Param('id') id: string, @Body(asAction) written: Note, @Asking() caller: Caller): Promise<ActionDone> {
    return this.commands.execute(new AddNoteToAlert(id, caller, written));
  }
}
