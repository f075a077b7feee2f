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

/** Somebody in front of a browser who has chosen one of the demonstration's people, by name. */
export const signedInContext = async (
  browser: Browser,
  url: string,
  person: RegExp,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel(person).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
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

/** What axe finds wrong with a page by WCAG 2.2 A and AA, one line for each place. */
export const accessibilityTroubles = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
};

/** Whether the page can be read without scrolling sideways. */
export const fitsAcross = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
