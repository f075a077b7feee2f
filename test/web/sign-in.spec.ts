import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignedInService } from '../access/service.js';
import { Sessions } from '../../src/web/sign-in/sessions.js';
import { PAGES, SECRET } from '../access/issuer.js';
import { ASMITH, browserOf, comingBack, servicePages, signedIn } from './pages.js';

let service: SignedInService;

beforeAll(async () => {
  service = await servicePages();
});

afterAll(() => service.stop());

describe('somebody who signs in', () => {
  it('is led to the issuer with PKCE, state and nonce, and comes in', async () => {
    const browser = browserOf(service);
    expect((await browser.ask('/')).location).toBe('/sign-in');
    const { searchParams: asked } = new URL((await browser.ask('/sign-in')).location ?? '');
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid profile',
      state: expect.stringMatching(/.{40}/),
      nonce: expect.stringMatching(/.{40}/),
    });
    const { page } = await signedIn(service);
    expect([page.status, page.url]).toEqual([200, 'https://custody-watch.example/']);
    expect(page.text).toContain('Anna Smith');
  });

  it('comes to the page they wanted', async () => {
    service.issuer.atTheDoor = ASMITH;
    const page = await browserOf(service).open('/rules?is=wanted');
    expect(page.url).toBe('https://custody-watch.example/rules?is=wanted');
  });

  it('has one cookie, which no script reads, no other host gets and no plain HTTP carries', async () => {
    const browser = browserOf(service);
    const { cookies } = await browser.ask('/');
    expect(cookies).toEqual([
      expect.stringMatching(/^__Host-custody-watch-errand=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  it('gets a session of their own, so that whoever planted the cookie before does not follow', async () => {
    const browser = browserOf(service);
    await browser.ask('/');
    const planted = new Map(browser.cookies);
    await browser.follow(await browser.ask(await comingBack(service, browser)));
    expect([...browser.cookies.values()]).not.toEqual([...planted.values()]);
    const other = browserOf(service);
    for (const [name, value] of planted) other.cookies.set(name, value);
    expect((await other.ask('/')).location).toBe('/sign-in');
  });

  it('is in the way of nobody, and no number of strangers is in theirs: what they carry is in their browser', async () => {
    const browser = browserOf(service);
    await browser.ask('/rules');
    const path = await comingBack(service, browser);
    const stranger = browserOf(service);
    await stranger.ask('/alerts');
    await comingBack(service, stranger);
    expect([...browser.cookies.keys(), ...stranger.cookies.keys()].map((name) => name.replace(/.*-/, ''))).toEqual([
      'errand',
      'errand',
    ]);
    const sessions = Reflect.get(Reflect.get(service.app.get(Sessions), 'store'), 'sessions') as Map<string, unknown>;
    const before = sessions.size;
    const answer = await browser.ask(path);
    expect([answer.location, sessions.size]).toEqual(['/rules', before + 1]);
    expect([...browser.cookies.keys()]).toEqual(['__Host-custody-watch']);
  });

  it('who carries what this service did not give them, or for too long, is where they began', async () => {
    const browser = browserOf(service);
    const path = await comingBack(service, browser);
    const [[name = '', value = ''] = []] = browser.cookies;
    browser.cookies.set(name, `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`);
    expect((await browser.ask(path)).status).toBe(400);
    browser.cookies.set(name, value);
    service.clock.pass(3_600_000);
    expect((await browser.ask(path)).status).toBe(400);
  });

  it('has the roles and prisons of now, not of the last time', async () => {
    const { browser } = await signedIn(service);
    expect((await browser.ask('/safety-alerts')).status).toBe(200);
    service.issuer.atTheDoor = { ...ASMITH, authorities: ['ROLE_CUSTODY_WATCH__OVERSIGHT__RO'] };
    expect((await browser.ask('/safety-alerts')).status).toBe(200);
    browser.cookies.clear();
    await browser.open('/');
    expect((await browser.ask('/safety-alerts')).status).toBe(403);
  });
});

describe('somebody who is not let in', () => {
  const refusal = async (path: string, browser = browserOf(service)) => {
    const page = await browser.ask(path);
    return [page.status, /Code: (\w+)/.exec(page.text)?.[1]];
  };

  it('has no role of this service, and reads what to ask for', async () => {
    const browser = browserOf(service);
    const path = await comingBack(service, browser, { ...ASMITH, authorities: ['ROLE_PRISON'] });
    const page = await browser.ask(path);
    expect([page.status, page.text]).toEqual([403, expect.stringMatching(/no Custody Watch role.*Code: NO_ROLE/s)]);
    expect((await browser.ask('/')).location).toBe('/sign-in');
  });

  it('changed their mind at the issuer', async () => {
    const browser = browserOf(service);
    const path = await comingBack(service, browser, 'changed my mind');
    expect(await refusal(path, browser)).toEqual([403, 'SIGN_IN_DENIED']);
  });

  it('comes with a state that is not theirs, or none', async () => {
    const browser = browserOf(service);
    const path = await comingBack(service, browser);
    expect(await refusal(path.replace(/state=[^&]+/, 'state=other'), browser)).toEqual([400, 'SIGN_IN_OUT_OF_DATE']);
    expect(await refusal(path)).toEqual([400, 'SIGN_IN_OUT_OF_DATE']);
    expect(await refusal('/sign-in/callback')).toEqual([400, 'SIGN_IN_OUT_OF_DATE']);
  });

  it('comes a second time with the same code', async () => {
    const browser = browserOf(service);
    const path = await comingBack(service, browser);
    expect((await browser.ask(path)).location).toBe('/');
    expect(await refusal(path, browser)).toEqual([400, 'SIGN_IN_OUT_OF_DATE']);
    expect((await browser.ask('/')).status).toBe(200);
  });

  it('comes with a code that the issuer has not given out', async () => {
    const browser = browserOf(service);
    const path = await comingBack(service, browser);
    expect(await refusal(path.replace(/code=[^&]+/, 'code=other'), browser)).toEqual([400, 'SIGN_IN_OUT_OF_DATE']);
  });

  it('is a program that passes for a person', async () => {
    const browser = browserOf(service);
    const path = await comingBack(service, browser, { ...ASMITH, sub: PAGES.clientId, user_name: undefined });
    expect(await refusal(path, browser)).toEqual([502, 'SIGN_IN_FAILED']);
  });

  it('comes while the issuer is away', async () => {
    const browser = browserOf(service);
    const path = await comingBack(service, browser);
    await service.issuer.stop();
    expect(await refusal(path, browser)).toEqual([503, 'ISSUER_UNREACHABLE']);
    service.clock.pass(3_600_000);
    expect(await refusal('/sign-in')).toEqual([503, 'ISSUER_UNREACHABLE']);
    await service.issuer.startAgain();
    expect((await browserOf(service).ask('/sign-in')).status).toBe(303);
  });

  it('leaves nothing in the log that is secret, or theirs', () => {
    const log = service.logged.join('\n');
    expect(log).toContain('ISSUER_UNREACHABLE');
    for (const secret of [SECRET, 'ASMITH', 'Anna', 'code=', 'state=', 'eyJ', 'belongs into a log'])
      expect(log).not.toContain(secret);
  });
});
