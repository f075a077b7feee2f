import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../src/access/caller.js';
import { ConfiguredCaseloads } from '../../src/access/caseloads.js';
import { ALL_PRISONS, type Prisons } from '../../src/access/prisons.js';
import { OidcSignIn } from '../../src/access/oidc-sign-in.js';
import { systemClock } from '../../src/store/clock.js';
import { VirtualClock } from '../virtual-clock.js';
import { AUDIENCE, TestIssuer } from './issuer.js';

const RW = 'ROLE_CUSTODY_WATCH__ALERTS__RW';
const configured = {
  users: new Map<string, Prisons>([
    ['ASMITH_GEN', new Set(['XYI'])],
    ['ADMIN_GEN', ALL_PRISONS],
  ]),
  clients: new Map([['feed', new Set(['XYM'])]]),
};

let issuer: TestIssuer;
let clock: VirtualClock;
let signIn: OidcSignIn;

beforeEach(async () => {
  issuer = await TestIssuer.start();
  clock = new VirtualClock(systemClock.now());
  signIn = new OidcSignIn({ issuer: issuer.url, audience: AUDIENCE }, new ConfiguredCaseloads(configured), clock);
});

afterEach(() => issuer.stop());

const asking = (...authorization: string[]): Promise<Caller> =>
  signIn.callerOf({ headersDistinct: { authorization } } as unknown as IncomingMessage);
const withToken = async (token: string | Promise<string>): Promise<Caller> => asking(`Bearer ${await token}`);
const user = { user_name: 'ASMITH_GEN', authorities: [RW] };
const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('whom a token speaks for', () => {
  it('is the user, with the roles of this service and the prisons of the configuration', async () => {
    const caller = await withToken(issuer.sign({ ...user, authorities: [RW, 'ROLE_PRISON', RW.toLowerCase()] }));
    expect(caller).toMatchObject({ kind: 'user', name: 'ASMITH_GEN', roles: new Set([RW]) });
    expect(['XYI', 'XYM'].map((prison) => caller.prisons.has(prison))).toEqual([true, false]);
  });

  it('is a user of the prisons that the token itself names, rather than of the configuration', async () => {
    const { prisons } = await withToken(issuer.sign({ ...user, caseloads: ['XYM'] }));
    expect(['XYI', 'XYM'].map((prison) => prisons.has(prison))).toEqual([false, true]);
  });

  it('is a user of all prisons where the configuration says so, in words', async () => {
    const { prisons } = await withToken(issuer.sign({ ...user, user_name: 'ADMIN_GEN', caseloads: ['XYI'] }));
    expect(prisons.has('XYM')).toBe(true);
  });

  it('is the client, as the provider itself signs it, with the prisons that the configuration gives it', async () => {
    const caller = await withToken(issuer.tokenFor('feed'));
    expect(caller).toMatchObject({ kind: 'service', name: 'feed', roles: new Set(['ROLE_CUSTODY_WATCH__EVENTS__RW']) });
    expect(['XYI', 'XYM'].map((prison) => caller.prisons.has(prison))).toEqual([false, true]);
  });

  it('is the user for whom a client acts, with no more than the user sees', async () => {
    const caller = await withToken(issuer.sign({ ...user, client_id: 'feed', sub: 'feed' }));
    expect(caller).toMatchObject({ kind: 'user', name: 'ASMITH_GEN', client: 'feed' });
    expect(caller.prisons.has('XYM')).toBe(false);
  });

  it('is a client without prisons where the configuration does not name it, whatever the token says', async () => {
    const { prisons } = await withToken(issuer.sign({ client_id: 'other', caseloads: ['XYI'] }));
    expect(prisons.has('XYI')).toBe(false);
  });
});

describe('the time of a token', () => {
  it('ends a minute after it says, for clocks that differ', async () => {
    const now = Math.floor(clock.now() / 1000);
    const token = await issuer.sign({ ...user, exp: now + 600 });
    clock.moveTo((now + 659) * 1000);
    expect((await withToken(token)).until).toBe((now + 660) * 1000);
    clock.moveTo((now + 661) * 1000);
    await expect(withToken(token)).rejects.toEqual(refused('INVALID_TOKEN'));
  });

  it('begins a minute before it says', async () => {
    const now = Math.floor(clock.now() / 1000);
    const token = await issuer.sign({ ...user, nbf: now + 600 });
    await expect(withToken(token)).rejects.toEqual(refused('INVALID_TOKEN'));
    clock.moveTo((now + 541) * 1000);
    await expect(withToken(token)).resolves.toMatchObject({ name: 'ASMITH_GEN' });
  });
});

describe('the keys of the issuer', () => {
  const looks = () => issuer.asked.get('/jwks') ?? 0;

  it('are asked for once, however many tokens come', async () => {
    await Promise.all(Array.from({ length: 20 }, () => withToken(issuer.sign(user))));
    expect(looks()).toBe(1);
  });

  it('are had anew when a token names one that is not known', async () => {
    await withToken(issuer.sign(user));
    await issuer.rotate();
    clock.pass(31_000);
    await expect(withToken(issuer.sign(user))).resolves.toMatchObject({ name: 'ASMITH_GEN' });
    expect(looks()).toBe(2);
  });

  it('are not asked for again by a flood of unknown names', async () => {
    await withToken(issuer.sign(user));
    clock.pass(31_000);
    for (let i = 0; i < 20; i++) {
      const token = issuer.sign(user, { kid: `unknown-${i}` });
      await expect(withToken(token)).rejects.toEqual(refused('INVALID_TOKEN'));
    }
    expect(looks()).toBe(2);
  });

  it('no longer count once the issuer has withdrawn them, ten minutes later at the latest', async () => {
    const token = await issuer.sign(user);
    await withToken(token);
    await issuer.rotate();
    clock.pass(10 * 60_000);
    await expect(withToken(token)).rejects.toEqual(refused('INVALID_TOKEN'));
  });

  it('go on counting for an hour while the issuer is away', async () => {
    const token = await issuer.sign(user);
    await withToken(token);
    await issuer.stop();
    clock.pass(60 * 60_000);
    await expect(withToken(token)).resolves.toMatchObject({ name: 'ASMITH_GEN' });
    expect(await signIn.trouble()).toBe('ISSUER_UNREACHABLE');
    clock.pass(1000);
    await expect(withToken(token)).rejects.toEqual(refused('ISSUER_UNREACHABLE'));
    await issuer.startAgain();
    clock.pass(5000);
    await expect(withToken(token)).resolves.toMatchObject({ name: 'ASMITH_GEN' });
    expect(await signIn.trouble()).toBeUndefined();
  });

  it('leave open whether a token counts that is signed with a new one, while the issuer is away', async () => {
    await withToken(issuer.sign(user));
    await issuer.rotate();
    await issuer.stop();
    clock.pass(31_000);
    await expect(withToken(issuer.sign(user))).rejects.toEqual(refused('ISSUER_UNREACHABLE'));
    await issuer.startAgain();
  });

  it('are not taken from an issuer that calls itself otherwise', async () => {
    const other = { issuer: issuer.url.replace('127.0.0.1', 'localhost'), audience: AUDIENCE };
    signIn = new OidcSignIn(other, new ConfiguredCaseloads(configured), clock);
    await expect(withToken(issuer.sign({ ...user, iss: other.issuer }))).rejects.toEqual(refused('ISSUER_UNREACHABLE'));
  });
});

describe('a request', () => {
  it('without a token is of nobody', async () => {
    await expect(signIn.callerOf({ headersDistinct: {} } as IncomingMessage)).rejects.toEqual(refused('NOT_SIGNED_IN'));
  });

  it('with two tokens is refused, though both count', async () => {
    const token = `Bearer ${await issuer.sign(user)}`;
    await expect(asking(token, token)).rejects.toEqual(refused('INVALID_TOKEN'));
  });
});
