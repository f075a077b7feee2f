import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
import type { SignedInService } from '../access/service.js';
import { type Browser, csrfTokenIn } from './browser.js';
import { ASMITH, servicePages, signedIn } from './pages.js';

/** XYI holds the one, XYM the other; of both an event cannot be read. */
const [OWN, OTHER] = ['A0001AA', 'A0002AA'];

let service: SignedInService;
let browser: Browser;
let token: string;
let own: string;
let other: string;

beforeAll(async () => {
  service = await servicePages();
  await service.happens('PrisonerReceived', OWN, 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('PrisonerReceived', OTHER, 'XYM', { reason: 'NEW_ADMISSION' });
  own = await unreadableOf(OWN);
  other = await unreadableOf(OTHER);
  await service.heard();
  await service.watchSettles();
  const administrator = { ...ASMITH, authorities: ['ROLE_CUSTODY_WATCH__ADMIN__RW'], caseloads: ['XYI'] };
  const signed = await signedIn(service, administrator);
  browser = signed.browser;
  token = csrfTokenIn(signed.page);
});

afterAll(() => service.stop());

const unreadableOf = async (prisonNumber: string): Promise<string> => {
  const unknown = { id: crypto.randomUUID(), type: 'NotOfThisVersion', data: {}, metadata: {} };
  const store = service.app.get<EventStore>(EVENT_STORE);
  return (await store.append(`custodywatch_person-${prisonNumber}`, 0, [unknown])).position;
};

const send = (path: string, form: Readonly<Record<string, string>>) => browser.send(path, { ...form, _csrf: token });

describe('the page of records that cannot be read', () => {
  it('is led to, names whom a prison of the reader holds, and nobody else', async () => {
    expect((await browser.ask('/')).text).toContain('href="/parked"');
    const { status, text } = await browser.ask('/parked');
    expect(status).toBe(200);
    expect(text).toContain(OWN);
    expect(text).not.toContain(OTHER);
    expect(text).toContain('Somebody in another prison');
    expect(text.slice(0, text.indexOf('</head>'))).not.toMatch(/A000/);
  });

  it('asks why, and drops nothing before', async () => {
    const { status, text } = await send('/parked/drop', { position: own, because: '' });
    expect(status).toBe(400);
    expect(text).toContain('Choose why the record need not be read');
    expect(text).toContain(`href="#because-${own}"`);
  });

  it('drops nothing about somebody in another prison', async () => {
    expect((await send('/parked/drop', { position: other, because: 'DAMAGED' })).status).toBe(404);
    expect((await send('/parked/retry', { position: other })).status).toBe(404);
  });

  it('drops a record, and says that the service reads everything again', async () => {
    const { status, text } = await send('/parked/drop', { position: own, because: 'DAMAGED' });
    expect(status).toBe(200);
    expect(text).toContain('The record is dropped.');
    const noted = (await service.log()).filter(({ type }) => type === 'ParkedEventDropped');
    expect(noted).toMatchObject([{ data: { by: 'ASMITH_GEN', because: 'DAMAGED' } }]);
  });

  it('has all records read again', async () => {
    const { status, text } = await send('/parked/retry', {});
    expect(status).toBe(200);
    expect(text).toContain('reading everything again');
  });
});
