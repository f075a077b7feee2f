import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fromStored } from '../../src/access-records/access-record.js';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
import { SignedInService } from '../access/service.js';
import { type Answer, Browser, csrfTokenIn } from './browser.js';
import { ASMITH, servicePages, signedIn } from './pages.js';

let service: SignedInService;

/** Three of one name: two in prisons that Anna Smith works in, one elsewhere. */
const peopled = async (): Promise<void> => {
  for (const [who, prison, firstName] of [
    ['A0001AA', 'XYI', 'Ash'],
    ['A0002AA', 'XYM', 'Bo'],
    ['A0003AA', 'XYO', 'Cy'],
  ] as const) {
    await service.happens('PrisonerReceived', who, prison, { reason: 'NEW_ADMISSION' });
    await service.happens('PersonDetailsChanged', who, prison, { firstName, lastName: 'Quill' });
  }
};

const shown = ({ text }: Answer): string[] => [...text.matchAll(/[A-Z]\w+, [A-Z]\w+(?=<\/a>)/g)].map(([name]) => name);
const search = (browser: Browser, text: string, page?: Answer): Promise<Answer> =>
  browser.send('/search', { search: text, ...(page && { _csrf: csrfTokenIn(page) }) });

describe('a search of somebody who has signed in', () => {
  let browser: Browser;
  let page: Answer;

  beforeAll(async () => {
    service = await servicePages();
    await peopled();
    await service.happens('PrisonerReceived', 'B0004BB', 'XYI', { reason: 'NEW_ADMISSION' });
    await service.happens('PrisonerRecordsMerged', 'A0001AA', 'XYI', { removedPrisonNumber: 'B0004BB' });
  });
  beforeEach(async () => {
    ({ browser, page } = await signedIn(service));
  });
  afterAll(() => service.stop());

  it('leads to a page that can be opened again, and does not say in its address or title who was looked for', async () => {
    const answer = await search(browser, 'quill', page);
    expect([answer.status, answer.location]).toEqual([303, '/search']);
    for (const found of [await browser.follow(answer), await browser.ask('/search')]) {
      expect([found.status, shown(found)]).toEqual([200, ['Quill, Ash', 'Quill, Bo']]);
      expect(found.text).toContain('value="quill"');
      expect(/<title>[^<]*/.exec(found.text)?.[0]).not.toMatch(/quill/i);
    }
    expect(service.logged.join()).not.toMatch(/quill/i);
  });

  it('finds those of the location that is chosen by then', async () => {
    await search(browser, 'quill', page);
    await browser.send('/location', { location: 'XYM', _csrf: csrfTokenIn(page) }, '/search');
    expect(shown(await browser.ask('/search'))).toEqual(['Quill, Bo']);
  });

  it('goes straight to the person with a whole prison number, and leaves the search before it', async () => {
    await search(browser, 'ash', page);
    expect((await search(browser, ' a0002 aa', page)).location).toBe('/prisoners/A0002AA');
    expect(shown(await browser.ask('/search'))).toEqual(['Quill, Ash']);
  });

  it('leads to the person by a number that was merged into theirs, and says so where it lists them', async () => {
    expect((await search(browser, 'b0004bb', page)).location).toBe('/prisoners/A0001AA');
    const found = await browser.follow(await search(browser, 'b0004', page));
    expect(shown(found)).toEqual(['Quill, Ash']);
    expect(found.text).toMatch(/Recorded under B0004BB until [^<]+; the records were merged/);
  });

  it('says that nobody was found, also by the prison number of somebody elsewhere', async () => {
    const found = await browser.follow(await search(browser, 'A0003AA', page));
    expect([found.url, found.text]).toEqual([`${browser.url}/search`, expect.stringContaining('Nobody found')]);
  });

  it('is kept with its first 100 characters, however long it is', async () => {
    const found = await browser.follow(await search(browser, 'x'.repeat(5_000), page));
    expect(found.text).toContain(`value="${'x'.repeat(100)}"`);
  });

  it('is nobody else’s, and is over with the session', async () => {
    await search(browser, 'quill', page);
    const { browser: other } = await signedIn(service);
    expect((await other.ask('/search')).text).not.toMatch(/quill/i);
    await browser.send('/sign-out', { _csrf: csrfTokenIn(page) });
    service.issuer.atTheDoor = ASMITH;
    const again = await browser.open('/search');
    expect([again.status, shown(again)]).toEqual([200, []]);
    expect(again.text).not.toMatch(/quill/i);
  });

  it('leaves a record of those who are shown, and none of being sent', async () => {
    const person = { ...ASMITH, user_name: 'BJONES_GEN' };
    ({ browser, page } = await signedIn(service, person));
    const answer = await search(browser, 'quill', page);
    expect(await recordsOf('BJONES_GEN')).toEqual([]);
    await browser.follow(answer);
    const record = ['findPeople', ['A0001AA', 'A0002AA']];
    expect(await recordsOf('BJONES_GEN')).toEqual([record]);
  });

  it.each([
    ['of their prisons', 'A0002AA'],
    ['of another prison', 'A0003AA'],
    ['who is nowhere', 'A9999AA'],
  ])(
    'for the prison number of somebody %s is on record: where it leads says whether they are there',
    async (_, who) => {
      ({ browser, page } = await signedIn(service, { ...ASMITH, user_name: 'NOSY_GEN' }));
      await search(browser, who.toLowerCase(), page);
      expect((await recordsOf('NOSY_GEN')).at(-1)).toEqual(['lookForPeople', [who]]);
    },
  );
});

const recordsOf = async (name: string) => {
  const records: unknown[] = [];
  for await (const event of service.app.get<EventStore>(EVENT_STORE).readAll()) {
    if (event.type !== 'AccessRecorded') continue;
    const { user, operation, prisonNumbers } = fromStored(event);
    if (user === name) records.push([operation, prisonNumbers]);
  }
  return records;
};

describe.each([
  ['without sign-in', false],
  ['at a demonstration', true],
])('a search %s', (_, demonstration) => {
  beforeEach(async () => {
    service = await SignedInService.start({ AUTH: 'off', OIDC_ISSUER: '', OIDC_AUDIENCE: '' }, demonstration);
    await peopled();
  });
  afterEach(() => service.stop());

  it('is found again on its page, in the first browser that comes', async () => {
    const browser = new Browser(() => service.port, `http://127.0.0.1:${service.port}`);
    if (demonstration) await browser.send('/sign-in', { person: 'safer-custody' }, '/sign-in');
    const answer = await search(browser, 'ash', demonstration ? await browser.ask('/') : undefined);
    expect(answer.location).toBe('/search');
    expect(shown(await browser.follow(answer))).toEqual(['Quill, Ash']);
    expect(shown(await browser.ask('/search'))).toEqual(['Quill, Ash']);
  });
});
