import type { ExpectedRevision, Position } from './event-store.js';

/** An error of the log. `code` is stable; the message carries the offending value and what to do. */
export abstract class StoreError extends Error {
  abstract readonly code: string;
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The stream is not where the caller believed: reload, decide again. */
export class WrongExpectedRevision extends StoreError {
  readonly code = 'WRONG_EXPECTED_REVISION';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(
      `${stream}: expected ${describe(expected)}, found ${describe(actual)}. Read the stream again and decide again.`,
    );
  }
}

const describe = (revision: ExpectedRevision): string =>
  revision === 'no-stream' ? 'no such stream' : `revision ${revision}`;

/** The stream is where the caller believed, but already holds one of the ids elsewhere. Nothing was stored. */
export class EventIdTaken extends StoreError {
  readonly code = 'EVENT_ID_TAKEN';
  constructor(
    readonly stream: string,
    readonly id: string,
    readonly revision: number,
  ) {
    super(
      `${stream}: the event id ${id} is taken by revision ${revision}. An id is used once in a stream: look for it first.`,
    );
  }
}

/** The append could never be stored, whatever the state of the log. */
export class InvalidAppend extends StoreError {
  readonly code = 'INVALID_APPEND';
}

/** The position is not of this log: damaged, of another log, or beyond the end of this one. */
export class UnknownPosition extends StoreError {
  readonly code = 'UNKNOWN_POSITION';
  constructor(readonly position: Position) {
    super(`"${position}" is not a position of this log. Start again from a position that this log gave out.`);
  }
}

/** The log cannot be read or written just now. Nothing of the call was stored, unless it says so. */
export class StoreUnavailable extends StoreError {
  readonly code: string = 'STORE_UNAVAILABLE';
}

/** The server of the log does not answer just now, or broke off. It may be back at any time. */
export class ServerUnavailable extends StoreUnavailable {}

/** Others always wrote first, so that nothing was stored. */
export class TooManyConflicts extends StoreUnavailable {
  override readonly code = 'TOO_MANY_CONFLICTS';
  constructor(attempts: number) {
    super(
      `Others wrote to the same stream ${attempts} times before this could be stored. Send the same again: ` +
        'nothing is done twice.',
    );
  }
}

/** The server of the log knows us, or not, and does not let us do this. Nothing was done; somebody must see to it. */
export class StoreAccessDenied extends StoreUnavailable {
  override readonly code = 'STORE_ACCESS_DENIED';
}

/** The server cannot prove that it is the server of the log. Nothing was sent to it; somebody must look into it. */
export class StoreNotTrusted extends StoreUnavailable {
  override readonly code = 'STORE_NOT_TRUSTED';
}

/** The log was opened for reading only. */
export class StoreReadOnly extends StoreError {
  readonly code = 'STORE_READ_ONLY';
}

/** Another process holds the log. */
export class StoreInUse extends StoreError {
  readonly code = 'STORE_IN_USE';
}

/** The file is there but is no log of ours, is damaged, or is of a version that this program does not know. */
export class StoreUnreadable extends StoreError {
  readonly code = 'STORE_UNREADABLE';
}

/** The log is not as it was left, and nobody has said that it is to be gone on with. Nothing was changed. */
export class LogNotAsLeft extends StoreError {
  readonly code = 'LOG_NOT_AS_LEFT';
}

/** Another run has recorded the cut of some of the same streams meanwhile. Nothing was recorded twice, or cut off. */
export class CutMeanwhile extends StoreUnavailable {
  override readonly code = 'CUT_MEANWHILE';
  constructor(stream: string) {
    super(`${stream} was cut by another run meanwhile. Run it again: it goes on with what is left.`);
  }
}

/** A log is restored into an empty one only. Nothing was changed. */
export class StoreNotEmpty extends StoreError {
  readonly code = 'STORE_NOT_EMPTY';
  /** @param restoring the checksum of another file, of which a restore into this log was cut short */
  constructor(restoring?: string) {
    super(
      restoring === undefined
        ? 'The store holds something already. Restore into an empty DATA_DIR, or an event server without such streams.'
        : 'A restore of another file into this store was cut short. Complete that one, or restore into an empty store.',
    );
  }
}

/** A folder is no whole backup: something of it is missing, was altered, or is of another one. Nothing was restored. */
export class DamagedBackup extends StoreError {
  readonly code = 'DAMAGED_BACKUP';
  constructor(folder: string, what: string) {
    super(`${folder} is no whole backup: ${what}`);
  }
}

/** A folder is not one that a backup can be made in, or be restored from here. Nothing was done. */
export class UnfitBackup extends StoreError {
  readonly code = 'UNFIT_BACKUP';
}

/** Demonstration data and real data never share a log. */
export class StoreKindMismatch extends StoreError {
  readonly code = 'STORE_KIND_MISMATCH';
}

/** A consumer of the log has not come as far as was asked for. */
export class NotCaughtUp extends StoreError {
  readonly code = 'NOT_CAUGHT_UP';
  constructor(position: string) {
    super(
      `Position ${position} was not reached in time. Try again, or leave out atLeast to read what is known so far.`,
    );
  }
}
