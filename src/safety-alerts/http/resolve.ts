import { Body, Controller, Param } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import { Asking, type Caller } from '../../access/caller.js';
import { Action, type ActionDone, IsNote, Seen } from './action.js';
import { asAction } from './checked.js';
import { RESOLVE_REASONS, type ResolveReason, USEFUL, type Useful } from '../alert/safety-alert-events.js';
import { SafetyAlerts } from '../alert/safety-alerts.js';
import { VisibleAlerts } from '../list/visible-alerts.js';

export class Resolution extends Seen {
  @ApiProperty({ enum: RESOLVE_REASONS })
  @IsIn(RESOLVE_REASONS, { message: `must be one of ${RESOLVE_REASONS.join(', ')}` })
  readonly reasonCode!: ResolveReason;

  @ApiPropertyOptional({ maxLength: 4000, description: 'Required with OTHER' })
  @ValidateIf(({ note, reasonCode }: Resolution) => note !== undefined || reasonCode === 'OTHER')
  @IsNote()
  readonly note?: string;

  @ApiPropertyOptional({ enum: USEFUL, description: 'Whether the alert was of use' })
  @IsOptional()
  @IsIn(USEFUL, { message: `must be one of ${USEFUL.join(', ')}` })
  readonly useful?: Useful;
}

export class ResolveAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: Caller,
    readonly resolution: Resolution,
  ) {
    super();
  }
}

@CommandHandler(ResolveAlert)
export class ResolveAlertHandler implements ICommandHandler<ResolveAlert> {
  constructor(
    private readonly visibleAlerts: VisibleAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  async execute({ alertId, by, resolution }: ResolveAlert): Promise<ActionDone> {
    const { reasonCode, note, useful } = resolution;
    const address = this.visibleAlerts.addressOf(alertId, by.prisons);
    const action = { type: 'Resolve', by: by.name, reasonCode, note, useful } as const;
    return { id: alertId, position: await this.safetyAlerts.act(address, action, resolution) };
  }
}

@ApiTags('safety-alerts')
@Controller('safety-alerts')
export class ResolveController {
  constructor(private readonly commands: CommandBus) {}

  @Action('resolve', 'Close it by hand')
  resolve(
    @Param('id') id: string,
    @Body(asAction) resolution: Resolution,
    @Asking() caller: Caller,
  ): Promise<ActionDone> {
    return this.commands.execute(new ResolveAlert(id, caller, resolution));
  }
}
