import { describe, expect } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { DEFINITIONS } from '../../src/key-work/figures/definitions.js';
import { accessibilityTroubles, complaintsOf, fitsAcross, inChromium, NARROW } from './chromium.js';
import { type Demonstration, useDemonstration, windowWith } from './demonstration.js';

let demonstration: Demonstration;
let overseer: BrowserContext;

useDemonstration(async (opened) => {
  demonstration = opened;
  overseer = await demonstration.signIn(/Martin Finch/);
});

const opened = (path: string, context = overseer): Promise<Page> => windowWith(context, path);
const figure = (page: Page, id: string) => page.locator(`#${id}`);

describe('the page of oversight', () => {
  inChromium('is for everybody, complains of nothing, and can be read at 400 per cent', async () => {
    const page = await overseer.newPage();
    const complaints = complaintsOf(page);
    await page.goto('/oversight');
    for (const details of await page.locator('details').all()) await details.locator('summary').click();
    expect(await accessibilityTroubles(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.setViewportSize(NARROW);
    expect(await fitsAcross(page)).toBe(true);
  });

  inChromium('names nobody, not in the download either', async () => {
    const page = await opened('/oversight');
    const csv = await overseer.request.get('/oversight.csv');
    for (const text of [await page.content(), await csv.text()]) expect(text).not.toMatch(/[A-Z]\d{4}[A-Z]{2}/);
    expect(csv.headers()['content-type']).toContain('text/csv');
  });

  inChromium('says under each figure how it is calculated, from its definition', async () => {
    const page = await opened('/oversight');
    const figures = await page.locator('.cw-figure').all();
    expect(figures).toHaveLength(7);
    for (const one of figures) expect(await one.getByText(/How this is calculated/).count()).toBe(1);
    const { says, version } = DEFINITIONS.sessionsHeld;
    const text = (await figure(page, 'delivered').locator('.cw-calculated').textContent()) ?? '';
    expect(text).toContain(`${says} Figure sessionsHeld, version ${version}.`);
    expect(await figure(page, 'delivered').textContent()).toContain('Compliance rate:');
  });

  inChromium('draws what its table says, and the download too', async () => {
    const page = await opened('/oversight?weeks=4');
    const delivered = figure(page, 'delivered');
    const held = await delivered.locator('svg rect title').allTextContents();
    await delivered.locator('summary').first().click();
    const table = await delivered.locator('tbody tr td:nth-child(2)').allTextContents();
    expect(held.map((says) => says.replace(/^.*: | sessions held$/g, ''))).toEqual(table);
    const csv = await (await overseer.request.get('/oversight.csv?weeks=4&figure=delivered')).text();
    const lines = csv.split('\r\n').filter((line) => line.startsWith('XYI,sessionsHeld,20'));
    expect(lines.map((line) => line.split(',')[3])).toEqual(table);
  });

  inChromium('shows all prisons first, sorted on request, then the chosen one, with no script', async () => {
    const plain = await demonstration.signIn(/Martin Finch/, { javaScriptEnabled: false });
    const page = await opened('/oversight', plain);
    await page.getByRole('link', { name: 'Prison', exact: true }).click();
    expect(await page.locator('.cw-summary tbody th').allTextContents()).toEqual([
      'Example Vale',
      'Example Park',
      'Example Marsh',
      'Example Hill',
    ]);
    expect(await page.locator('.cw-summary th[aria-sort="descending"]').textContent()).toBe('Prison');
    await page.getByRole('link', { name: 'Example Park' }).click();
    expect(await page.locator('#chosen').textContent()).toBe('Example Park (XYO), Wessex');
    await page.getByLabel('Period').selectOption('52');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('#chosen').textContent()).toBe('Example Park (XYO), Wessex');
    expect(await page.locator('#delivered tbody tr').count()).toBe(52);
  });

  inChromium('is closed to whoever works safety alerts only', async () => {
    const officer = await demonstration.signIn(/Robin Lark/);
    for (const path of ['/oversight', '/oversight.csv']) expect((await officer.request.get(path)).status()).toBe(403);
  });
});
