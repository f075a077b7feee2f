import type { ExpectedRevision } from './event-store.js';

/** An error of the log. `code` is stable; the message carries the offending value and what to do. */
export abstract class StoreError extends Error {
  abstract readonly code: string;
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

/** The log cannot be read or written just now. Nothing of the call was stored, unless it says so. */
export class StoreUnavailable extends StoreError {
  readonly code = 'STORE_UNAVAILABLE';
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
  }
}

/** Another process holds the log. */
export class StoreInUse extends StoreError {
  readonly code = 'STORE_IN_USE';
}

/** The file is there but is no log of ours, is damaged, or is of a version that this program does not know. */
export class StoreUnreadable extends StoreError {
  readonly code = 'STORE_UNREADABLE';
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
  }
}
