import { afterEach, describe, expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DemonstrationService } from '../http/demonstration.js';
import { complaintsOf, inChromium, WIDE } from './chromium.js';
import { type Demonstration, useDemonstration } from './demonstration.js';

/** Nobody has to press a key more often than this to get anywhere. */
const MOST_KEYS = 120;

let demonstration: Demonstration;
let service: DemonstrationService;
const contexts: BrowserContext[] = [];

useDemonstration((opened) => {
  demonstration = opened;
  ({ service } = demonstration);
  service.goOn();
});

afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});

/** A window of somebody who works alerts, in a browser of their own. */
const windowOf = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
  const context = await demonstration.signIn(/Robin Lark/, options);
  contexts.push(context);
  return context.newPage();
};

/** One that is new and may be worked in every way, and that nobody has touched. */
const newAlert = () => {
  const found = service.alerts.find(({ state, severity }) => state === 'OPEN' && severity === 'HIGH');
  if (!found) throw new Error('The demonstration has no new alert left.');
  return found;
};

/** What has the focus: its words, and whether one can see that it has it. */
const FOCUS = `(() => {
  const at = document.activeElement;
  const label = at.labels?.[0];
  const styles = [getComputedStyle(at), getComputedStyle(at, '::before'), ...(label ? [getComputedStyle(label, '::before')] : [])];
  const seen = styles.some((s) => (s.outlineStyle !== 'none' && s.outlineWidth !== '0px' && s.outlineColor !== 'rgba(0, 0, 0, 0)')
    || s.boxShadow !== 'none' || s.backgroundColor === 'rgb(255, 221, 0)');
  return { words: (label?.innerText ?? at.innerText ?? '').trim(), seen };
})()`;

/** Goes on with the Tab key alone, until the focus is on something with these words; it is to be seen at every step. */
const tabTo = async (page: Page, words: RegExp): Promise<void> => {
  for (let pressed = 0; pressed < MOST_KEYS; pressed++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate<{ words: string; seen: boolean }>(FOCUS);
    if (focus.words !== '') expect(focus).toMatchObject({ seen: true });
    if (words.test(focus.words)) return;
  }
  throw new Error(`No ${String(words)} within ${MOST_KEYS} steps.`);
};

describe('a safety alert', () => {
  inChromium('is worked with the keyboard alone, from sign-in to resolved, and reopened', async () => {
    const context = await demonstration.browser.newContext({ viewport: WIDE });
    contexts.push(context);
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(service.url);
    await tabTo(page, /^Robin Lark/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Sign in$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${service.url}/`);
    await tabTo(page, /^To triage$/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/alerts?view=triage');
    await tabTo(page, /^[A-Z]\w+, [A-Z]\w+/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/alerts\/[0-9a-f-]{36}$/);
    await tabTo(page, /^Acknowledge$/);
    await page.keyboard.press('Enter');
    await page.getByText('You have acknowledged this safety alert.').first().waitFor();
    await tabTo(page, /^Resolve by hand$/);
    await page.keyboard.press('Space');
    await tabTo(page, /^It was done, but cannot be recorded/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Note \(needed\)$/);
    await page.keyboard.type('The chaplain saw him at noon.');
    await tabTo(page, /^Resolve$/);
    await page.keyboard.press('Enter');
    await page.getByText('This is still true:').first().waitFor();
    await tabTo(page, /^I am closing it although it is still true$/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Resolve$/);
    await page.keyboard.press('Enter');
    await page.getByText('The safety alert has been resolved.').first().waitFor();
    await tabTo(page, /^Reopen$/);
    await page.keyboard.press('Enter');
    await page.getByText('The safety alert has been reopened.').first().waitFor();
    // The page that asks to confirm.
    expect(complaints).toEqual([expect.stringContaining('409 (Conflict)')]);
  });

  inChromium('that two work at once shows the second what the first did, and loses nothing of either', async () => {
    const { id } = newAlert();
    const [first, second] = [await windowOf(), await windowOf({ javaScriptEnabled: false })];
    for (const page of [first, second]) await page.goto(`/alerts/${id}`);
    await first.getByRole('button', { name: 'Acknowledge' }).click();
    await first.getByText('You have acknowledged this safety alert.').first().waitFor();
    const resolve = async () => {
      await second.getByRole('button', { name: 'Resolve' }).click();
    };
    await second.getByText('Resolve by hand').click();
    await second.locator('#resolve-reasonCode-6').check();
    await second.locator('#resolve-note').fill('The chaplain saw him at noon.');
    await resolve();
    const told = second.getByRole('alert');
    expect(await told.innerText()).toMatch(/Somebody else has changed this safety alert.*Acknowledged by RLARK_DEMO/s);
    expect(await second.locator('#resolve-note').inputValue()).toBe('The chaplain saw him at noon.');
    expect(await second.locator('input[name=reasonCode][value=OTHER]').last().isChecked()).toBe(true);
    expect(service.alerts.map((alert) => alert.id)).toContain(id);
    await resolve();
    await second.getByLabel('I am closing it although it is still true').check();
    await resolve();
    await second.getByText('The safety alert has been resolved.').first().waitFor();
    const history = await second.locator('ol.cw-events').last().innerText();
    expect(history).toMatch(/Raised.*Acknowledged.*Resolved.*The chaplain saw him at noon\./s);
  });
});

describe('a search', () => {
  inChromium.each([true, false])(
    'is there again on the way back from somebody, scripts: %s',
    async (javaScriptEnabled) => {
      const page = await windowOf({ javaScriptEnabled });
      await page.goto('/');
      await page.getByLabel('Find a person').fill('bi');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.waitForURL('/search');
      const found = await page.locator('.cw-found').innerText();
      await page.locator('.cw-found a').first().click();
      await page.waitForURL('**/prisoners/*');
      await page.goBack();
      expect(page.url()).toBe(`${service.url}/search`);
      expect(await page.locator('.cw-found').innerText()).toBe(found);
      expect(await page.getByLabel('Find a person').inputValue()).toBe('bi');
      await page.goBack();
      expect(page.url()).toBe(`${service.url}/`);
    },
  );
});

describe('the list of safety alerts', () => {
  inChromium('tells of what is new without moving, and shows it on demand, also after the line was cut', async () => {
    const page = await windowOf();
    await page.goto('/alerts?view=open&rule=FAM-02');
    const place = () => page.locator('#list').boundingBox();
    const [before, rows] = [await place(), await page.locator('tbody tr').count()];
    const bereaved = service.alerts
      .filter(({ rule }) => rule === 'FAM-02')
      .flatMap(({ prisonNumber }) => prisonNumber ?? []);
    const unseen = service.alerts.filter(({ rule }) => rule === 'KW-01');
    const others = new Set(unseen.flatMap(({ prisonNumber }) => prisonNumber ?? []));
    const [one = '', other = ''] = [...others].filter((prisonNumber) => !bereaved.includes(prisonNumber));
    await service.happens('BereavementNotified', one);
    await page.getByText('1 new safety alert.').waitFor();
    expect([await place(), await page.locator('tbody tr').count()]).toEqual([before, rows]);
    service.cutConnections();
    await service.happens('BereavementNotified', other);
    await page.getByText('2 new safety alerts.').waitFor();
    expect(await place()).toEqual(before);
    await page.getByRole('link', { name: 'Show them' }).click();
    for (const who of [one, other]) await page.getByLabel(new RegExp(`, ${who}$`)).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(rows + 2);
  });

  inChromium('can be asked again where there are no scripts', async () => {
    const page = await windowOf({ javaScriptEnabled: false });
    await page.goto('/alerts?view=open&severity=HIGH');
    await page.getByRole('link', { name: 'Refresh' }).click();
    expect(page.url()).toBe(`${service.url}/alerts?view=open&severity=HIGH`);
  });

  inChromium('has its filters, order and page in the address, and the way back works', async () => {
    const page = await windowOf();
    await page.goto('/alerts?view=open');
    await page.getByLabel('High', { exact: true }).check();
    await page.getByRole('button', { name: 'Apply filters' }).click();
    await page.getByRole('link', { name: /Sort by\s+Raised/ }).click();
    await page.getByRole('link', { name: /^Next/ }).click();
    const query = (name: string) => new URL(page.url()).searchParams.get(name);
    expect([query('severity'), query('sort'), query('page')]).toEqual(['HIGH', 'raisedAt,desc', '2']);
    expect(await page.locator('th[aria-sort=descending]').innerText()).toContain('Raised');
    expect(new Set(await page.locator('.cw-severity').allInnerTexts())).toEqual(new Set(['High']));
    await page.goBack();
    expect([query('sort'), query('page')]).toEqual(['raisedAt,desc', null]);
    await page.getByRole('link', { name: /Remove filter High/ }).click();
    expect(query('severity')).toBeNull();
  });

  inChromium('works several at once, says what became of each, and does nothing twice', async () => {
    const page = await windowOf();
    const acknowledged = page.locator('.cw-event__what', { hasText: 'Acknowledged' });
    await page.goto('/alerts?view=triage');
    const boxes = (await page.locator('input[name=alert]').all()).slice(0, 3);
    const ids = await Promise.all(boxes.map((box) => box.inputValue()));
    await page.goto(`/alerts/${ids[0] ?? ''}`);
    // The first may have been acknowledged, closed and reopened before.
    const before = await acknowledged.count();
    await page.goBack();
    for (const box of boxes) await box.check();
    await page.getByRole('button', { name: 'Acknowledge selected' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Acknowledge 3 safety alerts?');
    const other = await windowOf({ javaScriptEnabled: false });
    await other.goto(`/alerts/${ids[1] ?? ''}`);
    await other.getByText('Resolve by hand').click();
    await other.getByLabel('It is based on a record that is wrong').check();
    await other.locator('#resolve-note').fill('The record is of somebody else.');
    await other.getByRole('button', { name: 'Resolve' }).click();
    await other.getByLabel('I am closing it although it is still true').check();
    await other.getByRole('button', { name: 'Resolve' }).click();
    await other.getByText('The safety alert has been resolved.').first().waitFor();
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    const became = async () => [
      await page.getByRole('heading', { level: 1 }).innerText(),
      await page.locator('tbody td:last-child').allInnerTexts(),
    ];
    const once = [
      '2 of 3 done',
      ['Acknowledged', expect.stringMatching(/^Resolved by RLARK_DEMO, /) as unknown, 'Acknowledged'],
    ];
    expect(await became()).toEqual(once);
    await page.reload();
    expect(await became()).toEqual(once);
    await page.goto(`/alerts/${ids[0] ?? ''}`);
    expect(await acknowledged.count()).toBe(before + 1);
  });
});
