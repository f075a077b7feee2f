import { ROLES, type Role } from './roles.js';

/** An error of this room. `code` is stable; the message says what to do and holds nothing of a token. */
export abstract class AccessError extends Error {
  abstract readonly code: keyof typeof ACCESS_ERROR_STATUS;
  /** For the header WWW-Authenticate (RFC 6750). */
  readonly challenge: string | undefined;
}

/** Nobody is signed in. */
export class NotSignedIn extends AccessError {
  readonly code = 'NOT_SIGNED_IN';
  override readonly challenge = 'Bearer';
  constructor() {
    super('Sign in: send "Authorization: Bearer" with an access token of the issuer.');
  }
}

/** What was sent as a token is none that counts here. */
export class InvalidToken extends AccessError {
  readonly code = 'INVALID_TOKEN';
  override readonly challenge = 'Bearer error="invalid_token"';
  constructor(why: string) {
    super(`The access token is not valid: ${why}. Ask the issuer for a new one.`);
  }
}

/** The caller is known, and may not do this. */
export class RoleMissing extends AccessError {
  readonly code = 'ROLE_MISSING';
  override readonly challenge = 'Bearer error="insufficient_scope"';
  constructor(roles: readonly Role[]) {
    const role = roles.length === ROLES.length ? 'any role of this service' : roles.join(' or ');
    super(`This needs ${role}, which the token does not have. Ask the people who manage roles.`);
  }
}

/** Somebody whom none of the caller's prisons holds, whether they are known or not. */
export class OutsideYourPrisons extends AccessError {
  readonly code = 'OUTSIDE_YOUR_PRISONS';
  constructor() {
    super(
      'None of the prisons that you see holds this person, if anybody has this number. Whoever is to see all prisons needs ' +
        'the word all beside their name in config/access.yml.',
    );
  }
}

/** What was asked for is for those who see all prisons. */
export class NotAllPrisons extends AccessError {
  readonly code = 'NOT_ALL_PRISONS';
  constructor() {
    super(
      'This is about people of all prisons, and you see some. Whoever is to see all needs the word all beside their name ' +
        'in config/access.yml.',
    );
  }
}

/** Tokens cannot be checked, because the issuer's keys cannot be fetched. */
export class IssuerUnreachable extends AccessError {
  readonly code = 'ISSUER_UNREACHABLE';
  constructor(cause?: unknown) {
    super('Nobody can sign in just now: the issuer of tokens cannot be reached. Try again in a moment.', { cause });
  }
}

/** One caller asks too often. */
export class TooManyRequests extends AccessError {
  readonly code = 'TOO_MANY_REQUESTS';
  constructor(limit: number) {
    super(`More than ${limit} requests in a minute. Wait until Retry-After; send many custody events as one NDJSON.`);
  }
}

/** The HTTP status of each error code of this room. */
export const ACCESS_ERROR_STATUS = {
  NOT_SIGNED_IN: 401,
  INVALID_TOKEN: 401,
  ROLE_MISSING: 403,
  OUTSIDE_YOUR_PRISONS: 403,
  NOT_ALL_PRISONS: 403,
  ISSUER_UNREACHABLE: 503,
  TOO_MANY_REQUESTS: 429,
} as const;
