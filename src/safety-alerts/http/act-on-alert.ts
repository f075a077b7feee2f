import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { Caller } from '../../access/caller.js';
import type { Position } from '../../store/event-store.js';
import { StillTrue } from '../alert/errors.js';
import type { Intent } from '../alert/later-changes.js';
import type { Plain } from '../alert/plain.js';
import { SafetyAlerts } from '../alert/safety-alerts.js';
import { AlertIndex } from '../list/alert-index.js';
import { PresentReasons } from '../list/present-reasons.js';
import { VisibleAlerts } from '../list/visible-alerts.js';
import type { ActionRequest } from './actions.js';

/** What every action of a person answers with. */
export class ActionDoneBody {
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ description: 'For ?atLeast= on the next read' }) readonly position!: Position;
}

export type ActionDone = Plain<ActionDoneBody>;

/** Does one thing to one alert, for somebody who may see it. May be sent again: nothing changes then. */
export class ActOnAlert extends Command<ActionDone> {
  constructor(
    readonly alertId: string,
    readonly by: Caller,
    readonly request: ActionRequest,
    readonly intent: Intent = {},
  ) {
    super();
  }
}

@CommandHandler(ActOnAlert)
export class ActOnAlertHandler implements ICommandHandler<ActOnAlert> {
  constructor(
    private readonly visibleAlerts: VisibleAlerts,
    private readonly safetyAlerts: SafetyAlerts,
    private readonly alerts: AlertIndex,
    private readonly reasons: PresentReasons,
  ) {}

  /** @throws NoSuchAlert, AlertNotOpen, AlertChanged, StillTrue, NotStillTrue, InvalidAction, StoreUnavailable */
  async execute({ alertId, by, request, intent }: ActOnAlert): Promise<ActionDone> {
    const address = this.visibleAlerts.addressOf(alertId, by.prisons);
    // What another prison did since is not told to one that lost the person, so it is no reason to refuse anything either.
    const isHeld = this.visibleAlerts.mayTellNow(this.alerts.get(alertId), by.prisons);
    const seen = isHeld ? intent : { ...intent, seenRevision: undefined };
    try {
      const position = await this.safetyAlerts.act(address, { ...request, by: by.name }, seen);
      return { id: alertId, position };
    } catch (error) {
      if (!(error instanceof StillTrue)) throw error;
      const [{ reason } = { reason: error.stillTrue }] = await this.reasons.in([this.alerts.get(alertId)]);
      throw new StillTrue(error.severity, reason);
    }
  }
}
