import type { DemonstrationService } from '../http/demonstration.js';
import { type Answer, Browser } from './browser.js';

/** Of each kind of page as many, whatever the addresses end in. */
const OF_A_KIND = 12;
/** No pages of ours. */
const ELSEWHERE = /^(#|\/assets\/|\/docs|https?:|mailto:)/;

/** The safer-custody officer of the demonstration, before a browser. */
export const officerAt = async (service: DemonstrationService): Promise<Browser> => {
  const browser = new Browser(() => service.port, service.url);
  await browser.ask('/');
  await browser.send('/sign-in', { person: 'safer-custody' }, '/sign-in');
  return browser;
};

/** What the first group finds, everywhere in a text. */
export const all = (text: string, found: RegExp): string[] => [...text.matchAll(found)].map(([, one = '']) => one);

const unescaped = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/');

/** Every address on a page: of links, forms and files. */
export const hrefsIn = ({ text }: Answer): string[] =>
  all(text, /\s(?:href|action|src)="([^"]*)"/g).map((href) => unescaped(href));

/** What is the same of all pages of one kind: `/alerts/{id}`, `/alerts?page`. */
const kindOf = (path: string): string =>
  path.replace(/[0-9a-f-]{36}|\/[A-Z]\w*\d\w*(-\d+)?/g, '{id}').replaceAll(/=[^&]*/g, '');

/** All pages that can be reached by links, from the home page on, a few of each kind. */
export const crawl = async (browser: Browser): Promise<Answer[]> => {
  const waiting = ['/'];
  const known = new Set(waiting);
  const seen = new Map<string, number>();
  const pages: Answer[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = kindOf(path);
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    const page = count > OF_A_KIND ? undefined : await browser.ask(path);
    if (!page?.headers.get('Content-Type')?.startsWith('text/html')) continue;
    pages.push(page);
    for (const href of hrefsIn(page).filter((one) => !ELSEWHERE.test(one) && !known.has(one))) {
      known.add(href);
      waiting.push(href);
    }
  }
  return pages;
};
