import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ServiceApp } from '../http/service-app.js';

let service: ServiceApp;

beforeEach(async () => {
  service = await ServiceApp.start();
  for (const [type, data] of [
    ['PrisonerReceived', { reason: 'NEW_ADMISSION' }],
    ['BereavementNotified', {}],
  ] as const)
    await service
      .send({ type, prisonNumber: 'A1234BC', prisonId: 'XYI', occurredAt: '2026-11-20T10:05:00+00:00', data })
      .expect(201);
  await service.settle();
});

afterEach(() => service.stop());

/** In a minute of its own, so that each leaves a record. */
const ask = () => {
  service.clock.pass(60_000);
  return service.http.get('/safety-alerts').expect(200);
};
const recorded = async (): Promise<number> =>
  (await service.records()).filter(({ data }) => data['operation'] === 'listSafetyAlerts').length;

it('while the log cannot be written lists are still shown, marked stale; their records follow once, with the tick', async () => {
  await service.http.get('/safety-alerts').expect(200).expect(unmarked);
  service.fillTheDisk();
  let asked = 1;
  let answer = await ask();
  // What is left of the last page of the file takes some more.
  for (asked++; answer.headers['x-stale'] === undefined && asked < 500; asked++) answer = await ask();
  expect(answer.headers).toMatchObject({ 'x-stale': 'true', warning: '110 custody-watch "Response is Stale"' });
  expect((answer.body as { totalElements: number }).totalElements).toBeGreaterThan(0);
  await service.tickSpool();
  expect(await recorded()).toBe(asked - 1);
  service.makeSpace();
  await service.tickSpool();
  await service.tickSpool();
  expect(await recorded()).toBe(asked);
  await service.http.get('/safety-alerts').expect(200).expect(unmarked);
});

const unmarked = ({ headers }: { headers: Record<string, unknown> }): void => {
  expect(headers['x-stale']).toBeUndefined();
};
