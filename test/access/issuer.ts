import {
  CompactSign,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWK,
  SignJWT,
} from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const AUDIENCE = 'custody-watch';

/** A real OpenID provider in this process, of which a test has the keys. */
export class TestIssuer {
  /** How many answers it has given, by path. */
  readonly asked = new Map<string, number>();
  private constructor(
    private readonly server: Server,
    readonly url: string,
    private keys: Keys,
  ) {}

  static async start(): Promise<TestIssuer> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const issuer = new TestIssuer(
      server,
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      await Keys.make(),
    );
    issuer.serve();
    return issuer;
  }

  /** From now on the old key is gone, and tokens are signed with a new one. */
  async rotate(): Promise<void> {
    this.keys = await Keys.make();
    this.serve();
  }

  /** Nobody answers any more. What was signed before stays signed. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** Answers again, at the same address. */
  async startAgain(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(Number(new URL(this.url).port), '127.0.0.1', listening));
  }

  /** An access token as the provider itself gives it out, for a client of its own. */
  async tokenFor(clientId: 'feed'): Promise<string> {
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${clientId}:${SECRET}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return token;
  }

  /** A token with these claims, signed as the provider signs. Without `iss`, `aud` and `exp` they are right. */
  sign(claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const right = { iss: this.url, aud: AUDIENCE, exp: 4_000_000_000 };
    return new SignJWT({ ...right, ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: this.keys.kid, ...header })
      .sign(this.keys.pair.privateKey, { crit: Object.fromEntries((header.crit ?? []).map((name) => [name, true])) });
  }

  /** Any text, signed as the provider signs its tokens. */
  signText(text: string): Promise<string> {
    return new CompactSign(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: this.keys.kid })
      .sign(this.keys.pair.privateKey);
  }

  get kid(): string {
    return this.keys.kid;
  }

  /** The public key as text: what somebody would sign with who mistakes it for a secret. */
  publicKey(): Promise<string> {
    return exportSPKI(this.keys.pair.publicKey);
  }

  private serve(): void {
    const answer = new Provider(this.url, configuration(this.keys.jwk)).callback();
    this.server.removeAllListeners('request').on('request', (request, response) => {
      const path = request.url ?? '';
      this.asked.set(path, (this.asked.get(path) ?? 0) + 1);
      answer(request, response);
    });
  }
}

const SECRET = 'only-in-this-process';

class Keys {
  private constructor(
    readonly kid: string,
    readonly pair: Awaited<ReturnType<typeof generateKeyPair>>,
    readonly jwk: JWK,
  ) {}

  static async make(): Promise<Keys> {
    const pair = await generateKeyPair('RS256', { extractable: true });
    const kid = crypto.randomUUID();
    return new Keys(kid, pair, { ...(await exportJWK(pair.privateKey)), kid, alg: 'RS256', use: 'sig' });
  }
}

/** Tokens are signed and read by others, so there is nothing to keep. */
class NothingKept {
  upsert = () => Promise.resolve();
  find = () => Promise.resolve(undefined);
  destroy = () => Promise.resolve();
  consume = () => Promise.resolve();
  revokeByGrantId = () => Promise.resolve();
  findByUid = () => Promise.resolve(undefined);
  findByUserCode = () => Promise.resolve(undefined);
}

const configuration = (key: JWK) => ({
  adapter: NothingKept,
  jwks: { keys: [key] },
  clients: [
    {
      client_id: 'feed',
      client_secret: SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:custody-watch',
      getResourceServerInfo: () => ({
        scope: '',
        audience: AUDIENCE,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  extraTokenClaims: () => ({ authorities: ['ROLE_CUSTODY_WATCH__EVENTS__RW'] }),
  ttl: { ClientCredentials: 600 },
});
