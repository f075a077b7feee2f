import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../store/clock.js';
import type { Caller } from './caller.js';
import type { Caseloads } from './caseloads.js';
import { InvalidToken, NotSignedIn } from './errors.js';
import { identityOf } from './identity.js';
import { IssuerKeys } from './issuer-keys.js';
import type { SignIn } from './sign-in.js';

/** Signatures by a key that only the issuer has: never a shared secret, never none. */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');
/** What an access token may call itself; not an id token for logout, not a proof. */
const TYPES = /^(application\/)?(at\+)?jwt$/i;
/** In characters. */
const LARGEST_TOKEN = 16 * 1024;
/** Clocks of issuer and service may differ by this, in seconds. */
const CLOCK_SKEW = 60;

export interface Issuer {
  /** As it writes itself into tokens. */
  readonly issuer: string;
  /** What it calls this service. */
  readonly audience: string;
}

/** AUTH=oidc: bearer tokens, checked against the issuer's keys. A token cannot say where its key is. */
export class OidcSignIn implements SignIn {
  private readonly keys: IssuerKeys;

  constructor(
    private readonly expected: Issuer,
    private readonly caseloads: Caseloads,
    private readonly clock: Clock,
  ) {
    this.keys = new IssuerKeys(expected.issuer, clock);
  }

  async callerOf({ headersDistinct: { authorization } }: IncomingMessage): Promise<Caller> {
    return this.callerWith(tokenIn(authorization));
  }

  /** Who an access token stands for. @throws InvalidToken, IssuerUnreachable */
  async callerWith(token: string): Promise<Caller> {
    const { exp, ...claims } = await this.verify(token);
    const identity = identityOf(claims);
    const { kind, name, client, roles } = identity;
    const until = (Number(exp) + CLOCK_SKEW) * 1000;
    return {
      kind,
      name,
      ...(client !== undefined && { client }),
      roles,
      prisons: await this.prisonsOf(identity),
      until,
    };
  }

  async trouble(): Promise<string | undefined> {
    return (await this.keys.areAvailable()) ? undefined : 'ISSUER_UNREACHABLE';
  }

  private prisonsOf = (identity: ReturnType<typeof identityOf>) => this.caseloads.prisonsOf(identity);

  private async verify(token: string): Promise<JWTPayload> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.keyOf, {
        ...this.expected,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_SKEW,
        currentDate: new Date(this.clock.now()),
      });
      if (!TYPES.test(protectedHeader.typ ?? 'JWT')) throw new InvalidToken('it is no access token (typ)');
      return payload;
    } catch (error) {
      throw error instanceof errors.JOSEError ? new InvalidToken(whyNot(error)) : error;
    }
  }
}

/** @throws NotSignedIn, InvalidToken */
const tokenIn = (authorization: readonly string[] | undefined): string => {
  if (authorization === undefined) throw new NotSignedIn();
  const [header = '', ...more] = authorization;
  const token = /^Bearer +([\w.-]+)$/i.exec(header)?.[1];
  if (token === undefined || more.length > 0) throw new InvalidToken('Authorization must be "Bearer", then one token');
  if (token.length > LARGEST_TOKEN) throw new InvalidToken('it is larger than 16 KiB');
  return token;
};

const whyNot = (error: errors.JOSEError): string => {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its ${error.claim} is not what it must be here`;
  return 'it is not one that the issuer has signed';
};
