import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignedInService } from '../access/service.js';
import type { Answer } from './browser.js';
import { ASMITH, servicePages, signedIn } from './pages.js';

const HOUR = 3_600_000;
const SEND = 'ROLE_CUSTODY_WATCH__EVENTS__RW';
/** XYI holds them, and XYM tells of the one and has received the other. */
const [WAITED_FOR, TAKEN] = ['A0001AA', 'A0002AA'];

let service: SignedInService;

beforeAll(async () => {
  service = await servicePages();
  for (const person of [WAITED_FOR, TAKEN])
    await service.happens('PrisonerReceived', person, 'XYI', { reason: 'NEW_ADMISSION' });
  service.clock.pass(HOUR);
  await tell('SelfHarmReported', WAITED_FOR);
  await tell('PrisonerReceived', TAKEN, { reason: 'TRANSFERRED' });
  await service.heard();
  await service.watchSettles();
});

afterAll(() => service.stop());

const tell = async (type: string, prisonNumber: string, data: object = {}): Promise<void> => {
  const event = { type, prisonNumber, prisonId: 'XYM', occurredAt: new Date(service.clock.now()).toISOString(), data };
  await service.send('/custody-events', event, await service.tokenOf([SEND], ['XYM']));
};

/** What somebody in a prison sees at an address. */
const shown = async (prison: string, path: string): Promise<Answer> => {
  const authorities = ['ROLE_CUSTODY_WATCH__ALERTS__RO', 'ROLE_CUSTODY_WATCH__HISTORY__RO'];
  const { browser } = await signedIn(service, { ...ASMITH, authorities, caseloads: [prison] });
  return browser.ask(path);
};

const NOTICE =
  /1 record about people whom another prison holds; 1 person received elsewhere, with no departure recorded/;

describe.each(['XYI', 'XYM'])('people whom two prisons tell of, in %s', (prison) => {
  it.each(['/', '/alerts'])('lead from %s to a page about them, which names nobody before', async (path) => {
    const { text } = await shown(prison, path);
    expect(text).toMatch(NOTICE);
    expect(text).toContain('href="/pending"');
    expect(text.slice(0, text.indexOf('</head>'))).not.toMatch(/A000/);
  });

  it('are on that page: what waits, and who was received elsewhere', async () => {
    const { status, text } = await shown(prison, '/pending');
    expect(status).toBe(200);
    expect(text).toContain(`XYM tells of ${WAITED_FOR}, whom XYI holds`);
    expect(text).toContain('Self-harm');
    expect(text).toMatch(new RegExp(`${TAKEN}[^]*XYM, \\d+ \\w+ \\d{4}[^]*XYI`));
  });

  it('are told of at the head of their own page when they were received elsewhere', async () => {
    const { status, text } = await shown(prison, `/prisoners/${TAKEN}`);
    expect(status).toBe(200);
    expect(text).toMatch(/Received at XYM on [^.]+\. No departure from XYI is recorded\./);
  });
});

describe('the page of the person of whom another prison tells', () => {
  it('says so in the prison that holds them', async () => {
    const { text } = await shown('XYI', `/prisoners/${WAITED_FOR}`);
    expect(text).toContain(`XYM tells of ${WAITED_FOR}, whom XYI holds.`);
  });

  it('is not opened to the prison that tells', async () => {
    expect((await shown('XYM', `/prisoners/${WAITED_FOR}`)).status).toBe(404);
    expect((await shown('XYM', '/pending')).text).not.toContain(`/prisoners/${WAITED_FOR}`);
  });
});

it('a prison that tells of nobody and holds nobody of them is told nothing', async () => {
  expect((await shown('XYX', '/')).text).not.toMatch(NOTICE);
  expect((await shown('XYX', '/pending')).text).not.toMatch(/A000/);
});

it('a former prison is not told where in the next one somebody is', async () => {
  await service.happens('CellMoved', TAKEN, 'XYM', { location: 'C-3-001', segregationUnit: false });
  expect((await shown('XYM', `/prisoners/${TAKEN}`)).text).toContain('C-3-001');
  for (const path of ['', '/events', '/review-pack'])
    expect((await shown('XYI', `/prisoners/${TAKEN}${path}`)).text).not.toContain('C-3-001');
});
