/** What was given as a reason is no code and no reference. */
export class InvalidReason extends Error {
  readonly code: keyof typeof ACCESS_RECORDS_ERROR_STATUS = 'INVALID_REASON';
  constructor() {
    super(
      'X-Reason must be a code or a reference of at most 80 letters, digits and _ . : / - without spaces, such as ' +
        'ACCT_REVIEW or SAR-2026-0123. Never put a name there: a record cannot be erased.',
    );
  }
}

/** The HTTP status of each error code of this room. */
export const ACCESS_RECORDS_ERROR_STATUS = { INVALID_REASON: 400 } as const;
