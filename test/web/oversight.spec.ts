import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ServiceApp } from '../http/service-app.js';

let service: ServiceApp;
beforeAll(async () => {
  service = await ServiceApp.start();
});
afterAll(() => service.stop());

const oversight = async (): Promise<string> => {
  const { text } = await service.http.get('/oversight').set('Accept', 'text/html').expect(200);
  return text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
};

it('oversight sees which rules help, by what was said when safety alerts were closed', async () => {
  const happens = (type: string, at: string, data: object) =>
    service.send({ type, prisonNumber: 'A1234BC', prisonId: 'XYI', occurredAt: at, data }).expect(201);
  await happens('PrisonerReceived', '2026-11-01T10:00:00Z', { reason: 'NEW_ADMISSION' });
  await happens('BereavementNotified', '2026-11-22T08:00:00Z', {});
  await service.settle();
  expect(await oversight()).toContain('Nobody who closed a safety alert has said yet whether it was useful.');
  const { text } = await service.http.get('/safety-alerts?rule=FAM-02').expect(200);
  const { id } = (JSON.parse(text) as { content: [{ id: string }] }).content[0];
  await service.http
    .post(`/safety-alerts/${id}/resolve`)
    .send({ reasonCode: 'NOT_APPLICABLE', useful: 'no' })
    .expect(200);
  await service.settle();
  expect(await oversight()).toMatch(/Useful, of those answered FAM-02 [^0-9]+ 0 1 0 0\.0%/);
});
