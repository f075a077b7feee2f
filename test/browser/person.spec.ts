import { describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { pagesOf, readsPdf } from '../pdf.js';
import { accessibilityTroubles, complaintsOf, fitsAcross, inChromium, NARROW, WIDE } from './chromium.js';
import { useDemonstration, windowWith } from './demonstration.js';

const printsPdf = inChromium === it ? readsPdf : inChromium;
const PERSON = '/prisoners/Z0001ZZ';
const PAGES = ['', '/events', '/review-pack'];

let coordinator: BrowserContext;
let withoutScripts: BrowserContext;

useDemonstration(async (demonstration) => {
  coordinator = await demonstration.signIn(/Case Co-ordinator/);
  withoutScripts = await demonstration.signIn(/Case Co-ordinator/, { javaScriptEnabled: false });
});

const opened = (path: string, size = WIDE, context = coordinator): Promise<Page> =>
  windowWith(context, PERSON + path, size);

describe('the pages about somebody', () => {
  inChromium.each(PAGES)('are for everybody, and complain of nothing: %s', async (path) => {
    const page = await coordinator.newPage();
    const complaints = complaintsOf(page);
    await page.goto(PERSON + path);
    expect(await page.locator('h1').textContent()).toBe('Aster, Clyde');
    expect(await accessibilityTroubles(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  inChromium.each(PAGES)('can be read at 400 per cent, and with no script: %s', async (path) => {
    const narrow = await opened(path, NARROW);
    expect(await fitsAcross(narrow)).toBe(true);
    expect(await accessibilityTroubles(narrow)).toEqual([]);
    const plain = await opened(path, NARROW, withoutScripts);
    expect(await plain.locator('main').innerText()).toContain('ACCT');
    expect(await fitsAcross(plain)).toBe(true);
  });

  inChromium('show the whole picture without scrolling on a wide screen, its text at 12 pixels or more', async () => {
    const page = await opened('');
    const picture = page.locator('svg.cw-picture');
    const box = await picture.boundingBox();
    const pane = await page.locator('figure .cw-table-pane').first().boundingBox();
    expect(box?.width).toBeLessThanOrEqual((pane?.width ?? 0) + 1);
    const sizes: number[] = await page.evaluate(
      `Array.from(document.querySelectorAll('svg.cw-picture text'), (text) => parseFloat(getComputedStyle(text).fontSize))`,
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
    expect(await picture.getAttribute('aria-labelledby')).toBe('picture-title picture-desc');
  });

  inChromium('say what was typed wrong, beside it and above', async () => {
    const page = await opened('?from=31/2/2026');
    await page.getByRole('link', { name: 'Date from must be a real date' }).click();
    expect(await page.locator('#from').inputValue()).toBe('31/2/2026');
    expect(await accessibilityTroubles(page)).toEqual([]);
  });

  inChromium('show what was known at a time, chosen without a script', async () => {
    const page = await opened('/events', WIDE, withoutScripts);
    await page.getByLabel('As at', { exact: true }).fill('1/11/2026');
    await page.getByLabel('Time', { exact: true }).fill('9:00');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    expect(await page.locator('main').innerText()).toContain('This is what was known at 1 November 2026, 09:00');
  });
});

describe('the printed review pack', () => {
  inChromium('is led to by a button, recorded first, and opens the print window by itself', async () => {
    const page = await coordinator.newPage();
    await page.addInitScript('window.print = () => { window.hasPrinted = true; }');
    await page.goto(`${PERSON}/review-pack`);
    await page.getByRole('button', { name: 'Print this pack' }).click();
    await page.waitForURL(/printing=yes/);
    expect(await page.evaluate('window.hasPrinted')).toBe(true);
    expect(await page.locator('main').innerText()).toContain('The print has been recorded.');
  });

  inChromium('is led to by the same button where there is no script', async () => {
    const page = await opened('/review-pack', WIDE, withoutScripts);
    await page.getByRole('button', { name: 'Print this pack' }).click();
    expect(page.url()).toMatch(/printing=yes$/);
    expect(await page.locator('main').innerText()).toContain('Ctrl and P together');
  });

  printsPdf('bears marking, prison number and page on every sheet, and nothing that is not for paper', async () => {
    const page = await opened('/review-pack');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const sheets = pagesOf(pdf);
    expect(sheets.length).toBeGreaterThan(1);
    for (const [index, sheet] of sheets.entries()) {
      expect(sheet).toMatch(/Prison number Z0001ZZ +OFFICIAL-SENSITIVE/);
      expect(sheet).toContain(`Page ${index + 1} of ${sheets.length}`);
    }
    expect(sheets.join('\n')).not.toMatch(/Print this pack|Show period|Sign out|Skip to main content/);
    expect(sheets.join('\n')).toContain('Signatures');
  });
});
