import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignedInService } from '../access/service.js';
import { type Answer, type Browser, csrfTokenIn } from './browser.js';
import { ASMITH, browserOf, cookieOf, servicePages, signedIn } from './pages.js';

const MINUTE = 60_000;
const ADMIN = 'ROLE_CUSTODY_WATCH__ADMIN__RW';

let service: SignedInService;

beforeAll(async () => {
  service = await servicePages();
  await service.happens('PrisonerReceived', 'A0001AA', 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('BereavementNotified', 'A0001AA', 'XYI', {});
});

afterAll(() => service.stop());

const isSignedIn = async (browser: Browser): Promise<boolean> => (await browser.ask('/')).status === 200;
const codeOf = ({ text }: Answer): string | undefined => /Code: (\w+)/.exec(text)?.[1];

describe('a session', () => {
  it('ends when nobody has been there for two hours', async () => {
    const { browser } = await signedIn(service);
    for (let n = 0; n < 3; n++) {
      service.clock.pass(120 * MINUTE - 1);
      expect(await isSignedIn(browser)).toBe(true);
    }
    service.clock.pass(120 * MINUTE);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('ends twelve hours after the sign-in, whoever is there', async () => {
    const { browser } = await signedIn(service);
    for (let n = 0; n < 11; n++) {
      service.clock.pass(60 * MINUTE);
      expect(await isSignedIn(browser)).toBe(true);
    }
    service.clock.pass(60 * MINUTE);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('is not kept alive by a stream that a page has left open', async () => {
    const { browser } = await signedIn(service);
    service.clock.pass(119 * MINUTE);
    const leaving = new AbortController();
    const stream = await fetch(`http://127.0.0.1:${service.port}/safety-alerts/stream`, {
      headers: { Accept: 'text/event-stream', Cookie: cookieOf(browser) },
      signal: leaving.signal,
    });
    expect(stream.status).toBe(200);
    leaving.abort();
    service.clock.pass(MINUTE);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('is over here as soon as somebody signs out, for whoever has a copy of the cookie too', async () => {
    const { browser, page } = await signedIn(service);
    const copy = browserOf(service);
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    const answer = await browser.send('/sign-out', { _csrf: csrfTokenIn(page) });
    expect(answer.status).toBe(303);
    expect(answer.cookies.join()).toMatch(/custody-watch=;.*Expires=Thu, 01 Jan 1970/);
    expect([await isSignedIn(browser), await isSignedIn(copy)]).toEqual([false, false]);
  });

  it('is ended at the issuer too, which leads back to a page that says so', async () => {
    const { browser, page } = await signedIn(service);
    const { leadsTo } = await browser.send('/sign-out', { _csrf: csrfTokenIn(page) });
    expect(leadsTo?.origin).toBe(service.issuer.url);
    expect(leadsTo?.searchParams.get('post_logout_redirect_uri')).toBe(`${browser.url}/signed-out`);
    expect((await browser.ask(leadsTo?.href ?? '')).status).toBe(200);
    expect((await browser.ask('/signed-out')).text).toContain('You have signed out');
  });

  it('is over already when a form to sign out comes too late', async () => {
    const { browser, page } = await signedIn(service);
    service.clock.pass(120 * MINUTE);
    expect((await browser.send('/sign-out', { _csrf: csrfTokenIn(page) })).location).toBe('/signed-out');
  });

  it('is none of those that this service has given out, if somebody makes one up', async () => {
    const { browser } = await signedIn(service);
    const [[name = '', value = ''] = []] = browser.cookies;
    for (const forged of ['s%3Aother.signature', value.replace(/\..*/, '.AAAA'), value.slice(0, -6)]) {
      browser.cookies.set(name, forged);
      expect(await isSignedIn(browser)).toBe(false);
    }
  });

  it('counts for nothing beside a token', async () => {
    const { browser } = await signedIn(service);
    const headers = { Cookie: cookieOf(browser), Authorization: 'Bearer none' };
    expect((await service.ask('/safety-alerts', undefined, { headers })).status).toBe(401);
  });
});

describe('a form', () => {
  const change = (browser: Browser, form: Record<string, string>, headers = {}) =>
    browser.send('/location', { location: 'XYI', ...form }, '/rules', headers);

  it('counts with the token of the sign-in, and leads back to the page it was on', async () => {
    const { browser, page } = await signedIn(service);
    expect((await change(browser, { _csrf: csrfTokenIn(page) })).location).toBe('/rules');
  });

  it('counts with the token in a header', async () => {
    const { browser, page } = await signedIn(service);
    expect((await change(browser, {}, { 'X-CSRF-Token': csrfTokenIn(page) })).status).toBe(303);
  });

  it('counts for nothing without the token, with another, and with that of another sign-in', async () => {
    const { browser, page } = await signedIn(service);
    const { page: others } = await signedIn(service);
    const token = csrfTokenIn(page);
    for (const sent of [undefined, '', `${token}x`, csrfTokenIn(others)]) {
      const answer = await change(browser, sent === undefined ? {} : { _csrf: sent });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'WRONG_CSRF_TOKEN']);
      expect(answer.text).toMatch(
        /open for too long, or you have signed in again.*Open the page again and send the form again/s,
      );
      expect(answer.text).not.toContain('permission');
    }
    expect((await browser.ask('/location')).text).not.toMatch(/value="XYI" checked/);
  });

  it('of somebody whose sign-in has ended leads back to its page, which says that nothing was saved, once', async () => {
    const { browser, page } = await signedIn(service);
    service.clock.pass(120 * MINUTE);
    const answer = await browser.send('/location', { location: 'XYI', _csrf: csrfTokenIn(page) }, '/?sorted=by-age');
    expect(answer.location).toBe('/sign-in');
    const back = await browser.follow(answer);
    expect(back.url).toBe(`${browser.url}/?sorted=by-age`);
    expect(back.text).toContain('nothing was saved');
    expect((await browser.ask('/')).text).not.toContain('nothing was saved');
  });

  it('on a page of others ends nothing and leaves nothing', async () => {
    const { browser } = await signedIn(service);
    const strange = browserOf(service);
    const answer = await strange.ask('/location', {
      method: 'POST',
      headers: { Origin: 'https://evil.example', Referer: 'https://evil.example/' },
      body: new URLSearchParams({ location: 'XYI' }),
    });
    expect([answer.status, answer.cookies]).toEqual([303, []]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it.each([
    ['JSON', { 'Content-Type': 'application/json' }, '{}', 415],
    ['no UTF-8', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'location=%ff', 400],
    ['half a letter', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'location=%', 400],
    ['too much', { 'Content-Type': 'application/x-www-form-urlencoded' }, `location=${'x'.repeat(66_000)}`, 413],
  ])('is refused when it is %s', async (_, headers, body, status) => {
    const { browser } = await signedIn(service);
    const answer = await browser.ask('/location', { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
  });

  it('is taken by pages only', async () => {
    const { browser, page } = await signedIn(service);
    expect((await browser.send('/safety-alerts/x/note', { _csrf: csrfTokenIn(page) })).status).toBe(415);
  });
});

describe('the API, asked from a page', () => {
  const json = { Accept: 'application/json' };
  const alert = () => service.alertOf('A0001AA', 'FAM-02').id;
  const note = (browser: Browser, headers = {}) =>
    browser.ask(`/safety-alerts/${alert()}/note`, {
      method: 'POST',
      headers: { ...json, 'Content-Type': 'application/json', ...headers },
      body: '{"note":"Seen on the wing."}',
    });

  it('answers whoever is signed in, as far as their roles and prisons go', async () => {
    const { browser } = await signedIn(service);
    expect((await browser.ask(`/safety-alerts/${alert()}`, { headers: json })).status).toBe(200);
    const { browser: elsewhere } = await signedIn(service, { ...ASMITH, caseloads: ['XYM'] });
    expect((await elsewhere.ask(`/safety-alerts/${alert()}`, { headers: json })).status).toBe(404);
    expect((await elsewhere.ask('/access-records?prisonNumber=A0001AA', { headers: json })).status).toBe(403);
  });

  it('changes nothing without the token of the sign-in', async () => {
    const { browser, page } = await signedIn(service);
    const refused = await note(browser);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('WRONG_CSRF_TOKEN')]);
    expect((await note(browser, { 'X-CSRF-Token': csrfTokenIn(page) })).status).toBe(200);
  });

  it('tells programs and streams to sign in with a code, and browsers by leading them there', async () => {
    const stranger = browserOf(service);
    expect((await stranger.ask('/safety-alerts', { headers: json })).status).toBe(401);
    expect((await stranger.ask('/safety-alerts/stream', { headers: { Accept: 'text/event-stream' } })).status).toBe(
      401,
    );
    expect((await stranger.ask('/safety-alerts')).location).toBe('/sign-in');
  });

  it('leaves a record that names the person', async () => {
    const { browser } = await signedIn(service, { ...ASMITH, user_name: 'BJONES_GEN', name: 'Bo Jones' });
    await browser.ask(`/safety-alerts/${alert()}`, { headers: json });
    const admin = await service.tokenOf([ADMIN], ['XYI']);
    const records = await (await service.ask('/access-records?prisonNumber=A0001AA&user=BJONES_GEN', admin)).text();
    expect(records).toContain('BJONES_GEN');
    expect(records).not.toContain('Bo Jones');
  });
});

describe('the location', () => {
  const chosenOn = async (browser: Browser) => /value="(\w+)" checked/.exec((await browser.ask('/location')).text)?.[1];

  it('is all of the prisons of a person, until they choose one', async () => {
    const { browser, page } = await signedIn(service);
    expect(await chosenOn(browser)).toBe('all');
    await browser.send('/location', { location: 'XYM', _csrf: csrfTokenIn(page) });
    expect(await chosenOn(browser)).toBe('XYM');
    expect((await browser.ask('/')).text).toContain('XYM');
  });

  it.each(['XYO', '', 'xyi', '__proto__', 'XYI,XYM'])('is never %j, where they do not work', async (location) => {
    const { browser, page } = await signedIn(service);
    const answer = await browser.send('/location', { location, _csrf: csrfTokenIn(page) });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'UNKNOWN_LOCATION']);
    expect(await chosenOn(browser)).toBe('all');
  });

  it('is nowhere for whoever works in no prison, and the page says what to do', async () => {
    const { browser } = await signedIn(service, { ...ASMITH, user_name: 'NOBODY_GEN', caseloads: undefined });
    expect((await browser.ask('/location')).text).toContain('You have no location yet');
  });
});
