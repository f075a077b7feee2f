import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { AUDIENCE, type TestIssuer } from './issuer.js';

const ROLE = 'ROLE_CUSTODY_WATCH__ALERTS__RW';
const PERFECT = { user_name: 'ASMITH_GEN', authorities: [ROLE], caseloads: ['XYI'] };

/** What somebody sends as Authorization who should not get in. */
export type Hostile = readonly [name: string, header: (issuer: TestIssuer, now: number) => Promise<string> | string];

type Claims = Readonly<Record<string, unknown>>;

const bearer = async (token: string | Promise<string>): Promise<string> => `Bearer ${await token}`;
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const right = (issuer: TestIssuer) => ({ ...PERFECT, iss: issuer.url, aud: AUDIENCE, exp: 4_000_000_000 });

/** Signed by the issuer, with these claims beside or instead of what would be right. */
const claiming =
  (claims: Claims | ((now: number) => Claims)): Hostile[1] =>
  (issuer, now) =>
    bearer(issuer.sign({ ...PERFECT, ...(typeof claims === 'function' ? claims(now) : claims) }));

/** Signed by the issuer, with these members in its header. */
const headed =
  (header: object): Hostile[1] =>
  (issuer) =>
    bearer(issuer.sign(PERFECT, header));

/** Right in every claim, and signed by somebody else, whose key the header offers. */
const forged =
  (offered: (url: string, key: object) => object, algorithm = 'RS256'): Hostile[1] =>
  async (issuer) => {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const header = { alg: algorithm, typ: 'at+jwt', ...offered(issuer.url, await exportJWK(publicKey)) };
    return bearer(new SignJWT(right(issuer)).setProtectedHeader(header).sign(privateKey));
  };

/** A right token, damaged. */
const damaged =
  (damage: (token: string) => string): Hostile[1] =>
  async (issuer) =>
    bearer(damage(await issuer.sign(PERFECT)));

const withHmac =
  (algorithm: 'HS256' | 'HS384' | 'HS512'): Hostile[1] =>
  async (issuer) => {
    const secret = new TextEncoder().encode(await issuer.publicKey());
    return bearer(new SignJWT(right(issuer)).setProtectedHeader({ alg: algorithm, kid: issuer.kid }).sign(secret));
  };

const unsigned =
  (alg: string): Hostile[1] =>
  (issuer) =>
    bearer(`${encoded({ alg, typ: 'JWT', kid: issuer.kid })}.${encoded(right(issuer))}.`);

/** Replaces one part of a token: header, payload or signature. */
const part = (token: string, index: number, change: (text: string) => string): string =>
  token
    .split('.')
    .map((text, at) => (at === index ? change(text) : text))
    .join('.');

export const HOSTILE: readonly Hostile[] = [
  // Not signed, or with what everybody knows.
  ['alg none', (issuer) => bearer(new UnsecuredJWT(right(issuer)).encode())],
  ['alg None', unsigned('None')],
  ['alg NONE', unsigned('NONE')],
  ['alg empty', unsigned('')],
  ['alg RS256 without a signature', unsigned('RS256')],
  ['HS256 with the public key as the secret', withHmac('HS256')],
  ['HS384 with the public key as the secret', withHmac('HS384')],
  ['HS512 with the public key as the secret', withHmac('HS512')],
  ['no alg', (issuer) => bearer(`${encoded({ typ: 'JWT' })}.${encoded(right(issuer))}.x`)],
  // Signed by somebody else.
  ['another key under the name of the right one', (issuer, now) => forged(() => ({ kid: issuer.kid }))(issuer, now)],
  ['another key without a name', forged(() => ({}))],
  ['unknown kid', forged(() => ({ kid: 'unknown' }))],
  ['kid that is a path', forged(() => ({ kid: '../../../../dev/null' }))],
  ['kid that is a query', forged(() => ({ kid: "x' UNION SELECT 'secret" }))],
  ['kid that is no text', (issuer, now) => headed({ kid: 7 as unknown as string })(issuer, now)],
  ['jku of somebody else', forged((url) => ({ kid: 'mine', jku: `${url}/hostile/jwks` }))],
  ['x5u of somebody else', forged((url) => ({ kid: 'mine', x5u: `${url}/hostile/cert` }))],
  ['embedded key', forged((_, jwk) => ({ jwk }))],
  ['embedded key under the right name', (issuer, now) => forged((_, jwk) => ({ jwk, kid: issuer.kid }))(issuer, now)],
  ['embedded certificate', forged(() => ({ kid: 'mine', x5c: ['MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'] }))],
  ['ES256 with a key of its own', (issuer, now) => forged(() => ({ kid: issuer.kid }), 'ES256')(issuer, now)],
  ['PS256 with another key', (issuer, now) => forged(() => ({ kid: issuer.kid }), 'PS256')(issuer, now)],
  ['EdDSA with a key of its own', (issuer, now) => forged(() => ({ kid: issuer.kid }), 'Ed25519')(issuer, now)],
  // Signed by the issuer, for another time, place or use.
  ['expired', claiming((now) => ({ exp: now - 61 }))],
  ['expired long ago', claiming({ exp: 1 })],
  ['not yet valid', claiming((now) => ({ nbf: now + 120 }))],
  ['without an end', claiming({ exp: undefined })],
  ['with an end that is text', claiming({ exp: '4000000000' })],
  ['issued at a time that is text', claiming({ iat: 'yesterday' })],
  ['wrong issuer', claiming({ iss: 'https://elsewhere.example' })],
  ['issuer with a slash more', (issuer, now) => claiming({ iss: `${issuer.url}/` })(issuer, now)],
  ['no issuer', claiming({ iss: undefined })],
  ['wrong audience', claiming({ aud: 'another-service' })],
  ['audience in another case', claiming({ aud: AUDIENCE.toUpperCase() })],
  ['no audience', claiming({ aud: undefined })],
  ['audience in a list of others', claiming({ aud: ['one', 'two'] })],
  ['id token', headed({ typ: 'id+jwt' })],
  ['logout token', headed({ typ: 'logout+jwt' })],
  ['proof of possession', headed({ typ: 'dpop+jwt' })],
  ['critical extension that nobody knows', headed({ crit: ['urgent'], urgent: true })],
  // Damaged.
  ['truncated', damaged((token) => token.slice(0, -10))],
  ['without its signature', damaged((token) => part(token, 2, () => ''))],
  ['with two parts', damaged((token) => token.split('.').slice(0, 2).join('.'))],
  ['with five parts', damaged((token) => `${token}.a.b`)],
  ['with another payload', damaged((token) => part(token, 1, () => encoded({ ...PERFECT, sub: 'ADMIN' })))],
  ['with another header', damaged((token) => part(token, 0, () => encoded({ alg: 'RS256', typ: 'JWT' })))],
  ['with a header that is no JSON', damaged((token) => part(token, 0, () => 'AAAA'))],
  ['with a payload that is a list', (issuer) => bearer(issuer.signText('[]'))],
  ['with a payload that is no JSON', (issuer) => bearer(issuer.signText('user_name=ASMITH_GEN'))],
  ['nothing', () => 'Bearer '],
  ['dots', () => 'Bearer ..'],
  ['17 KiB', (issuer) => bearer(issuer.sign({ ...PERFECT, padding: 'x'.repeat(13_000) }))],
  // No bearer token.
  ['Basic', () => `Basic ${btoa('ASMITH_GEN:password')}`],
  ['a bare token', async (issuer) => issuer.sign(PERFECT)],
  ['two tokens in one', async (issuer) => `Bearer ${await issuer.sign(PERFECT)}, Bearer ${await issuer.sign(PERFECT)}`],
  // Right tokens that speak for nobody, or ask for more than they are.
  ['roles as a text', claiming({ authorities: ROLE })],
  ['roles as an object', claiming({ authorities: { 0: ROLE, length: 1 } })],
  ['roles in a list in a list', claiming({ authorities: [[ROLE]] })],
  ['roles as a text with commas', claiming({ authorities: `${ROLE},ROLE_CUSTODY_WATCH__ADMIN__RW` })],
  ['role in lower case', claiming({ authorities: [ROLE.toLowerCase()] })],
  ['role without its prefix', claiming({ authorities: [ROLE.replace('ROLE_', '')] })],
  ['role with a space', claiming({ authorities: [`${ROLE} `] })],
  ['role with a wildcard', claiming({ authorities: ['ROLE_CUSTODY_WATCH__*'] })],
  ['roles under another name', claiming({ authorities: undefined, roles: [ROLE], scope: ROLE })],
  ['no roles', claiming({ authorities: [] })],
  ['role of another service', claiming({ authorities: ['ROLE_PRISONER_ALERTS__RW'] })],
  ['name of the prototype as a role', claiming({ authorities: ['__proto__', 'constructor'] })],
  ['nobody', claiming({ user_name: undefined })],
  [
    'user without a name, who would pass for the client',
    claiming({ user_name: undefined, client_id: 'feed', sub: 'u1' }),
  ],
  ['user name that is an object', claiming({ user_name: { name: 'ASMITH_GEN' } })],
  ['user name with a line feed', claiming({ user_name: 'ASMITH_GEN\nADMIN' })],
  ['user name without end', claiming({ user_name: 'A'.repeat(101) })],
  ['caseloads as a text', claiming({ caseloads: 'XYI' })],
  ['caseloads with a wildcard', claiming({ caseloads: ['*'] })],
];
