import { describe, expect } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { accessibilityTroubles, complaintsOf, copyOf, fitsAcross, inChromium, NARROW, WIDE } from './chromium.js';
import { type Demonstration, useDemonstration } from './demonstration.js';

let demonstration: Demonstration;
/** Two people before a browser each, one of them without scripts. */
let scripted: BrowserContext;
let plain: BrowserContext;

useDemonstration(async (opened) => {
  demonstration = opened;
  demonstration.service.goOn();
  scripted = await demonstration.signIn(/Robin Lark/);
  plain = await demonstration.signIn(/Robin Lark/, { javaScriptEnabled: false, viewport: NARROW });
});

const open =
  (path: string) =>
  async (page: Page): Promise<void> => {
    await page.goto(path);
  };
/** Every form of an alert lies open, so that all of it is looked at. */
const openAlert = async (page: Page): Promise<void> => {
  const worst = demonstration.service.alerts.find(({ severity, state }) => severity === 'HIGH' && state === 'OPEN');
  await open(`/alerts/${worst?.id ?? ''}`)(page);
  for (const summary of await page.locator('details > summary').all()) await summary.click();
};
const search = (text: string) => async (page: Page) => {
  await open('/')(page);
  await page.getByLabel('Find a person').fill(text);
  await page.getByRole('button', { name: 'Search' }).click();
};
const select = async (page: Page): Promise<void> => {
  await open('/alerts?view=open')(page);
  for (const box of (await page.locator('input[name=alert]').all()).slice(0, 3)) await box.check();
};
const confirm = (action: string) => async (page: Page) => {
  await select(page);
  await page.getByRole('button', { name: `${action} selected` }).click();
};
const result = async (page: Page): Promise<void> => {
  await confirm('Acknowledge')(page);
  await page.getByRole('button', { name: 'Acknowledge' }).click();
};
const mistake = async (page: Page): Promise<void> => {
  await openAlert(page);
  await page.getByRole('button', { name: 'Resolve' }).click();
};

const PAGES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  home: open('/'),
  'what is to triage': open('/alerts'),
  'alerts that are closed': open('/alerts?view=closed&page=2'),
  'an empty list': open('/alerts?view=mine'),
  'a list with filters, one of them unknown': open('/alerts?view=open&severity=HIGH&severity=GRAVE&overdue=true'),
  'an alert': openAlert,
  'an alert with a mistake in a form': mistake,
  'nothing selected': async (page) => {
    await open('/alerts')(page);
    await page.getByRole('button', { name: 'Acknowledge selected' }).click();
  },
  'several alerts to acknowledge': confirm('Acknowledge'),
  'several alerts to assign': confirm('Assign'),
  'what became of several': result,
  'who was found': search('bi'),
  'nobody found': search('nobody of that name'),
  'no search yet': open('/search'),
  'people whom two prisons tell of': open('/pending'),
  'no record that cannot be read': open('/parked'),
  'no roll that was checked': open('/roll'),
  rules: open('/rules'),
  'rules by source': open('/rules/by-source'),
  'a rule': open('/rules/SEG-02'),
  help: open('/help'),
  glossary: open('/help/glossary'),
  'accessibility statement': open('/accessibility-statement'),
  location: open('/location'),
  'whom to be': open('/sign-in'),
  'signed out': open('/signed-out'),
  'a page that is not there': open('/nowhere'),
};

/** The browser says of any such answer that it failed. */
const ANSWERED = /status of (400|403|404|409)/;

const lookedAt = async (context: BrowserContext, visit: (page: Page) => Promise<void>) => {
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await visit(page);
  const copy = context === plain ? await copyOf(page, scripted) : page;
  const troubles = await accessibilityTroubles(copy);
  if (copy !== page) await copy.close();
  const fits = [];
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    fits.push(await fitsAcross(page));
  }
  const title = await page.title();
  await page.close();
  return { troubles, complaints: complaints.filter((text) => !ANSWERED.test(text)), fits, title };
};

const WELL = { troubles: [], complaints: [], fits: [true, true] };

describe.each(Object.entries(PAGES))('%s', (_name, visit) => {
  inChromium('can be read and worked by anybody, wide and narrow', async () => {
    const { title, ...found } = await lookedAt(scripted, visit);
    expect(found).toEqual(WELL);
    expect(title).toMatch(/\S – Custody Watch$/);
  });

  inChromium('can without scripts, on a screen of 320 pixels', async () => {
    expect(await lookedAt(plain, visit)).toMatchObject(WELL);
  });
});

describe('somebody who may not see alerts', () => {
  inChromium('reads why, on a page that anybody can read', async () => {
    const context = await demonstration.signIn(/Martin Finch/);
    expect(await lookedAt(context, open('/alerts'))).toMatchObject({
      ...WELL,
      title: expect.stringMatching(/permission/) as unknown,
    });
    expect(await lookedAt(context, open('/'))).toMatchObject(WELL);
    await context.close();
  });
});
