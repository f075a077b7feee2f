import type { RecordedEvent } from '../store/event-store.js';
import type { LogMark } from '../store/snapshot-store.js';
import { UnreadableEvent } from '../store/unreadable-event.js';

/** An error of this room. `code` is stable, the message says what to do and holds nothing personal. */
abstract class HandoverError extends Error {
  abstract readonly code: keyof typeof HANDOVER_ERROR_STATUS;
}

/** There is no such hand-over in this prison, or the prison is not one of the reader's. */
export class NoSuchHandover extends HandoverError {
  readonly code = 'NO_SUCH_HANDOVER';
  constructor(number?: number) {
    super(`There is no hand-over ${number ?? ''} here. See /handover/history for those there are.`);
  }
}

/** Nobody signs their own hand-over. */
export class OwnHandover extends HandoverError {
  readonly code = 'OWN_HANDOVER';
  constructor() {
    super('You wrote this hand-over. Somebody on the next shift must sign it.');
  }
}

/** What was sent cannot be handed over. Nothing was stored. */
export class InvalidHandover extends HandoverError {
  readonly code = 'INVALID_HANDOVER';
  /** @param field `note`, `since` or `requestId` */
  constructor(readonly field: string) {
    super(`Nothing was stored: ${field} cannot be taken.`);
  }
}

/** The log holds an event of a prison's hand-overs that this version does not know: nothing is written or signed there. */
export class UnknownHandoverEvent extends UnreadableEvent {
  readonly code = 'UNKNOWN_HANDOVER_EVENT' satisfies keyof typeof HANDOVER_ERROR_STATUS;
  constructor(recorded: LogMark & Pick<RecordedEvent, 'type'>) {
    const { type, position } = recorded;
    super(
      recorded,
      `Nothing was stored: position ${position} holds "${type}", which this version does not know. Start the version that wrote it.`,
    );
  }
}

/** The HTTP status of each error code of this room. */
export const HANDOVER_ERROR_STATUS = {
  NO_SUCH_HANDOVER: 404,
  OWN_HANDOVER: 409,
  INVALID_HANDOVER: 400,
  UNKNOWN_HANDOVER_EVENT: 503,
} as const;
