import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isUUID } from 'class-validator';
import type { Caller } from '../../access/caller.js';
import { StoreError } from '../../store/errors.js';
import type { Position } from '../../store/event-store.js';
import type { Acknowledgement } from './acknowledge.js';
import type { Assignment } from './assign.js';
import { AlertChanged, type ChangeSince, InvalidAction, SafetyAlertError } from '../alert/errors.js';
import { type PersonAction, SafetyAlerts } from '../alert/safety-alerts.js';
import type { Meant } from '../alert/later-changes.js';
import { VisibleAlerts } from '../list/visible-alerts.js';

const MOST = 100;

/** One of several alerts, and what was seen of it. */
export type Chosen = { readonly id: string } & Pick<Meant, 'seenRevision'>;

/** What became of one of several alerts. */
export type ActedOn =
  | { readonly id: string; readonly status: 'done'; readonly position: Position }
  | {
      readonly id: string;
      readonly status: 'refused';
      readonly code: string;
      readonly message: string;
      /** Where it had changed since it was seen. */
      readonly changes?: readonly ChangeSince[];
    };

/** Says "I have it" of at most 100 alerts. The same request may be sent again: what was done for it is not done twice. */
export class AcknowledgeMany extends Command<readonly ActedOn[]> {
  constructor(
    readonly chosen: readonly Chosen[],
    readonly by: Caller,
    readonly acknowledgement: Pick<Acknowledgement, 'note'>,
    /** UUID */
    readonly requestId: string,
  ) {
    super();
  }
}

/** Gives at most 100 alerts to somebody, or to nobody; as {@link AcknowledgeMany}. */
export class AssignMany extends Command<readonly ActedOn[]> {
  constructor(
    readonly chosen: readonly Chosen[],
    readonly by: Caller,
    readonly assignment: Pick<Assignment, 'to'>,
    /** UUID */
    readonly requestId: string,
  ) {
    super();
  }
}

/** Does the same to each of several alerts; one that cannot be done stops none of the others. */
@Injectable()
export class ActOnEach {
  constructor(
    private readonly visibleAlerts: VisibleAlerts,
    private readonly safetyAlerts: SafetyAlerts,
  ) {}

  /** Answers in the order of the alerts. @throws InvalidAction when nothing is done at all */
  async act(chosen: readonly Chosen[], by: Caller, action: PersonAction, requestId: string): Promise<ActedOn[]> {
    if (chosen.length === 0 || chosen.length > MOST)
      throw refused('alerts', String(chosen.length), `must be 1 to ${MOST} alerts`);
    if (!isUUID(requestId)) throw refused('requestId', requestId.slice(0, 100), 'must be a UUID');
    return Promise.all(chosen.map((one) => this.actOn(one, by, action, requestId)));
  }

  private async actOn(chosen: Chosen, by: Caller, action: PersonAction, requestId: string): Promise<ActedOn> {
    const { id, seenRevision } = chosen;
    try {
      const address = this.visibleAlerts.addressOf(id, by.prisons);
      const position = await this.safetyAlerts.act(address, action, { seenRevision, requestId });
      return { id, status: 'done', position };
    } catch (error) {
      if (!(error instanceof SafetyAlertError || error instanceof StoreError)) throw error;
      const { code, message } = error;
      const changes = error instanceof AlertChanged ? { changes: error.changes } : {};
      return { id, status: 'refused', code, message, ...changes };
    }
  }
}

const refused = (field: string, value: string, message: string): InvalidAction =>
  new InvalidAction([{ field, value, message }]);

@CommandHandler(AcknowledgeMany)
export class AcknowledgeManyHandler implements ICommandHandler<AcknowledgeMany> {
  constructor(private readonly each: ActOnEach) {}

  execute({ chosen, by, acknowledgement: { note }, requestId }: AcknowledgeMany): Promise<readonly ActedOn[]> {
    return this.each.act(chosen, by, { type: 'Acknowledge', by: by.name, note }, requestId);
  }
}

@CommandHandler(AssignMany)
export class AssignManyHandler implements ICommandHandler<AssignMany> {
  constructor(private readonly each: ActOnEach) {}

  execute({ chosen, by, assignment: { to }, requestId }: AssignMany): Promise<readonly ActedOn[]> {
    return this.each.act(chosen, by, { type: 'Assign', by: by.name, to }, requestId);
  }
}
