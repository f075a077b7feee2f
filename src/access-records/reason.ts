import { HttpException } from '@nestjs/common';

/** What was given as a reason is no code and no reference. */
class InvalidReason extends HttpException {
  readonly code = 'INVALID_REASON';
  constructor() {
    super(
      'X-Reason must be a code or a reference of at most 80 letters, digits and _ . : / - without spaces, such as ' +
        'ACCT_REVIEW or SAR-2026-0123. Never put a name there: a record cannot be erased.',
      400,
    );
  }
}

const REASON = /^[A-Za-z0-9][\w.:/-]{0,79}$/;

/** Why somebody looks, where they say so. @throws InvalidReason */
export const reasonOf = (header: string | string[] | undefined): string | undefined => {
  if (header === undefined || header === '') return undefined;
  if (typeof header === 'string' && REASON.test(header)) return header;
  throw new InvalidReason();
};
