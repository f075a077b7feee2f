import { type FieldError, fieldsOf } from '../prison/field-error.js';
import type { EventResult } from './recording-result.js';
import { codesOf, type WatchedOver } from './still-watched.js';

/** An error of this room. `code` is stable, the message says what to do and holds nothing personal. */
abstract class CustodyError extends Error {
  abstract readonly code: keyof typeof CUSTODY_ERROR_STATUS;
}

/** None of what was sent could be accepted. The results say why, field by field; the message is safe to log. */
export class AllRefused extends CustodyError {
  readonly code = 'ALL_REFUSED';
  constructor(
    readonly results: readonly EventResult[],
    readonly moreErrors?: number,
  ) {
    super(
      `Nothing was stored: all of ${results.length} custody events were refused. See the errors of each, and send them again, corrected.`,
    );
  }
}

/** An event was sent whose id belongs to another event in the log. */
export class EventIdReused extends CustodyError {
  readonly code = 'EVENT_ID_REUSED';
  constructor(readonly results: readonly EventResult[]) {
    super('The id of this custody event is known, with other content. Nothing was stored. See its errors.');
  }
}

/** More events than one request may carry. */
export class TooManyEvents extends CustodyError {
  readonly code = 'TOO_MANY_EVENTS';
  constructor(allowed: number, stored: number) {
    const fate = stored === 0 ? 'Nothing was stored' : `The first ${stored} lines were stored or refused`;
    super(`One request may carry ${allowed} custody events. ${fate}. Send them in several requests; repeats are safe.`);
  }
}

/** It is not clear what should be erased, or why. Nothing was erased. */
export class InvalidErasure extends CustodyError {
  readonly code = 'INVALID_ERASURE';
  constructor(readonly errors: readonly FieldError[]) {
    super(`Nothing was erased: ${fieldsOf(errors)} cannot be taken. See errors.`);
  }
}

/** Somebody is in custody, or has an open safety alert: that they are to be erased has to be confirmed. */
export class StillWatched extends CustodyError {
  readonly code = 'STILL_WATCHED';
  /** @param stillWatched for the one who asked; never logged */
  constructor(readonly stillWatched: WatchedOver) {
    super(
      `Nothing was erased: this person ${WATCHED[codesOf(stillWatched).join()] ?? ''}, and those who keep them safe need ` +
        'what is known of them. To erase it all the same, send "confirmStillWatched": true.',
    );
  }
}

const WATCHED: Readonly<Record<string, string>> = {
  IN_CUSTODY: 'is in custody',
  OPEN_ALERTS: 'has open safety alerts',
  'IN_CUSTODY,OPEN_ALERTS': 'is in custody and has open safety alerts',
};

/** What was sent about a telling cannot be understood. Nothing was noted. */
export class InvalidTelling extends CustodyError {
  readonly code = 'INVALID_TELLING';
  constructor(readonly errors: readonly FieldError[]) {
    super(`${fieldsOf(errors)} cannot be taken. See errors.`);
  }
}

/** Nobody has begun this telling. */
export class NoSuchTelling extends CustodyError {
  readonly code = 'NO_SUCH_TELLING';
  constructor(id: string) {
    super(`There is no telling ${id}. Begin it first: POST /tellings.`);
  }
}

/** The telling is complete; nothing can be added to it. */
export class TellingIsComplete extends CustodyError {
  static readonly CODE = 'TELLING_IS_COMPLETE';
  readonly code = TellingIsComplete.CODE;
  constructor(id: string) {
    super(`The telling ${id} is complete. Begin another, or send the events without one.`);
  }
}

/** The HTTP status of each error of this room, by its code. */
export const CUSTODY_ERROR_STATUS = {
  ALL_REFUSED: 400,
  INVALID_ERASURE: 400,
  INVALID_TELLING: 400,
  NO_SUCH_TELLING: 404,
  EVENT_ID_REUSED: 409,
  STILL_WATCHED: 409,
  TELLING_IS_COMPLETE: 409,
  TOO_MANY_EVENTS: 413,
} as const;
