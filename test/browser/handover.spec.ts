import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DemonstrationService } from '../http/demonstration.js';
import {
  accessibilityTroubles,
  complaintsOf,
  fitsAcross,
  inChromium,
  NARROW,
  openChromium,
  signedInContext,
  WIDE,
} from './chromium.js';

const PAGES = ['/handover', '/handover/print', '/handover/history'];

let service: DemonstrationService | undefined;
let browser: Browser;
let officer: BrowserContext;
let url: string;

beforeAll(async () => {
  if (inChromium !== it) return;
  service = await DemonstrationService.start(Date.parse('2026-11-22T09:00:00Z'));
  url = `http://127.0.0.1:${service.port}`;
  browser = await openChromium();
  officer = await signedInContext(browser, url, /Robin Lark/);
});
afterAll(async () => {
  if (!service) return;
  await browser.close();
  await service.stop();
});

const opened = async (path: string, size = WIDE, context = officer): Promise<Page> => {
  const page = await context.newPage();
  await page.setViewportSize(size);
  await page.goto(url + path);
  return page;
};

describe('the pages of the hand-over', () => {
  inChromium.each(PAGES)(
    'are for everybody, complain of nothing, and can be read at 400 per cent: %s',
    async (path) => {
      const page = await officer.newPage();
      const complaints = complaintsOf(page);
      await page.goto(url + path);
      expect(await accessibilityTroubles(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.setViewportSize(NARROW);
      expect(await fitsAcross(page)).toBe(true);
    },
  );

  inChromium('are marked on paper, and show no form there', async () => {
    const page = await opened('/handover');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('OFFICIAL-SENSITIVE').isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('heading', { name: /^Critical/ }).isVisible()).toBe(true);
  });

  inChromium('let the next shift read, sign and hand over with no script', async () => {
    const plain = await signedInContext(browser, url, /Robin Lark/, { javaScriptEnabled: false });
    const page = await opened('/handover', NARROW, plain);
    expect(await page.locator('article').innerText()).toContain('Quiet night.');
    await page.getByRole('button', { name: 'I have read this' }).click();
    expect(await page.locator('main').innerText()).toContain('You have signed the hand-over.');
    await page.getByLabel('Notes', { exact: true }).fill('Nothing to add.');
    await page.getByRole('button', { name: 'Hand over' }).click();
    expect(await page.locator('article').innerText()).toContain('You wrote this.');
    expect(await fitsAcross(page)).toBe(true);
  });
});
