import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  type Configuration,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  ResponseBodyError,
} from 'openid-client';
import type { Caller } from '../../access/caller.js';
import { IssuerUnreachable } from '../../access/errors.js';
import type { OidcSignIn } from '../../access/oidc-sign-in.js';
import type { Clock } from '../../store/clock.js';
import { SignInRefused, type SignInFailure } from './errors.js';
import { type SessionUser, personFrom } from './session.js';
import { HOUR } from '../../prison/instant.js';

/** What the issuer calls the pages, and where it sends people back to. */
export interface ClientOfIssuer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The address under which people reach the service: scheme, host and port. */
  readonly publicUrl: string;
}

/** What an answer of the issuer must fit: whoever set out carries it. That a code counts once is up to the issuer. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** In seconds. */
const LONGEST_ANSWER = 5;
/** Who it is, and what people call them. */
const SCOPE = 'openid profile';

/** The issuer, as people sign in there: authorization code with PKCE. Roles and prisons are those of the access token. */
export class PeopleIssuer {
  private found: { readonly configuration: Configuration; readonly at: number } | undefined;

  constructor(
    private readonly client: ClientOfIssuer,
    private readonly tokens: Pick<OidcSignIn, 'callerWith'>,
    private readonly clock: Clock,
  ) {}

  /** Where to send somebody who wants to sign in, and what the issuer's answer must fit. @throws NotLetIn */
  async setOut(): Promise<{ readonly to: URL; readonly attempt: Attempt }> {
    const attempt = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const to = buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: `${this.client.publicUrl}/sign-in/callback`,
      scope: SCOPE,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { to, attempt };
  }

  /** Who comes back from the issuer. @param answer path and query of the request. @throws NotLetIn */
  async comeBack(answer: string, attempt: Attempt | undefined): Promise<SessionUser> {
    const { caller, name, refreshToken } = await this.redeem(new URL(answer, this.client.publicUrl), attempt);
    mustBeLetIn(caller);
    const person = personFrom(caller, nameIn(name) ?? caller.name, this.clock.now());
    return { ...person, ...(refreshToken !== undefined && { refreshToken }) };
  }

  /** The same person as of now: with another token, and what that says of roles and prisons. @throws SignInRefused */
  async renew(person: SessionUser, refreshToken: string): Promise<SessionUser> {
    const configuration = await this.configuration();
    try {
      const tokens = await refreshTokenGrant(configuration, refreshToken);
      const caller = await this.tokens.callerWith(tokens.access_token);
      if (caller.name !== person.userName) throw new SignInRefused('SIGN_IN_FAILED');
      mustBeLetIn(caller);
      const renewed = personFrom(caller, person.name, person.since);
      return { ...renewed, refreshToken: tokens.refresh_token ?? refreshToken };
    } catch (error) {
      throw error instanceof SignInRefused ? error : new SignInRefused(failureOf(error), error);
    }
  }

  private async redeem(answer: URL, attempt: Attempt | undefined) {
    if (!attempt || answer.searchParams.get('state') !== attempt.state) throw new SignInRefused('SIGN_IN_OUT_OF_DATE');
    const configuration = await this.configuration();
    try {
      const tokens = await authorizationCodeGrant(configuration, answer, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const caller = await this.tokens.callerWith(tokens.access_token);
      return { caller, name: tokens.claims()?.['name'], refreshToken: tokens.refresh_token };
    } catch (error) {
      throw new SignInRefused(failureOf(error), error);
    }
  }

  /**
   * Where somebody who signs out tells the issuer so, if it wants to know and can be reached. No id token is in the address:
   * it has their name. So the issuer may ask them whether they mean it.
   */
  async leaving(): Promise<URL | undefined> {
    const configuration = await this.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${this.client.publicUrl}/signed-out`,
    });
  }

  /** What the issuer says of itself, had anew once an hour. @throws NotLetIn */
  private async configuration(): Promise<Configuration> {
    const now = this.clock.now();
    if (this.found && now - this.found.at < HOUR) return this.found.configuration;
    const { issuer, clientId, clientSecret } = this.client;
    // The settings let in http for an issuer on this machine only.
    const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
    try {
      const way = ClientSecretBasic(clientSecret);
      const options = { execute, timeout: LONGEST_ANSWER };
      this.found = { configuration: await discovery(new URL(issuer), clientId, undefined, way, options), at: now };
      return this.found.configuration;
    } catch (error) {
      throw new SignInRefused('ISSUER_UNREACHABLE', error);
    }
  }
}

/** @throws SignInRefused */
const mustBeLetIn = (caller: Caller): void => {
  if (caller.kind !== 'user') throw new SignInRefused('SIGN_IN_FAILED');
  if (caller.roles.size === 0) throw new SignInRefused('NO_ROLE', undefined, caller);
};

const LONGEST_NAME = 100;

const nameIn = (claim: unknown): string | undefined =>
  typeof claim === 'string' && claim.trim() !== '' ? claim.trim().slice(0, LONGEST_NAME) : undefined;

/** Errors of the issuer that say it has trouble of its own. */
const TROUBLE = ['server_error', 'temporarily_unavailable'];

const failureOf = (error: unknown): SignInFailure => {
  if (error instanceof IssuerUnreachable || isOfNetwork(error) || isTrouble(error)) return 'ISSUER_UNREACHABLE';
  if (error instanceof AuthorizationResponseError && error.error === 'access_denied') return 'SIGN_IN_DENIED';
  // The code was used before, or came too late.
  if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return 'SIGN_IN_OUT_OF_DATE';
  return 'SIGN_IN_FAILED';
};

/** The issuer, or a proxy before it, answers that it cannot answer now: by an error of OAuth, or by the HTTP status. */
const isTrouble = (error: unknown): boolean => {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    if (TROUBLE.includes(error.error)) return true;
  }
  // What the library throws has the response as its cause, or its status.
  const { status, cause } = (error ?? {}) as Readonly<Record<'status' | 'cause', unknown>>;
  if (typeof status === 'number') return status === 429 || status >= 500;
  return cause !== undefined && isTrouble(cause);
};

/** No answer in time, or what `fetch` throws when there is nobody: a TypeError, itself or within. */
const isOfNetwork = (error: unknown): boolean => {
  const { code, name, cause } = (error ?? {}) as Readonly<Record<'code' | 'name' | 'cause', unknown>>;
  return code === 'OAUTH_TIMEOUT' || name === 'TypeError' || (cause !== undefined && isOfNetwork(cause));
};
