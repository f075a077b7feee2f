import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Watch } from '../../src/watch/watch.js';
import type { SignedInService } from '../access/service.js';
import { ASMITH, servicePages, signedIn } from './pages.js';

const SEND = 'ROLE_CUSTODY_WATCH__EVENTS__RW';
const READ = 'ROLE_CUSTODY_WATCH__ALERTS__RO';
const PEOPLE = ['A0001AA', 'A0002AA'];

let service: SignedInService;

/** At an instant, in XYI. */
const tell = async (type: string, at: string, data: object, prisonNumber?: string): Promise<void> => {
  service.clock.moveTo(Date.parse(at));
  const event = { type, prisonId: 'XYI', occurredAt: at, data, ...(prisonNumber !== undefined && { prisonNumber }) };
  const { status } = await service.send('/custody-events', event, await service.tokenOf([SEND], ['XYI']));
  expect(status).toBe(201);
};

const asked = async (path: string, prison = 'XYI') => {
  const answer = await service.ask(path, await service.tokenOf([READ], [prison]));
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};

const shown = async (path: string, prison = 'XYI'): Promise<string> => {
  const authorities = [READ, 'ROLE_CUSTODY_WATCH__HISTORY__RO'];
  const { browser } = await signedIn(service, { ...ASMITH, authorities, caseloads: [prison] });
  return (await browser.ask(path)).text;
};

beforeAll(async () => {
  service = await servicePages();
  await tell('StaffDetailsChanged', '2027-01-04T08:00:00Z', { staffId: '1001', name: 'Amara Okafor' });
  for (const person of PEOPLE)
    await tell('PrisonerReceived', '2027-01-04T09:00:00Z', { reason: 'NEW_ADMISSION' }, person);
  for (const person of PEOPLE) await tell('KeyWorkerAllocated', '2027-01-04T10:00:00Z', { staffId: '1001' }, person);
  await tell('KeyWorkerAvailabilityChanged', '2027-01-05T08:00:00Z', { staffId: '1001', status: 'INACTIVE' });
  await service.heard();
  await service.watchSettles();
  service.clock.moveTo(Date.parse('2027-01-13T09:00:00Z'));
  await service.app.get(Watch).tick(service.clock.now());
  await service.watchSettles();
});

afterAll(() => service.stop());

describe('a safety alert about a key worker', () => {
  it('is found by whom it is about, with whom they have now', async () => {
    const { body } = await asked('/safety-alerts?subject=key-worker:1001');
    expect(body['content']).toMatchObject([
      {
        rule: 'KW-05',
        prisonNumber: null,
        subject: { kind: 'key-worker', id: '1001', prisonId: 'XYI' },
        prisonId: 'XYI',
        raisedAt: '2027-01-13T00:00:00.000Z',
      },
    ]);
    const [{ id }] = body['content'] as unknown as [{ id: string }];
    const detail = await asked(`/safety-alerts/${id}`);
    expect(detail.body).toMatchObject({ id, prisonNumbers: PEOPLE, evidence: [{}, {}, {}] });
    expect((detail.body['evidence'] as unknown as { type: string }[]).map(({ type }) => type).sort()).toEqual([
      'KeyWorkerAllocated',
      'KeyWorkerAllocated',
      'KeyWorkerAvailabilityChanged',
    ]);
  });

  it('is not found by another key worker, nor by what is no subject', async () => {
    expect((await asked('/safety-alerts?subject=key-worker:1002')).body['content']).toEqual([]);
    expect((await asked('/safety-alerts?subject=1001')).status).toBe(400);
  });

  it('is not there for another prison', async () => {
    const { body } = await asked('/safety-alerts?subject=key-worker:1001');
    const [{ id }] = body['content'] as unknown as [{ id: string }];
    expect((await asked('/safety-alerts?subject=key-worker:1001', 'XYM')).body['content']).toEqual([]);
    expect((await asked(`/safety-alerts/${id}`, 'XYM')).status).toBe(404);
  });

  it('stands in the list under the name of the key worker, and its page names their people', async () => {
    const list = await shown('/alerts?view=open');
    expect(list).toContain('Key worker Amara Okafor');
    const [, address = ''] = /href="(\/alerts\/[\w-]+)">Key worker Amara Okafor/.exec(list) ?? [];
    const page = await shown(address);
    expect(page).toContain('Whom they have as key worker');
    for (const person of PEOPLE) expect(page).toContain(`href="/prisoners/${person}"`);
    expect(page).not.toContain('href=""');
  });

  it.each(PEOPLE)('is shown on the page of each of their people (%s)', async (person) => {
    expect(await shown(`/prisoners/${person}`)).toContain('Key worker away, and people still theirs');
  });
});
