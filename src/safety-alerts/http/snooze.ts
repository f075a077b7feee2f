import { Body, Controller, Param } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Equals, IsIn, IsOptional, ValidateIf } from 'class-validator';
import { Asking, type Caller } from '../../access/caller.js';
import { Action, type ActionDone, IsInstant, IsNote, Seen } from './action.js';
import { asAction } from './checked.js';
import { InvalidAction } from '../alert/errors.js';
import { SNOOZE_REASONS, type SnoozeReason } from '../alert/safety-alert-events.js';
import { SafetyAlerts } from '../alert/safety-alerts.js';
import { VisibleAlerts } from '../list/visible-alerts.js';

export class Rest extends Seen {
  @ApiPropertyOptional({ format: 'date-time', description: 'An instant to come; instead of untilWorse' })
  @ValidateIf(({ until, untilWorse }: Rest) => until !== undefined || untilWorse !== true)
  @IsInstant()
  readonly until?: string;

  @ApiPropertyOptional({ description: 'Until it is escalated or repeated; instead of until' })
  @IsOptional()
  @Equals(true, { message: 'must be true, or left out' })
  readonly untilWorse?: true;

  @ApiProperty({ enum: SNOOZE_REASONS })
  @IsIn(SNOOZE_REASONS, { message: `must be one of ${SNOOZE_REASONS.join(', ')}` })
  readonly reasonCode!: SnoozeReason;

  @ApiPropertyOptional({ maxLength: 4000, description: 'Required with OTHER' })
  @ValidateIf(({ note, reasonCode }: Rest) => note !== undefined || reasonCode === 'OTHER')
  @IsNote()
  readonly note?: string;
}

/** ISO instant in UTC, or null for until it gets worse. @throws InvalidAction when both are asked for */
function endOf({ until, untilWorse }: Rest): string | null {
  if (until === undefined) return null;
  if (untilWorse)
    throw new InvalidAction([{ field: 'until', value: until, message: 'goes instead of untilWorse, not with it' }]);
  return new Date(until).toISOString();
}

export class SnoozeAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: Caller,
    readonly rest: Rest,
  ) {
    super();
  }
}

@CommandHandler(SnoozeAlert)
export class SnoozeAlertHandler implements ICommandHandler<SnoozeAlert> {
  constructor(
    private readonly visibleAlerts: VisibleAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  async execute({ alertId, by, rest }: SnoozeAlert): Promise<ActionDone> {
    const { reasonCode, note } = rest;
    const until = endOf(rest);
    const address = this.visibleAlerts.addressOf(alertId, by.prisons);
    const action = { type: 'Snooze', by: by.name, until, reasonCode, note } as const;
    return { id: alertId, position: await this.safetyAlerts.act(address, action, rest) };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class SnoozeController {
  constructor(private readonly commands: CommandBus) {}

  @Action('snooze', 'Let it rest until an instant or until it gets worse')
  snooze(@Param('id') id: string, @Body(asAction) rest: Rest, @Asking() caller: Caller): Promise<ActionDone> {
    return this.commands.execute(new SnoozeAlert(id, caller, rest));
  }
}
