import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LOCAL } from '../../src/access/caller.js';
import { HandoverProjection } from '../../src/handover/handover-projection.js';
import { WriteHandover } from '../../src/handover/write-handover.js';
import { KeyWorkProjection } from '../../src/key-work/figures/key-work-projection.js';
import { StoreUnavailable } from '../../src/store/errors.js';
import type { SubjectAccessContent } from '../../src/subject-access/subject-access.js';
import { SignedInService } from '../access/service.js';

const PERSON = 'A0001AA';
const CONCERN = 'Canary Concern said so';
const NOTE = 'Canary note of an officer';
const HANDED_OVER = 'Canary of the night about';

let service: SignedInService;
let token: string;
let alertId: string;

beforeAll(async () => {
  service = await SignedInService.start({}, false, 'clients:\n  subject-access: all\n');
  token = await service.tokenOf(['ROLE_SAR_DATA_ACCESS'], ['XYI'], 'SAR_GEN');
  await service.happens('PrisonerReceived', 'A0002AA', 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('PrisonerReceived', PERSON, 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('AcctOpened', PERSON, 'XYI', { concern: CONCERN });
  await service.happens('BereavementNotified', PERSON, 'XYI', {});
  await service.happens('PrisonerRecordsMerged', PERSON, 'XYI', { removedPrisonNumber: 'A0002AA' });
  alertId = service.alertOf(PERSON, 'FAM-02').id;
  const officer = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RW'], ['XYI'], 'OFFICER_GEN');
  await service.send(`/safety-alerts/${alertId}/note`, { note: NOTE }, officer);
  const written = { note: `${HANDED_OVER} A0002AA`, since: '2026-01-01T00:00:00Z', requestId: randomUUID() };
  const by = { ...LOCAL, name: 'NIGHT_GEN', prisons: new Set(['XYI']) };
  const position = await service.app.get(CommandBus).execute(new WriteHandover('XYI', by, written));
  await service.app.get(HandoverProjection).reached(position, new AbortController().signal);
});

afterAll(() => service.stop());

const ask = (query: string): Promise<Response> => service.ask(`/subject-access-request?${query}`, token);
const contentOf = async (query: string): Promise<SubjectAccessContent> =>
  ((await (await ask(query)).json()) as { content: SubjectAccessContent }).content;

describe('a subject access request', () => {
  it.each([
    ['is answered with what is held', `prn=${PERSON}`, 200],
    ['goes by the prison number where both are given', `prn=${PERSON}&crn=X123456`, 200],
    ['says that nothing is held of those days', `prn=${PERSON}&toDate=1999-12-31`, 204],
    ['says that a crn is no identifier of this service', 'crn=X123456', 209],
    ['needs one of the two', '', 400],
    ['needs one of the two, and not only its name', 'prn=&crn=', 400],
    ['needs a prison number that can be one', 'prn=12', 400],
    ['needs dates that are dates', `prn=${PERSON}&fromDate=2026-02-31`, 400],
  ])('%s', async (_, query, status) => {
    const answer = await ask(query);
    expect(answer.status).toBe(status);
    if (status === 204 || status === 209) expect(await answer.text()).toBe('');
  });

  it('is answered about people of other prisons only where the configuration says all, in words', async () => {
    const codeOf = async (query: string): Promise<unknown> => {
      const answer = await ask(query);
      return [answer.status, ((await answer.json()) as { errorCode: string }).errorCode];
    };
    await service.happens('PrisonerReceived', 'A0003AA', 'XYM', { reason: 'NEW_ADMISSION' });
    for (const number of ['A0003AA', 'A9999AA'])
      expect(await codeOf(`prn=${number}`)).toEqual([403, 'OUTSIDE_YOUR_PRISONS']);
    const all = await service.tokenOfClient('subject-access', ['ROLE_SAR_DATA_ACCESS']);
    const statusOf = async (number: string): Promise<number> =>
      (await service.ask(`/subject-access-request?prn=${number}`, all)).status;
    expect([await statusOf('A0003AA'), await statusOf('A9999AA')]).toEqual([200, 204]);
  });

  it('is not refused for good while nobody knows yet which prison holds whom', async () => {
    const unread = jest
      .spyOn(service.app.get(KeyWorkProjection), 'readable')
      .mockRejectedValue(new StoreUnavailable('The log has not been read yet.'));
    const answer = await ask(`prn=${PERSON}`);
    unread.mockRestore();
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5']);
    expect((await ask(`prn=${PERSON}`)).status).toBe(200);
  });

  it('tells events as they were sent, alerts, and what staff did and wrote, also of a number that was merged', async () => {
    const content = await contentOf(`prn=${PERSON}`);
    expect(content).toMatchObject({ prisonNumber: PERSON, formerPrisonNumbers: ['A0002AA'] });
    expect(content.custodyEvents.map(({ type, prisonNumber }) => [type, prisonNumber])).toEqual([
      ['PrisonerReceived', 'A0002AA'],
      ['PrisonerReceived', PERSON],
      ['AcctOpened', PERSON],
      ['BereavementNotified', PERSON],
      ['PrisonerRecordsMerged', PERSON],
    ]);
    expect(content.custodyEvents).toContainEqual(expect.objectContaining({ data: { concern: CONCERN } }));
    expect(content.safetyAlerts).toContainEqual(
      expect.objectContaining({
        id: alertId,
        history: expect.arrayContaining([
          expect.objectContaining({ transition: 'noted', by: 'OFFICER_GEN', note: NOTE }),
        ]) as unknown,
      }),
    );
  });

  it('tells the notes of hand-overs that name the person', async () => {
    const { handoverNotes } = await contentOf(`prn=${PERSON}`);
    const note = `${HANDED_OVER} A0002AA`;
    expect(handoverNotes).toEqual([{ prisonId: 'XYI', at: expect.any(String) as unknown, by: 'NIGHT_GEN', note }]);
  });

  it('tells nothing of who saw the person: that record has another purpose', async () => {
    expect(JSON.stringify(await contentOf(`prn=${PERSON}`))).not.toContain('SAR_GEN');
  });

  it('tells what was erased as erased', async () => {
    const admin = await service.tokenOf(['ROLE_CUSTODY_WATCH__ADMIN__RW'], ['XYI'], 'ADMIN_GEN');
    expect(
      (await service.send(`/prisoners/${PERSON}/erasure`, { reason: 'COURT_ORDER', confirmStillWatched: true }, admin))
        .status,
    ).toBe(200);
    const content = JSON.stringify(await contentOf(`prn=${PERSON}`));
    expect([content.includes(CONCERN), content.includes(NOTE), content.includes('(erased)')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('has a template that sets its content out for reading', async () => {
    const answer = await service.ask('/subject-access-request/template', token);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    const template = await answer.text();
    for (const member of ['custodyEvents', 'safetyAlerts', 'history', 'handoverNotes'])
      expect(template).toContain(`{{#${member}}}`);
  });
});
