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
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const AUDIENCE = 'custody-watch';

/** Where pages say that they are, and what the issuer calls them. */
export const PAGES = { url: 'https://custody-watch.example', clientId: 'custody-watch-pages' };

/** Claims of an access token and the name of whom it is about; or somebody who does not want to sign in after all. */
export type AtTheDoor = JWTPayload | 'changed my mind';

/** An answer that is no token: with an error of OAuth, or as a proxy before the issuer gives it. */
export interface IssuerTrouble {
  readonly status: number;
  readonly error?: string;
}

/** A real OpenID provider in this process, of which a test has the keys. */
export class TestIssuer {
  /** How many answers it has given, by path. */
  readonly asked = new Map<string, number>();
  /** Who signs in at its door, without being asked anything. */
  atTheDoor: AtTheDoor = 'changed my mind';
  /** For how long its tokens count, in seconds of the real clock; the service's own clock moves on by days. */
  tokenLife = YEAR;
  /** Whether whoever signs in gets what the next token is had for. */
  givesRefreshTokens = false;
  /** Comes before each answer to a request for a token; what it returns is answered instead. */
  beforeToken: () => IssuerTrouble | undefined | Promise<IssuerTrouble | undefined> = () => undefined;

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
    const provider = new Provider(this.url, configuration(this.keys.jwk, this));
    const answer = provider.callback();
    this.server.removeAllListeners('request').on('request', (request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      this.asked.set(path, (this.asked.get(path) ?? 0) + 1);
      if (path.startsWith('/interaction/')) void this.letIn(provider, request, response);
      else if (path === '/token') void this.giveToken(answer, request, response);
      else answer(request, response);
    });
  }

  private async giveToken(
    answer: ReturnType<Provider['callback']>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const trouble = await this.beforeToken();
    if (trouble) {
      const { status, error } = trouble;
      response.writeHead(status, { 'Content-Type': error === undefined ? 'text/html' : 'application/json' });
      response.end(error === undefined ? '<h1>Come back later</h1>' : JSON.stringify({ error }));
    } else answer(request, response);
  }

  private letIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { atTheDoor } = this;
    const said =
      atTheDoor === 'changed my mind'
        ? { error: 'access_denied', error_description: 'Nothing of this belongs into a log.' }
        : { login: { accountId: String(atTheDoor['user_name']) } };
    return provider.interactionFinished(request, response, said);
  }
}

export const SECRET = 'only-in-this-process';

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

type Entry = Record<string, unknown>;

/** What one provider keeps, of one kind. */
class Kept {
  private readonly entries = new Map<string, Entry>();

  upsert = (id: string, entry: Entry) => Promise.resolve(void this.entries.set(id, { ...entry }));
  find = (id: string) => Promise.resolve(this.entries.get(id));
  findByUid = (uid: string) => Promise.resolve([...this.entries.values()].find((entry) => entry['uid'] === uid));
  findByUserCode = () => Promise.resolve(undefined);
  destroy = (id: string) => Promise.resolve(void this.entries.delete(id));
  revokeByGrantId = () => Promise.resolve();
  consume = (id: string) => Promise.resolve(void Object.assign(this.entries.get(id) ?? {}, { consumed: 1 }));
}

const SERVICE = 'urn:custody-watch';
const YEAR = 365 * 86_400;

const configuration = (key: JWK, issuer: TestIssuer) => ({
  adapter: Kept,
  jwks: { keys: [key] },
  clients: [
    {
      client_id: 'feed',
      client_secret: SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
    {
      client_id: PAGES.clientId,
      client_secret: SECRET,
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [`${PAGES.url}/sign-in/callback`],
      post_logout_redirect_uris: [`${PAGES.url}/signed-out`],
    },
  ],
  claims: { openid: ['sub'], profile: ['name'] },
  conformIdTokenClaims: false,
  interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  findAccount: (_: unknown, accountId: string) => ({
    accountId,
    claims: () => ({ sub: accountId, ...(issuer.atTheDoor as JWTPayload) }),
  }),
  issueRefreshToken: () => issuer.givesRefreshTokens,
  loadExistingGrant: async ({ oidc }: Circumstances) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (answer: { body: string }, form: string) => void (answer.body = form),
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => SERVICE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: '',
        audience: AUDIENCE,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  extraTokenClaims: (_: unknown, token: { kind: string }) => {
    if (token.kind === 'ClientCredentials') return { authorities: ['ROLE_CUSTODY_WATCH__EVENTS__RW'] };
    // The name is the id token's to tell.
    return { ...(issuer.atTheDoor as JWTPayload), name: undefined };
  },
  ttl: {
    ClientCredentials: 600,
    AccessToken: () => issuer.tokenLife,
    RefreshToken: YEAR,
    Interaction: 600,
    Session: YEAR,
    Grant: YEAR,
    IdToken: 600,
  },
});

interface Grant {
  addOIDCScope(scope: string): void;
  save(): Promise<string>;
}

interface Circumstances {
  readonly oidc: {
    readonly provider: { readonly Grant: new (of: object) => Grant };
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
  };
}
