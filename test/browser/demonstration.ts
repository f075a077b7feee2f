import { afterAll, beforeAll, it } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { DemonstrationService } from '../http/demonstration.js';
import { inChromium, openChromium, signedInContext, WIDE } from './chromium.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');

/** The demonstration, served to a browser of the machine. */
export class Demonstration {
  constructor(
    readonly service: DemonstrationService,
    readonly browser: Browser,
  ) {}

  /** Somebody in front of a browser of their own, who has chosen one of the demonstration's people, by name. */
  signIn(person: RegExp, options?: BrowserContextOptions): Promise<BrowserContext> {
    return signedInContext(this.browser, this.service.url, person, options);
  }
}

/** Opens the demonstration before the tests of a file, and closes it after them; nothing of it where there is no browser. */
export const useDemonstration = (opened: (demonstration: Demonstration) => Promise<void> | void): void => {
  let demonstration: Demonstration | undefined;
  beforeAll(async () => {
    if (inChromium !== it) return;
    demonstration = new Demonstration(await DemonstrationService.start(NOW), await openChromium());
    await opened(demonstration);
  });
  afterAll(async () => {
    await demonstration?.browser.close();
    await demonstration?.service.stop();
  });
};

/** A window of its own with this page. */
export const windowWith = async (context: BrowserContext, path: string, size = WIDE): Promise<Page> => {
  const page = await context.newPage();
  await page.setViewportSize(size);
  await page.goto(path);
  return page;
};
