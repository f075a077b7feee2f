import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { toolOrSkip } from '../tools.js';

/** `it` for a test in a real browser: Debian's Chromium. */
export const inChromium = toolOrSkip('chromium');

/** A browser of the machine. Every context in it is a person with cookies of their own. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

/** What a page must be readable at. */
export const WIDE = { width: 1280, height: 1024 };
export const NARROW = { width: 320, height: 800 };

/**
 * Somebody in front of a browser who has chosen one of the demonstration's people, by name. Addresses without a host are
 * of the service at `url`.
 */
export const signedInContext = async (
  browser: Browser,
  url: string,
  person: RegExp,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext({ baseURL: url, viewport: WIDE, ...options });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel(person).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  // Whoever closes the page before the answer is there has not signed in.
  await page.waitForURL((at) => at.pathname !== '/sign-in');
  await page.close();
  return context;
};

/** What the console of a page complained of: a blocked script, a missing file, an exception. */
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
};

/**
 * What a browser without scripts shows, in one that has them, so that axe can look at it: where scripts are off, axe is.
 * @param context of a browser with scripts
 */
export const copyOf = async (page: Page, context: BrowserContext): Promise<Page> => {
  const copy = await context.newPage();
  const body = (await page.content()).replaceAll(/<script.*?<\/script>/gs, '');
  await copy.setViewportSize(page.viewportSize() ?? WIDE);
  await copy.route(page.url(), (route) => route.fulfill({ body, contentType: 'text/html' }));
  await copy.goto(page.url());
  return copy;
};

/**
 * As the design system has it: a radio button says whether what belongs to it is shown, which ARIA does not know and screen
 * readers tell; and the way back lies before the main part, so that who skips to that passes it.
 */
const OF_THE_DESIGN_SYSTEM = /^<(input class="govuk-radios__input"[^>]* aria-expanded=|a [^>]*class="govuk-back-link")/;

/** What axe finds wrong with a page by WCAG 2.2 A and AA, one line for each place. */
export const accessibilityTroubles = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.filter(({ html }) => !OF_THE_DESIGN_SYSTEM.test(html)).map(({ html }) => `${id}: ${help}: ${html}`),
  );
};

/** Whether the page can be read without scrolling sideways. */
export const fitsAcross = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
