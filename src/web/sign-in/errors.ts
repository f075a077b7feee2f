import type { Caller } from '../../access/caller.js';
import type { FieldError } from '../../prison/field-error.js';

/** An error of signing in, or of what needs it. `code` is stable; the message holds nothing of a token or an answer. */
abstract class SignInError extends Error {
  abstract readonly code: keyof typeof SIGN_IN_ERROR_STATUS;
}

/** A form came that was not made for this sign-in. */
export class WrongCsrfToken extends SignInError {
  readonly code = 'WRONG_CSRF_TOKEN';
  constructor() {
    super('This form was not made for your present sign-in. Nothing was saved. Open the page again and send it again.');
  }
}

/** Somebody wants to look where they do not work. */
export class UnknownLocation extends SignInError {
  readonly code = 'UNKNOWN_LOCATION';
  constructor() {
    super('This is not one of your locations. Choose one from the list.');
  }
}

/** What was sent names no user. */
export class InvalidUserName extends SignInError {
  readonly code = 'INVALID_USER_NAME';
  constructor(readonly errors: readonly FieldError[]) {
    super('Say whose sessions are to end: {"user": "ASMITH_GEN"}. Nothing was ended.');
  }
}

/** Why somebody could not sign in. */
export type SignInFailure =
  'SIGN_IN_DENIED' | 'SIGN_IN_OUT_OF_DATE' | 'SIGN_IN_FAILED' | 'NO_ROLE' | 'ISSUER_UNREACHABLE';

/** Somebody could not sign in. */
export class SignInRefused extends Error {
  constructor(
    readonly code: SignInFailure,
    cause?: unknown,
    /** Who it was, where the issuer said so. */
    readonly caller?: Caller,
  ) {
    super(`Nobody was signed in: ${code}.`, { cause });
  }
}

/** What an error calls itself: its own code, or the one that the issuer gave. Never a message, which may hold a token. */
const CODE = /^[A-Za-z_]{1,60}$/;

/** For the log: the codes of an error and of what it came from, and nothing else of what the issuer sent. */
export const codesOf = (error: unknown): string[] => {
  if (error === undefined || error === null) return [];
  const { code, error: given, cause } = error as Readonly<Record<'code' | 'error' | 'cause', unknown>>;
  return [code, given]
    .filter((word) => typeof word === 'string' && CODE.test(word))
    .map(String)
    .concat(codesOf(cause));
};

/** The HTTP status of each error code of this folder that is not one of another room. */
export const SIGN_IN_ERROR_STATUS = {
  WRONG_CSRF_TOKEN: 403,
  UNKNOWN_LOCATION: 400,
  INVALID_USER_NAME: 400,
} as const;
