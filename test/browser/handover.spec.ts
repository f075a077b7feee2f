import { describe, expect } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { accessibilityTroubles, complaintsOf, fitsAcross, inChromium, NARROW, WIDE } from './chromium.js';
import { type Demonstration, useDemonstration, windowWith } from './demonstration.js';

const PAGES = ['/handover', '/handover/print', '/handover/history'];

let demonstration: Demonstration;
let officer: BrowserContext;

useDemonstration(async (opened) => {
  demonstration = opened;
  officer = await demonstration.signIn(/Robin Lark/);
});

const opened = (path: string, size = WIDE, context = officer): Promise<Page> => windowWith(context, path, size);

describe('the pages of the hand-over', () => {
  inChromium.each(PAGES)(
    'are for everybody, complain of nothing, and can be read at 400 per cent: %s',
    async (path) => {
      const page = await officer.newPage();
      const complaints = complaintsOf(page);
      await page.goto(path);
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

  inChromium('have everything on paper, and on the page where it is asked for', async () => {
    const page = await opened('/handover');
    const group = page.locator('.cw-group', { has: page.locator('#new') });
    const said = await group.getByText('Only the first 25 of').innerText();
    const all = Number(/of ([\d,]+) are shown/.exec(said)?.[1]);
    await group.getByRole('link', { name: /^Show all/ }).click();
    await page.waitForLoadState();
    expect(await group.locator('tbody tr').count()).toBe(all);
    await page.goto('/handover/print');
    expect(await group.locator('tbody tr').count()).toBe(all);
    expect(await page.getByText('Only the first').count()).toBe(0);
  });

  inChromium('let the next shift read, sign and hand over with no script', async () => {
    const plain = await demonstration.signIn(/Robin Lark/, { javaScriptEnabled: false });
    const page = await opened('/handover', NARROW, plain);
    expect(await page.locator('article').innerText()).toContain('Quiet night.');
    await page.getByRole('button', { name: 'I have read this' }).click();
    expect(await page.locator('main').innerText()).toContain('You have signed the hand-over.');
    await page.getByLabel('Notes', { exact: true }).fill('Nothing to add.');
    await page.getByRole('button', { name: 'Hand over' }).click();
    expect(await page.locator('article').innerText()).toContain(
      'You wrote this, so somebody on the next shift must sign it.',
    );
    expect(await fitsAcross(page)).toBe(true);
  });
});
