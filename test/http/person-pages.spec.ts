import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERSON_STORY } from './person-story.js';
import { ServiceApp } from './service-app.js';

const PERSON = '/prisoners/A1234BC';

let service: ServiceApp;
beforeAll(async () => {
  service = await ServiceApp.start();
  await service.send(PERSON_STORY).expect(201);
  await service.settle();
});
afterAll(() => service.stop());

const page = async (path: string, status = 200): Promise<string> =>
  (await service.http.get(path).set('Accept', 'text/html').expect(status)).text;

/** What stands on a page, without its marks. */
const wordsOn = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** What was left on record about the person, by operation. */
const recorded = async () =>
  (await service.records())
    .filter(({ data }) => (data['prisonNumbers'] as string[]).includes('A1234BC'))
    .map(({ data }) => `${String(data['access'])} ${String(data['operation'])}`);

describe('the page about somebody', () => {
  it('shows who it is, the key work in figures, and how long nobody talked to them', async () => {
    const words = wordsOn(await page(PERSON));
    expect(words).toContain('Smith, John');
    expect(words).toContain('ACCT open');
    expect(words).toMatch(/Since the last session 12 days Last session on 10 November 2026/);
    expect(words).toMatch(/No key worker session for 31 days, from 10 October 2026 to 10 November 2026/);
    expect(words).toMatch(/Sessions held 2 1 session missed/);
    expect(words).toContain('Nobody recorded how long 1 session lasted');
  });

  it('names nobody in its title', async () => {
    expect(/<title>([^<]*)/.exec(await page(PERSON))?.[1]).not.toMatch(/Smith|A1234BC/);
  });

  it('shows the days that are asked for, and says what is wrong with them where they make no sense', async () => {
    expect(wordsOn(await page(`${PERSON}?from=1/11/2026&to=20/11/2026`))).toContain(
      '1 November 2026 to 20 November 2026',
    );
    const wrong = await page(`${PERSON}?from=31/2/2026&to=20/11/2026`, 400);
    expect(wordsOn(wrong)).toContain('Date from must be a real date');
    expect(wrong).toContain('value="31/2/2026"');
  });

  it('is not there for somebody whom the log never heard of', async () => {
    expect(wordsOn(await page('/prisoners/Z9999ZZ', 404))).toContain('Page not found');
    await page('/prisoners/Z9999ZZ/events', 404);
    await page('/prisoners/Z9999ZZ/review-pack', 404);
    await service.http.get('/prisoners/Z9999ZZ/review-pack.pdf').expect(404);
    await service.http.post('/prisoners/Z9999ZZ/review-pack/print').type('form').send({}).expect(404);
  });
});

describe('what was known at a time', () => {
  it('is never passed over in silence: the page about somebody leads to the timeline of then', async () => {
    const asAt = '2026-11-05T09:00:00Z';
    const { headers } = await service.http.get(`${PERSON}?asAt=${asAt}`).set('Accept', 'text/html').expect(303);
    const { location = '' } = headers as Record<string, string>;
    expect(location).toBe(`${PERSON}/events?asAt=${encodeURIComponent(asAt)}`);
    expect(wordsOn(await page(location))).toContain('This is what was known at 5 November 2026, 09:00:');
    expect(wordsOn(await page(`${PERSON}/events?asAt=then`, 400))).toContain('Date must be a real date');
  });
});

describe('the full timeline', () => {
  it('shows both clocks, what was withdrawn and what was quashed', async () => {
    const words = wordsOn(await page(`${PERSON}/events`));
    expect(words).toMatch(/14 October 2026, 10:00 Key worker session Withdrawn .*?22 November 2026, 09:00/);
    expect(words).toContain('Reported charge Quashed');
  });

  it('has user names as they are, though they look like a code', async () => {
    const { text } = await service.http.get('/safety-alerts?prisonNumber=A1234BC').expect(200);
    const [{ id }] = (JSON.parse(text) as { content: [{ id: string }] }).content;
    await service.http.post(`/safety-alerts/${id}/assign`).send({ to: 'NOBODY_KNOWN' }).expect(200);
    expect(wordsOn(await page(`${PERSON}/events`))).toContain('To: NOBODY_KNOWN');
    expect(wordsOn(await page(`${PERSON}/review-pack`))).toContain('To: NOBODY_KNOWN');
  });

  it('escapes what people wrote', async () => {
    expect(await page(`${PERSON}/events`)).toContain('&lt;b&gt;Quiet&lt;/b&gt;');
  });

  it('shows one topic alone', async () => {
    const words = wordsOn(await page(`${PERSON}/events?topic=adjudications`));
    expect(words).toContain('Showing 1 to 2 of 2 entries');
    expect(words).not.toContain('Key worker session ');
  });

  it('shows what was known at a time, and nothing before anything was', async () => {
    const words = wordsOn(await page(`${PERSON}/events?asAtDate=1/11/2026&asAtTime=9:00`));
    expect(words).toContain('This is what was known at 1 November 2026, 09:00');
    expect(words).toContain('Nothing was known about this person at that time.');
  });

  it('asks one of two questions: what was known then, or what this service had then', async () => {
    const then = `${PERSON}/events?asAtDate=1/11/2026&asAtTime=9:00&asAtOf=`;
    const known = await page(`${then}known`);
    expect(wordsOn(known)).toContain('recorded at its source by then, whenever it reached this service');
    const held = await page(`${then}held`);
    expect(wordsOn(held)).toContain('This is what this service had at 1 November 2026, 09:00.');
    expect(wordsOn(held)).toContain('This service had nothing about this person at that time.');
    const questions = (html: string) =>
      [...html.matchAll(/<option value="(?:known|held|)"( selected)?>([^<]*then)</g)].map(([, chosen, text]) => [
        text,
        chosen !== undefined,
      ]);
    expect(questions(known)).toEqual([
      ['What was known then', true],
      ['What this service had then', false],
    ]);
    expect(questions(held)).toEqual([
      ['What was known then', false],
      ['What this service had then', true],
    ]);
  });

  it('is a table to take along, in which no cell is a formula', async () => {
    const { text, headers } = await service.http.get(`${PERSON}/events.csv?topic=adjudications`).expect(200);
    expect(headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' });
    expect(text.trimEnd().split('\r\n')).toHaveLength(3);
    expect(text).not.toMatch(/(^|,)"?[=+@]/m);
  });
});

describe('the ACCT review pack', () => {
  it('hides nothing, and says what is not known, who prepared it, when and as of which record', async () => {
    const html = await page(`${PERSON}/review-pack`);
    const sheets = html.slice(html.indexOf('class="cw-pack"'), html.indexOf('</main>'));
    expect(sheets).not.toMatch(/<details|hidden/);
    expect(wordsOn(sheets)).toMatch(
      /OFFICIAL-SENSITIVE.*Prepared by .*As of log position \d+.*Somebody else\..*What is not known.*Signatures/,
    );
    expect(wordsOn(sheets)).toContain('Reported charge (quashed)');
  });

  it('offers no PDF where nothing makes one, and says how to print', async () => {
    const html = await page(`${PERSON}/review-pack`);
    expect(html).not.toContain('review-pack.pdf');
    expect(wordsOn(html)).toContain('This service cannot make a PDF here.');
    const answer = await service.http.get(`${PERSON}/review-pack.pdf?from=2026-11-01`).expect(303);
    expect(answer.headers['location']).toBe(`${PERSON}/review-pack?from=2026-11-01&pdf=failed`);
    expect(wordsOn(await page(`${PERSON}/review-pack?pdf=failed`))).toContain('The PDF could not be made.');
  });

  it('is printed by a form that leads to the page that prints itself', async () => {
    const answer = await service.http
      .post(`${PERSON}/review-pack/print?from=2026-11-01&to=2026-11-20`)
      .type('form')
      .send({})
      .expect(303);
    expect(answer.headers['location']).toBe(`${PERSON}/review-pack?from=2026-11-01&to=2026-11-20&printing=yes`);
    const html = await page(String(answer.headers['location']));
    expect(html).toContain('/assets/print.js');
    expect(wordsOn(html)).toContain('The print has been recorded.');
    expect(await page(`${PERSON}/review-pack`)).not.toContain('print.js');
  });
});

describe('pages about somebody', () => {
  it('are each on record under a name of their own: seen, printed, exported', async () => {
    for (const path of ['', '/events', '/review-pack']) await page(PERSON + path);
    for (const path of ['/key-work.csv', '/events.csv', '/review-pack.pdf']) await service.http.get(PERSON + path);
    await service.http.post(`${PERSON}/review-pack/print`).type('form').send({}).expect(303);
    expect(await recorded()).toEqual(
      expect.arrayContaining([
        'read viewPerson',
        'read viewTimeline',
        'read viewReviewPack',
        'read exportKeyWorkerHistory',
        'read exportTimeline',
        'read exportReviewPack',
        'read printReviewPack',
      ]),
    );
  });
});
