import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isUUID } from 'class-validator';
import type { Caller } from '../../access/caller.js';
import { StoreError } from '../../store/errors.js';
import { UnreadableEvent } from '../../store/unreadable-event.js';
import type { Position } from '../../store/event-store.js';
import { AlertChanged, type ChangeSince, InvalidAction, SafetyAlertError } from '../alert/errors.js';
import type { Intent } from '../alert/later-changes.js';
import { ActOnAlert } from './act-on-alert.js';
import type { ActionRequest } from './actions.js';

const MOST = 100;

/** One of several alerts, and what was seen of it. */
export type ChosenAlert = { readonly id: string } & Pick<Intent, 'seenRevision'>;

/** What became of one of several alerts. */
export type ActionResult =
  | { readonly id: string; readonly status: 'done'; readonly position: Position }
  | {
      readonly id: string;
      readonly status: 'refused';
      readonly code: string;
      readonly message: string;
      /** Where it had changed since it was seen. */
      readonly changes?: readonly ChangeSince[];
    };

/**
 * Does the same to each of at most 100 alerts; an alert to which it cannot be done does not stop the others. The same
 * request may be sent again: what was done for it is not done twice.
 */
export class ActOnAlerts extends Command<readonly ActionResult[]> {
  constructor(
    readonly chosen: readonly ChosenAlert[],
    readonly by: Caller,
    readonly request: ActionRequest,
    /** UUID */
    readonly requestId: string,
  ) {
    super();
  }
}

@CommandHandler(ActOnAlerts)
export class ActOnAlertsHandler implements ICommandHandler<ActOnAlerts> {
  constructor(private readonly commands: CommandBus) {}

  /** Answers in the order of the alerts. @throws InvalidAction when nothing is done at all */
  async execute({ chosen, by, request, requestId }: ActOnAlerts): Promise<readonly ActionResult[]> {
    if (chosen.length === 0 || chosen.length > MOST)
      throw refused('alerts', String(chosen.length), `must be 1 to ${MOST} alerts`);
    if (!isUUID(requestId)) throw refused('requestId', requestId.slice(0, 100), 'must be a UUID');
    return Promise.all(
      chosen.map(({ id, seenRevision }) => this.act(new ActOnAlert(id, by, request, { seenRevision, requestId }))),
    );
  }

  private async act(command: ActOnAlert): Promise<ActionResult> {
    try {
      return { ...(await this.commands.execute(command)), status: 'done' };
    } catch (error) {
      if (!isToldOfEach(error)) throw error;
      const { code, message } = error;
      const changes = error instanceof AlertChanged ? { changes: error.changes } : {};
      return { id: command.alertId, status: 'refused', code, message, ...changes };
    }
  }
}

/** An error that keeps one alert from being acted on, and has nothing to do with the others. */
const isToldOfEach = (error: unknown): error is SafetyAlertError | UnreadableEvent | StoreError =>
  error instanceof SafetyAlertError || error instanceof UnreadableEvent || error instanceof StoreError;

const refused = (field: string, value: string, message: string): InvalidAction =>
  new InvalidAction([{ field, value, message }]);
