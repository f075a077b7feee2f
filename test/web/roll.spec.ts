import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignedInService } from '../access/service.js';
import { ASMITH, servicePages, signedIn } from './pages.js';

let service: SignedInService;

beforeAll(async () => {
  service = await servicePages();
  for (const [who, prison] of [
    ['A0001AA', 'XYI'],
    ['A0002AA', 'XYM'],
  ] as const)
    await service.happens('PrisonerReceived', who, prison, { reason: 'NEW_ADMISSION' });
  await service.heard();
  const asAt = new Date(service.clock.now()).toISOString();
  const entries = [{ prisonNumber: 'A0002AA' }, { prisonNumber: 'A0009AA' }];
  const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__EVENTS__RW'], ['XYI'], 'BJONES_GEN');
  expect((await service.send('/prisons/XYI/roll', { asAt, entries }, token)).status).toBe(200);
});

afterAll(() => service.stop());

const shown = async (prison: string): Promise<string> => {
  const authorities = ['ROLE_CUSTODY_WATCH__ADMIN__RW'];
  const { browser } = await signedIn(service, { ...ASMITH, authorities, caseloads: [prison] });
  expect((await browser.ask('/')).text).toContain('href="/roll"');
  return (await browser.ask('/roll')).text;
};

describe('the page of roll checks', () => {
  it('tells administrators of a prison how its roll differs from what was recorded, and who checked it', async () => {
    const text = await shown('XYI');
    expect(text).toMatch(/XYI, as at [^<]*, checked by BJONES_GEN/);
    expect(text).toMatch(/A0009AA[^]*On the roll, and never recorded here/);
    expect(text).toMatch(/A0002AA[^<]*<[^A]*On the roll, and never recorded here/);
    expect(text).toMatch(/A0001AA[^]*Recorded here, and not on the roll/);
    expect(text).not.toContain('/prisoners/A0002AA');
    expect(text.slice(0, text.indexOf('</head>'))).not.toMatch(/A000/);
  });

  it('tells nobody that another prison holds somebody, unless it is theirs: neither the page nor the answer', async () => {
    expect(await shown('XYI')).not.toContain('recorded in XYM');
    const asAt = new Date(service.clock.now()).toISOString();
    const sent = { asAt, entries: [{ prisonNumber: 'A0002AA' }, { prisonNumber: 'A0009AA' }] };
    const findingsFor = async (...prisons: string[]) => {
      const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__EVENTS__RW'], prisons, 'BJONES_GEN');
      const answer = await service.send('/prisons/XYI/roll', sent, token);
      return JSON.stringify(await answer.json());
    };
    expect(await findingsFor('XYI')).not.toMatch(/XYM|"kind":"OTHER_PRISON"/);
    expect(await findingsFor('XYI', 'XYM')).toContain('"heldBy":"XYM"');
  });

  it('shows nobody of another prison', async () => {
    const text = await shown('XYM');
    expect(text).toContain('The roll of XYM has never been checked.');
    expect(text).not.toMatch(/A000/);
  });

  it('takes no roll of a prison in which the sender does not work', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__EVENTS__RW'], ['XYI']);
    const asAt = new Date(service.clock.now()).toISOString();
    const sent = { asAt, entries: [{ prisonNumber: 'A0001AA' }] };
    expect((await service.send('/prisons/XYM/roll', sent, token)).status).toBe(400);
  });
});
