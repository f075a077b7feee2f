import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People } from '../../src/custody/people/people.js';
import { DemonstrationService } from '../http/demonstration.js';
import { type Answer, type Browser, csrfTokenIn } from './browser.js';
import { all, crawl, hrefsIn, officerAt } from './crawl.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');
let service: DemonstrationService;
let browser: Browser;
let pages: Answer[];

beforeAll(async () => {
  service = await DemonstrationService.start(NOW);
  browser = await officerAt(service);
  pages = await crawl(browser);
  const home = await browser.ask('/');
  const form = { _csrf: csrfTokenIn(home), search: 'bi' };
  pages.push(await browser.follow(await browser.send('/search', form)));
});

afterAll(() => service.stop());

/** Every word of a name, and every cell, of everybody the log has heard of. */
const personal = (): string[] => {
  const people = service.app.get(People);
  const numbers = new Set(service.alerts.flatMap(({ prisonNumber }) => prisonNumber ?? []));
  return [...numbers].flatMap((prisonNumber) => {
    const { name, location } = people.person(prisonNumber) ?? {};
    return [name?.firstName, name?.lastName, location].filter((word) => word !== undefined);
  });
};

describe('the pages of the demonstration', () => {
  it('are many, and none that is there fails', () => {
    expect(pages.length).toBeGreaterThan(40);
    const failed = pages
      .filter(({ status }) => status >= 400 && status !== 404)
      .map(({ url, status }) => [url, status]);
    expect(failed).toEqual([]);
  });

  it('have nobody’s name or cell, and no free text, in an address or a title', () => {
    const words = personal();
    expect(words.length).toBeGreaterThan(100);
    const told = new RegExp(`\\b(${[...new Set(words)].join('|')})\\b`, 'i');
    // They are on the pages: what is looked for is there to be found.
    expect(pages.filter(({ text }) => told.test(text)).length).toBeGreaterThan(20);
    for (const page of pages) {
      const titles = all(page.text.split('</head>')[0] ?? '', /<title>([^<]*)<\/title>/g);
      expect(titles).toHaveLength(1);
      const open = [page.url, ...hrefsIn(page), ...titles];
      expect(open.filter((one) => told.test(decodeURIComponent(one)))).toEqual([]);
      // Free text has spaces.
      expect(hrefsIn(page).filter((one) => /[ +]|%20/.test(one))).toEqual([]);
    }
  });

  it('run no script without the nonce of the answer, and have no style but that of files', () => {
    const nonces = new Set<string>();
    for (const { headers, text, url } of pages) {
      const [, nonce = ''] = /script-src [^;]*'nonce-([^']+)'/.exec(headers.get('Content-Security-Policy') ?? '') ?? [];
      expect([url, nonce]).toEqual([url, expect.stringMatching(/.{20}/)]);
      nonces.add(nonce);
      for (const script of all(text, /<script([^>]*)>/g)) expect(script).toContain(`nonce="${nonce}"`);
      expect(text).not.toMatch(/<style|\sstyle="|\son\w+="|javascript:/i);
      expect(headers.get('Cache-Control')).toBe('no-store');
    }
    expect(nonces.size).toBe(pages.length);
  });
});

describe('the list as a file', () => {
  it('holds no cell that a spreadsheet would take for a formula', async () => {
    const [alert] = service.alerts.filter(({ prisonId }) => prisonId === 'XYI');
    const name = { firstName: 'Esk', lastName: '=HYPERLINK(1)' };
    await service.happens('PersonDetailsChanged', alert?.prisonNumber ?? '', name);
    const { text, headers } = await browser.ask('/alerts.csv?view=open');
    expect(text).toContain(`"'=HYPERLINK(1), Esk"`);
    expect(text).not.toMatch(/(^|,)"?[=+@-]/m);
    expect(headers.get('Content-Disposition')).toBe('attachment; filename=safety-alerts.csv');
  });
});
