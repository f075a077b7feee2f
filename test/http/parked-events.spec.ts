import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PeopleProjection } from '../../src/custody/people/people-projection.js';
import { ServiceApp } from './service-app.js';

const UNKNOWN = '0d9b4f0c-59f1-4c76-8e52-2f6f5d7f0a03';

let service: ServiceApp;
/** Where the event stands that cannot be read. */
let position: string;

beforeEach(async () => {
  service = await ServiceApp.start();
  const occurredAt = new Date(service.estate.clock.now()).toISOString();
  const about = { prisonNumber: 'A0001AA', prisonId: 'XYI', occurredAt };
  await service.send({ type: 'PrisonerReceived', ...about, data: { reason: 'NEW_ADMISSION' } }).expect(201);
  const unknown = {
    id: UNKNOWN,
    type: 'NotOfThisVersion',
    data: { text: 'what it says' },
    metadata: { knownAt: occurredAt },
  };
  ({ position } = await service.estate.store.append('test_person-A0001AA', 0, [unknown]));
  await service.settle();
  await service.get(PeopleProjection).reached(position, new AbortController().signal);
});
afterEach(() => service.stop());

const list = async () => ((await service.http.get('/parked-events').expect(200)).body as { content: object[] }).content;
const noted = async () => (await service.log()).filter(({ stream }) => stream === 'test_parked');

describe('an event that cannot be read', () => {
  it('is told with its position, its kind and whom it is about, and not with what it says', async () => {
    const { text } = await service.http.get('/parked-events').expect(200);
    expect(JSON.parse(text)).toEqual({
      content: [
        {
          position,
          kind: 'custody-event',
          type: 'NotOfThisVersion',
          prisonNumber: 'A0001AA',
          reason: 'UNREADABLE_CUSTODY_EVENT',
          knownAt: '2026-11-22T09:00:00.000Z',
          dropped: null,
          mayDecide: true,
        },
      ],
    });
    expect(text).not.toContain('what it says');
  });

  it('is dropped by somebody, and the log keeps who and why', async () => {
    await service.http.post('/parked-events/drop').send({ position, because: 'NOT_OURS' }).expect(204);
    await service.http.post('/parked-events/drop').send({ position, because: 'NOT_OURS' }).expect(204);
    expect(await noted()).toMatchObject([
      {
        type: 'ParkedEventDropped',
        data: {
          ...{ stream: 'person-A0001AA', id: UNKNOWN, prisonNumber: 'A0001AA', by: 'local' },
          ...{ reason: 'UNREADABLE_CUSTODY_EVENT', because: 'NOT_OURS' },
        },
      },
    ]);
    expect(await service.records()).toContainEqual(
      expect.objectContaining({
        data: expect.objectContaining({
          operation: 'dropParkedEvent',
          access: 'change',
          prisonNumbers: ['A0001AA'],
        }) as unknown,
      }),
    );
  });

  it('is read again when somebody wants it, alone or with all', async () => {
    expect((await service.http.post('/parked-events/retry').send({}).expect(200)).body).toEqual({ events: 1 });
    expect((await service.http.post('/parked-events/retry').send({ position }).expect(200)).body).toEqual({
      events: 1,
    });
    expect((await noted()).map(({ type }) => type)).toEqual(['ParkedEventRetried', 'ParkedEventRetried']);
  });
});

describe('what is to become of an event', () => {
  it.each([
    [{ because: 'NOT_OURS' }, 'position'],
    [{ position: 7, because: 'NOT_OURS' }, 'position'],
    [{ position: '7' }, 'because'],
    [{ position: '7', because: 'I_SAY_SO' }, 'because'],
    [[], 'position'],
  ])('is refused where it is not said: %j', async (body, field) => {
    const answer = await service.http.post('/parked-events/drop').send(body).expect(400);
    expect(answer.body).toMatchObject({ errorCode: 'INVALID_PARKED_DECISION', errors: [{ field }] });
    expect(await noted()).toEqual([]);
  });

  it('is refused for a position at which nothing is set aside', async () => {
    const answer = await service.http
      .post('/parked-events/drop')
      .send({ position: '1', because: 'DAMAGED' })
      .expect(404);
    expect(answer.body).toMatchObject({ errorCode: 'NO_SUCH_PARKED_EVENT' });
    await service.http.post('/parked-events/retry').send({ position: '1' }).expect(404);
    expect(await list()).toHaveLength(1);
  });
});
