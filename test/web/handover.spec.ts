import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import type { SignedInService } from '../access/service.js';
import { type Browser, csrfTokenIn } from './browser.js';
import { ASMITH, servicePages, signedIn } from './pages.js';

const READER = 'ROLE_CUSTODY_WATCH__ALERTS__RO';
const NOTE = 'B wing is one officer short. A0001AA asks for a chaplain.';

const colleague = (user: string, more: JWTPayload = {}): JWTPayload => ({
  ...ASMITH,
  user_name: user,
  name: user,
  caseloads: ['XYI'],
  ...more,
});

let service: SignedInService;
beforeAll(async () => {
  service = await servicePages();
  await service.happens('PrisonerReceived', 'A0001AA', 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('BereavementNotified', 'A0001AA', 'XYI', {});
});
afterAll(() => service.stop());

const as = async (person: JWTPayload): Promise<Browser> => (await signedIn(service, person)).browser;

const hidden = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

/** The form of the page that hands over, filled in. */
const filledIn = async (browser: Browser, note: string) => {
  const page = await browser.open('/handover');
  const [requestId, since] = [hidden(page.text, 'requestId'), hidden(page.text, 'since')];
  return { _csrf: csrfTokenIn(page), requestId, since, note };
};
const signAt = (text: string) => /action="(\/handover\/XYI\/\d+\/sign)"/.exec(text)?.[1];

/** Hands over as somebody new to the page. */
const writes = async (user: string, note: string) => {
  const browser = await as(colleague(user));
  const answer = await browser.send('/handover/XYI', await filledIn(browser, note), '/handover');
  expect([answer.status, answer.location]).toEqual([303, '/handover?done=written']);
  return browser;
};

describe('a hand-over on pages', () => {
  it('is read and signed by the next shift, and by nobody twice', async () => {
    const author = await writes('EVE_GEN', NOTE);
    const own = await author.open('/handover?done=written');
    expect(own.text).toContain('You have handed over.');
    expect(signAt(own.text)).toBeUndefined();

    const next = await as(colleague('MAX_GEN'));
    const page = await next.open('/handover');
    expect(page.text).toContain(NOTE);
    expect(page.text).toContain('Bereavement or serious illness');
    const [path = '', form] = [signAt(page.text), { _csrf: csrfTokenIn(page), since: hidden(page.text, 'since') }];
    const [first, second] = await Promise.all([next.send(path, form, '/handover'), next.send(path, form, '/handover')]);
    expect([first.status, second.status]).toEqual([303, 303]);
    const after = await next.follow(first);
    expect(after.text).toContain('You have signed the hand-over.');
    expect(hidden(after.text, 'since').slice(0, 16)).toBe(form.since.slice(0, 16));
    const history = await next.open('/handover/history');
    expect(history.text.match(/Signed by/g)).toHaveLength(1);
    expect(history.text).toContain('Signed by MAX_GEN');
  });

  it('counts what was raised and then worked as both, on the page and on paper', async () => {
    const browser = await as(colleague('MAX_GEN'));
    const { text } = await browser.open('/handover?date=22/11/2026&time=00:00');
    const [, id = ''] = /href="\/alerts\/([0-9a-f-]{36})"/.exec(text) ?? [];
    expect(text).toMatch(/0 worked on.*Nobody has worked on a safety alert here since then\./s);
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RW'], ['XYI'], 'MAX_GEN');
    expect((await service.send(`/safety-alerts/${id}/note`, { note: 'Seen at work.' }, token)).status).toBe(200);
    for (const path of ['/handover', '/handover/print']) {
      const after = (await browser.open(`${path}?date=22/11/2026&time=00:00`)).text;
      expect(after).toMatch(/1 new.*1 worked on.*Listed under other headings: 1 under New\./s);
      expect(after).not.toContain('Nobody has worked');
    }
  });

  it('is written once, however often its form is sent', async () => {
    const browser = await as(colleague('ALI_GEN'));
    const form = await filledIn(browser, 'Sent twice.');
    await Promise.all([1, 2].map(() => browser.send('/handover/XYI', form, '/handover')));
    expect((await browser.open('/handover/history')).text.match(/Sent twice\./g)).toHaveLength(1);
  });

  it('keeps what was typed where it cannot be taken', async () => {
    const browser = await as(colleague('ALI_GEN'));
    const long = 'Too long. '.repeat(401);
    const answer = await browser.send('/handover/XYI', await filledIn(browser, long), '/handover');
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Error: Hand-over');
    expect(answer.text).toContain(long.trim());
  });

  it('is signed neither by its author nor in another prison, whatever is sent', async () => {
    const author = await writes('EVE_GEN', 'For Max only.');
    const page = await author.open('/handover/history');
    const form = { _csrf: csrfTokenIn(await author.open('/handover')), since: '' };
    const count = page.text.match(/<article/g)?.length ?? 0;
    const refused = await author.send(`/handover/XYI/${count}/sign`, form, '/handover');
    expect(refused.status).toBe(409);
    expect(refused.text).toMatch(/You cannot sign your own hand-over.*Somebody on the next shift must sign it/s);
    expect(refused.text).not.toMatch(/Somebody else has changed this safety alert|This safety alert has changed/);
    expect((await author.send(`/handover/XYM/1/sign`, form, '/handover')).status).toBe(404);
    const { requestId, note, ...rest } = await filledIn(author, 'Elsewhere.');
    expect((await author.send('/handover/XYM', { ...rest, requestId, note }, '/handover')).status).toBe(404);
  });

  it('is only read by who may only read', async () => {
    const reader = await as(colleague('JAY_GEN', { authorities: [READER] }));
    const page = await reader.open('/handover');
    expect(page.text).toContain('To sign it you need the role');
    expect(page.text).not.toContain('name="requestId"');
    const form = { _csrf: csrfTokenIn(page), requestId: '', since: '', note: 'x' };
    expect((await reader.send('/handover/XYI', form, '/handover')).status).toBe(403);
    expect((await reader.send('/handover/XYI/1/sign', form, '/handover')).status).toBe(403);
  });

  it('belongs to one prison: whoever looks at several chooses one first', async () => {
    const browser = await as(ASMITH);
    const page = await browser.open('/handover');
    expect(page.text).toContain('Choose a location to read and write them');
    expect(page.text).not.toContain(NOTE);
    expect(page.text).toContain('These are the last 12 hours.');
    expect((await browser.open('/handover/history')).text).toContain('Choose a location');
    await browser.send('/location', { location: 'XYI', _csrf: csrfTokenIn(page) }, '/location');
    expect((await browser.open('/handover/history')).text).toContain(NOTE);
  });

  it('leaves a record of whom it shows, and of whom its note names', async () => {
    const admin = await service.tokenOf(['ROLE_CUSTODY_WATCH__ADMIN__RW'], ['XYI'], 'ADMIN');
    const answer = await service.ask('/access-records?prisonNumber=A0001AA', admin);
    const text = await answer.text();
    for (const operation of ['viewHandover', 'viewHandovers', 'writeHandover']) expect(text).toContain(operation);
  });

  it('stands in no log line', () => {
    expect(service.logged.join('\n')).not.toMatch(/officer short|A0001AA|Too long/);
  });
});
