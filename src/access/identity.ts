import type { JWTPayload } from 'jose';
import { InvalidToken } from './errors.js';
import { isRole, type Role } from './roles.js';
import { isPrisonId } from '../prison/prison-id.js';

/** Whom a token speaks for, as HMPPS Auth writes it (docs/access.md, "Sign-in"). */
export interface Identity {
  readonly kind: 'user' | 'service';
  /** User name, or client id. */
  readonly name: string;
  readonly client?: string;
  readonly roles: ReadonlySet<Role>;
  /** The prisons that a user works in, where the token says so. */
  readonly caseloads?: ReadonlySet<string>;
}

const NAME = /^[\x21-\x7e]{1,100}$/;

/** Reads the claims of a token that has been verified. @throws InvalidToken, naming the claim that is not as it should be */
export const identityOf = (claims: JWTPayload): Identity => ({
  ...subjectOf(claims),
  roles: new Set(listIn(claims, 'authorities').filter(isRole)),
});

type TokenSubject = Omit<Identity, 'roles'>;

/**
 * A user, where one is named: a client that acts for a user sees what the user sees. Otherwise a client for itself; then
 * the subject is the client, or a user whose name the issuer keeps back, who must not pass for the client.
 */
const subjectOf = (claims: JWTPayload): TokenSubject => {
  const user = nameIn(claims, 'user_name');
  const client = nameIn(claims, 'client_id');
  if (user !== undefined) {
    const caseloads = claims['caseloads'] === undefined ? {} : { caseloads: prisonsIn(claims) };
    return { kind: 'user', name: user, ...(client !== undefined && { client }), ...caseloads };
  }
  const subject = nameIn(claims, 'sub');
  const name = client ?? subject;
  if (name === undefined) throw new InvalidToken('it names nobody (user_name, client_id)');
  if (subject !== undefined && subject !== name) throw new InvalidToken('it is of a user and has no user_name');
  return { kind: 'service', name, client: name };
};

const nameIn = (claims: JWTPayload, claim: string): string | undefined => {
  const value = claims[claim];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw new InvalidToken(`${claim} must be a name of at most 100 printable characters without spaces`);
};

const listIn = (claims: JWTPayload, claim: string): string[] => {
  const value = claims[claim] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new InvalidToken(`${claim} must be a list of texts`);
};

const prisonsIn = (claims: JWTPayload): ReadonlySet<string> => {
  const prisons = listIn(claims, 'caseloads');
  if (prisons.every(isPrisonId)) return new Set(prisons);
  throw new InvalidToken('caseloads must be a list of prison ids, such as XYI');
};
