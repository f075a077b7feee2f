import { type FieldError, fieldsOf } from '../../prison/field-error.js';
import type { Severity } from '../../prison/severity.js';
import type { RecordedEvent } from '../../store/event-store.js';
import type { LogMark } from '../../store/snapshot-store.js';
import { UnreadableEvent } from '../../store/unreadable-event.js';
import type { AlertTransition } from './safety-alert-events.js';

/** An error of this room. `code` is stable, the message says what to do and holds nothing personal. */
export abstract class SafetyAlertError extends Error {
  abstract readonly code: keyof typeof SAFETY_ALERT_ERROR_STATUS;
}

/** The alert is closed, so that nothing can be done with it any more. */
export class AlertNotOpen extends SafetyAlertError {
  readonly code = 'ALERT_NOT_OPEN';
  constructor(action: string) {
    super(`Cannot ${action} this safety alert: it is closed. Read it again to see who closed it, when and why.`);
  }
}

/** A critical safety alert has to be worked. It cannot get worse, so nothing would bring it back from a snooze. */
export class CriticalMayNotSnooze extends SafetyAlertError {
  readonly code = 'CRITICAL_MAY_NOT_REST';
  constructor() {
    super('Cannot snooze this safety alert: it is critical. Acknowledge it, assign it, or resolve it with a reason.');
  }
}

/** What a severe alert is about is still so: to close it by hand people have to confirm that they mean it. */
export class StillTrue extends SafetyAlertError {
  readonly code = 'STILL_TRUE';
  /** @param stillTrue the sentence of the alert, for the one who asked; never logged */
  constructor(
    readonly severity: Severity,
    readonly stillTrue: string,
  ) {
    super(
      `Nothing was stored: this safety alert is ${severity}, and what it is about is still so. ` +
        'To close it all the same, send "confirmStillTrue": true and a note that says why.',
    );
  }
}

/** There is nothing to reopen: what the alert was about has ended, or a newer alert is about it. */
export class NotStillTrue extends SafetyAlertError {
  readonly code = 'NOT_STILL_TRUE';
  constructor() {
    super(
      'Cannot reopen this safety alert: only what was closed by hand, and is still so, can be opened again. ' +
        'If it comes about again, a new safety alert is raised.',
    );
  }
}

/** What has happened to an alert since somebody saw it. `at` is ISO in UTC; `by` a user name, or custody-watch. */
export interface ChangeSince {
  readonly transition: AlertTransition;
  readonly at: string;
  readonly by: string;
  readonly revision: number;
}

/** The alert has changed since it was seen. Nothing was stored: people have to look again and decide again. */
export class AlertChanged extends SafetyAlertError {
  readonly code = 'ALERT_CHANGED';
  constructor(readonly changes: readonly ChangeSince[]) {
    super(
      `Nothing was stored: since it was last seen this safety alert was ${changes.map(({ transition }) => transition).join(', ')}. ` +
        'Read it again, and decide again with its present revision.',
    );
  }
}

/** No alert has this id, or none that is known here yet. */
export class NoSuchAlert extends SafetyAlertError {
  readonly code = 'NO_SUCH_ALERT';
  constructor(id: string) {
    super(`There is no safety alert ${id.slice(0, 100)}. Ids are in the list at GET /safety-alerts.`);
  }
}

/** What was sent cannot be done. Nothing was stored. */
export class InvalidAction extends SafetyAlertError {
  readonly code = 'INVALID_ACTION';
  constructor(readonly errors: readonly FieldError[]) {
    super(`Nothing was stored: ${fieldsOf(errors)} cannot be taken. See errors.`);
  }
}

/** Somebody listens in too many windows at once. */
export class TooManyStreams extends SafetyAlertError {
  readonly code = 'TOO_MANY_STREAMS';
  constructor(most: number) {
    super(`You have ${most} streams open, the most that one caller may have. Close one first.`);
  }
}

/** The log holds an event of an alert that this version does not know: nothing is done to that alert. */
export class UnknownAlertEvent extends UnreadableEvent {
  readonly code = 'UNKNOWN_ALERT_EVENT' satisfies keyof typeof SAFETY_ALERT_ERROR_STATUS;
  constructor(recorded: LogMark & Pick<RecordedEvent, 'type'>) {
    const { type, position } = recorded;
    super(
      recorded,
      `Position ${position} holds "${type}" as this version does not know it. Start the version that wrote it.`,
    );
  }
}

/** The HTTP status of each error code of this room. */
export const SAFETY_ALERT_ERROR_STATUS = {
  ALERT_NOT_OPEN: 409,
  ALERT_CHANGED: 409,
  CRITICAL_MAY_NOT_REST: 409,
  STILL_TRUE: 409,
  NOT_STILL_TRUE: 409,
  NO_SUCH_ALERT: 404,
  INVALID_ACTION: 400,
  TOO_MANY_STREAMS: 429,
  UNKNOWN_ALERT_EVENT: 503,
} as const;
