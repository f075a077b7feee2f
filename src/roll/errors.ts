import type { FieldError } from '../prison/field-error.js';
import { type Instant, toIso } from '../prison/instant.js';

/** An error of this room. `code` is stable, the message says what to do and holds nothing personal. */
abstract class RollError extends Error {
  abstract readonly code: keyof typeof ROLL_ERROR_STATUS;
}

/** What was sent is no roll of the prison. Nothing was done. */
export class InvalidRoll extends RollError {
  readonly code = 'INVALID_ROLL';
  constructor(readonly errors: readonly FieldError[]) {
    super('This is no roll of the prison, and nothing was done. See errors.');
  }
}

/** The roll speaks of an instant that has not come yet. */
export class RollInFuture extends RollError {
  readonly code = 'ROLL_IN_FUTURE';
  constructor(asAt: Instant, now: Instant) {
    super(`The roll is as at ${toIso(asAt)}, and it is ${toIso(now)} now. Say of when it is.`);
  }
}

/** The roll is older than a sender of some prisons may ask of. */
export class RollTooOld extends RollError {
  readonly code = 'ROLL_TOO_OLD';
  constructor(asAt: Instant, oldest: Instant) {
    super(
      `The roll is as at ${toIso(asAt)}: of some prisons only rolls since ${toIso(oldest)} are checked. Send a later one, ` +
        'or have somebody check it who sees all prisons.',
    );
  }
}

/** So much differs that it may be another roll. */
export class RollUnlike extends RollError {
  readonly code = 'ROLL_UNLIKE';
  constructor() {
    super(
      'More than a fifth of the people differ: this looks like the roll of another prison or day, or like half of one. ' +
        'Nothing was corrected. Look at the differences, and accept the roll where it is right.',
    );
  }
}

/** Nobody has checked the roll of this prison, or it is no prison of the caller's: the answer does not say which. */
export class NoSuchRoll extends RollError {
  readonly code = 'NO_SUCH_ROLL';
  constructor() {
    super('The roll of this prison was never checked, or it is no prison of yours.');
  }
}

/** The HTTP status of each error code of this room. */
export const ROLL_ERROR_STATUS = {
  INVALID_ROLL: 400,
  ROLL_IN_FUTURE: 400,
  ROLL_TOO_OLD: 400,
  ROLL_UNLIKE: 409,
  NO_SUCH_ROLL: 404,
} as const;
