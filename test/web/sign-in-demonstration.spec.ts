import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../src/access/roles.js';
import { SECRET, PAGES } from '../access/issuer.js';
import { SignedInService } from '../access/service.js';
import { Browser, csrfTokenIn } from './browser.js';
import { browserOf } from './pages.js';

const OFF = { AUTH: 'off', OIDC_ISSUER: '', OIDC_AUDIENCE: '' };
const json = { Accept: 'application/json' };

let service: SignedInService;

/** A browser at this machine. */
const here = (): Browser => new Browser(() => service.port, `http://127.0.0.1:${service.port}`);

describe('a demonstration', () => {
  beforeAll(async () => {
    service = await SignedInService.start(OFF, true);
    await service.happens('PrisonerReceived', 'Z0001ZZ', 'XYI', { reason: 'NEW_ADMISSION' });
    await service.happens('BereavementNotified', 'Z0001ZZ', 'XYI', {});
    await service.happens('PrisonerReceived', 'Z0002ZZ', 'XYO', { reason: 'NEW_ADMISSION' });
  });

  afterAll(() => service.stop());

  const as = async (person: string): Promise<Browser> => {
    const browser = here();
    await browser.ask('/');
    expect((await browser.send('/sign-in', { person }, '/sign-in')).location).toBe('/');
    return browser;
  };
  const statusOf = async (browser: Browser, path: string) => (await browser.ask(path, { headers: json })).status;

  it('asks whom to be before it shows a page, and offers six people', async () => {
    const page = await here().open('/?sorted=by-age');
    expect(page.url).toMatch(/\/sign-in$/);
    expect(page.text.match(/type="radio"/g)).toHaveLength(6);
  });

  it('leads on to the page that was asked for, with a cookie for plain HTTP on this machine', async () => {
    const browser = here();
    const { cookies } = await browser.ask('/?sorted=by-age');
    expect(cookies).toEqual([expect.stringMatching(/^custody-watch-errand=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)]);
    const answer = await browser.send('/sign-in', { person: 'safer-custody' }, '/sign-in');
    expect(answer.location).toBe('/?sorted=by-age');
    expect((await browser.follow(answer)).text).toContain('Robin Lark');
  });

  it('asks again when nobody was chosen, or somebody who is not there', async () => {
    for (const person of ['', 'governor', 'toString']) {
      const page = await here().send('/sign-in', { person }, '/sign-in');
      expect([page.status, page.text]).toEqual([400, expect.stringContaining('Select who you are')]);
    }
  });

  it('shows each of them what they would see at their work', async () => {
    const [officer, coordinator, oversight] = [
      await as('safer-custody'),
      await as('case-coordinator'),
      await as('oversight'),
    ];
    const shown = (path: string) =>
      Promise.all([officer, coordinator, oversight].map((browser) => statusOf(browser, path)));
    expect(await shown('/safety-alerts')).toEqual([200, 200, 403]);
    expect(await shown('/prisons/XYO/key-work')).toEqual([403, 403, 200]);
    expect(await shown('/access-records?user=a')).toEqual([403, 403, 403]);
    const offered = await Promise.all([officer, oversight].map(async (one) => (await one.ask('/location')).text));
    expect(offered.map((text) => text.includes('value="XYO"'))).toEqual([false, true]);
  });

  it('takes changes of the officer only, and only by a form of theirs', async () => {
    const note = async (browser: Browser, withToken: boolean) => {
      const token = withToken ? csrfTokenIn(await browser.ask('/')) : '';
      return browser.ask(`/safety-alerts/${service.alertOf('Z0001ZZ', 'FAM-02').id}/note`, {
        method: 'POST',
        headers: { ...json, 'Content-Type': 'application/json', 'X-CSRF-Token': token },
        body: '{"note":"Seen."}',
      });
    };
    const [officer, coordinator] = [await as('safer-custody'), await as('case-coordinator')];
    expect([(await note(officer, false)).status, (await note(officer, true)).status]).toEqual([403, 200]);
    expect((await note(coordinator, true)).status).toBe(403);
    expect((await note(officer, true)).text).not.toContain('"local"');
  });

  it('changes whom one is, and lets them go', async () => {
    const browser = await as('safer-custody');
    const csrf = async () => ({ _csrf: csrfTokenIn(await browser.ask('/')) });
    expect((await browser.send('/sign-in', { person: 'oversight' })).status).toBe(403);
    await browser.send('/sign-in', { person: 'oversight', ...(await csrf()) });
    expect((await browser.ask('/')).text).toContain('Martin Finch');
    expect((await browser.send('/sign-out', await csrf())).location).toBe('/signed-out');
    expect((await browser.ask('/')).location).toBe('/sign-in');
  });

  it('leaves the API to whoever is at this machine', async () => {
    for (const path of ['/safety-alerts', '/access-records?user=a', '/rules'])
      expect(await statusOf(here(), path)).toBe(200);
  });
});

describe('a service without sign-in', () => {
  beforeAll(async () => {
    service = await SignedInService.start(OFF);
  });

  afterAll(() => service.stop());

  it('shows its pages to whoever is at this machine, with all prisons that were heard of to look at', async () => {
    await service.happens('PrisonerReceived', 'A0001AA', 'XYM', { reason: 'NEW_ADMISSION' });
    await service.happens('PrisonerReceived', 'A0002AA', 'XYI', { reason: 'NEW_ADMISSION' });
    const browser = here();
    const page = await browser.ask('/');
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('This machine')]);
    expect(page.text).not.toContain('/sign-out');
    expect((await browser.send('/location', { location: 'XYM' })).status).toBe(303);
    expect((await browser.ask('/location')).text).toMatch(/value="XYI".*value="XYM" checked/s);
    expect((await browser.send('/location', { location: 'XYO' })).status).toBe(400);
  });

  it('takes no form from a page of others', async () => {
    for (const Origin of ['https://evil.example', 'null'])
      expect((await here().send('/location', { location: 'all' }, '/', { Origin })).status).toBe(403);
  });
});

describe('a service with a sign-in', () => {
  afterEach(() => service.stop());

  const PEOPLE = { OIDC_CLIENT_ID: PAGES.clientId, OIDC_CLIENT_SECRET: SECRET, PUBLIC_URL: PAGES.url };

  it('lets nobody choose whom to be, though its data are a demonstration', async () => {
    service = await SignedInService.start(PEOPLE, true);
    const browser = browserOf(service);
    expect((await browser.send('/sign-in', { person: 'safer-custody' })).location).toBe('/sign-in');
    const token = await service.tokenOf(ROLES, ['XYI']);
    const chosen = await service.ask('/sign-in', token, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'person=safer-custody',
    });
    expect(chosen.status).toBe(404);
    expect((await browser.ask('/')).location).toBe('/sign-in');
  });

  it('says that people cannot sign in where nobody has set it up, and still answers programs', async () => {
    service = await SignedInService.start();
    const page = await browserOf(service).open('/');
    expect([page.status, page.text]).toEqual([501, expect.stringContaining('Code: SIGN_IN_NOT_SET_UP')]);
    const token = await service.tokenOf(ROLES, ['XYI']);
    expect((await service.ask('/safety-alerts', token)).status).toBe(200);
    expect((await service.ask('/', token)).status).toBe(401);
  });
});
