import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromiumOn } from '../../src/web/review-pack/chromium-here.js';
import { pagesOf, readsPdf } from '../pdf.js';
import { toolOrSkip } from '../tools.js';
import { PERSON_STORY } from './person-story.js';
import { ServiceApp } from './service-app.js';

const withChromium = toolOrSkip('chromium');
const printsPdf = withChromium === it ? readsPdf : withChromium;
const PACK = '/prisoners/A1234BC/review-pack';

interface Answer {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

let service: ServiceApp;
beforeAll(async () => {
  service = await ServiceApp.start({ chromium: chromiumOn(process.env.PATH) });
  await service.send(PERSON_STORY).expect(201);
  await service.settle();
});
afterAll(() => service.stop());

const fetched = async (): Promise<Answer> => await service.http.get(`${PACK}.pdf`).buffer(true).expect(200);

const lettersOf = (text: string): string => text.replaceAll(/[\s●○•]/g, '');

/** Each piece of text of the sheets, as a browser would show it. */
const textsOn = (html: string): string[] =>
  html
    .slice(html.indexOf('class="cw-pack"'), html.indexOf('</main>'))
    .replaceAll(/<(title|desc)[^>]*>[^<]*<\/\1>/g, '')
    .split(/<[^>]*>/)
    .slice(1)
    .map((text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").trim())
    .filter((text) => text !== '');

describe('the PDF of a review pack', () => {
  printsPdf(
    'has on every page the protective marking, the prison number, and which page of how many it is',
    async () => {
      const { body, headers } = await fetched();
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="review-pack-A1234BC.pdf"',
        'cache-control': 'no-store',
      });
      const pages = pagesOf(body);
      expect(pages.length).toBeGreaterThan(1);
      for (const [index, page] of pages.entries()) {
        expect(page).toContain('OFFICIAL-SENSITIVE');
        expect(page).toContain('A1234BC');
        expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      }
    },
  );

  printsPdf('leaves out nothing that the page shows', async () => {
    const { text: html } = await service.http.get(PACK).set('Accept', 'text/html').expect(200);
    expect(html).toContain(`${PACK}.pdf`);
    const { body } = await fetched();
    const printed = new Set(pagesOf(body).join('\n').split(/\s+/));
    // A line may end behind a hyphen, and the rest of the word stand in the next line of its column.
    const isPrinted = (word: string): boolean =>
      printed.has(word) || word.split(/(?<=-)/).every((piece) => printed.has(piece));
    const missing = textsOn(html).filter((text) => !text.split(/\s+/).every(isPrinted));
    expect(missing.filter((text) => lettersOf(text) !== '')).toEqual([]);
  });
});
