import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../store/clock.js';
import { IssuerUnreachable } from './errors.js';
import { HOUR, MINUTE } from '../prison/instant.js';

/** After this, in milliseconds, the keys are fetched again. */
const FRESH_FOR = 10 * MINUTE;
/** After this, in milliseconds, keys are no longer used, even if the issuer is away: one may have been withdrawn. */
const GOOD_FOR = HOUR;
/** Tokens with unknown key ids make the service ask the issuer at most this often, in milliseconds. */
const BETWEEN_LOOKS = 30_000;
/** The same while the issuer does not answer. */
const BETWEEN_TRIES = 5_000;
const LONGEST_ANSWER = 5_000;

interface HeldKeys {
  readonly keys: JWTVerifyGetKey;
  readonly at: number;
}

/**
 * The public keys of the issuer, found through its OpenID configuration, kept, and fetched again in time or when a token names
 * one that is not among them.
 */
export class IssuerKeys {
  private held: HeldKeys | undefined;
  private failed: { readonly error: IssuerUnreachable; readonly at: number } | undefined;
  private lookUp: Promise<void> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly clock: Clock,
  ) {}

  /** For jose: the key of a token. @throws IssuerUnreachable, and errors of jose when there is no such key */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.keys();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.lookAgain(BETWEEN_LOOKS);
      // A new key that cannot be fetched does not make the token wrong.
      if (this.failed) throw this.failed.error;
      return (await this.keys())(header, token);
    }
  };

  /** Whether the issuer could be reached when it was needed last; looks again if that is a while ago. */
  async areAvailable(): Promise<boolean> {
    await this.lookAgain(FRESH_FOR);
    return this.failed === undefined;
  }

  private async keys(): Promise<JWTVerifyGetKey> {
    await this.lookAgain(FRESH_FOR);
    if (this.held && this.clock.now() - this.held.at <= GOOD_FOR) return this.held.keys;
    throw this.failed?.error ?? new IssuerUnreachable();
  }

  /** @param soonest milliseconds since the last time that nothing needs doing */
  private async lookAgain(soonest: number): Promise<void> {
    const now = this.clock.now();
    const last = this.failed?.at ?? this.held?.at ?? -Infinity;
    if (now - last < (this.failed ? BETWEEN_TRIES : soonest)) return;
    this.lookUp ??= this.look(now).finally(() => (this.lookUp = undefined));
    await this.lookUp;
  }

  private async look(now: number): Promise<void> {
    try {
      this.held = { keys: createLocalJWKSet(await keySetOf(this.issuer)), at: now };
      this.failed = undefined;
    } catch (error) {
      this.failed = { error: new IssuerUnreachable(error), at: now };
    }
  }
}

const keySetOf = async (issuer: string): Promise<JSONWebKeySet> => {
  const place = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: itself, jwks_uri: keys } = (await read(place)) as Partial<Record<string, unknown>>;
  if (itself !== issuer) throw new Error(`${place} is of another issuer than OIDC_ISSUER.`);
  if (typeof keys !== 'string' || !isSafe(keys)) throw new Error(`${place} names no https address for jwks_uri.`);
  return (await read(keys)) as JSONWebKeySet;
};

/** An answer to anything but https can be forged, except on this machine. */
export const isSafe = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
};

const read = async (url: string): Promise<unknown> => {
  const signal = AbortSignal.timeout(LONGEST_ANSWER);
  const response = await fetch(url, { redirect: 'error', signal, headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response.json();
};
