import { NOW, ServiceApp } from '../http/service-app.js';

const HOUR = 3_600_000;

/** A service that shows its pages to whoever is at this machine, with one open safety alert, and its id. */
export const serviceWithOneAlert = async (): Promise<{ readonly service: ServiceApp; readonly id: string }> => {
  const service = await ServiceApp.start();
  const at = (hours: number) => new Date(NOW - hours * HOUR).toISOString();
  const somebody = { prisonNumber: 'A1234BC', prisonId: 'XYI' };
  await service.send([
    { ...somebody, type: 'PrisonerReceived', occurredAt: at(3), data: { reason: 'NEW_ADMISSION' } },
    { ...somebody, type: 'BereavementNotified', occurredAt: at(2), data: {} },
  ]);
  await service.settle();
  const list = (await service.http.get('/safety-alerts')).body as {
    readonly content: readonly { readonly id: string }[];
  };
  return { service, id: list.content[0]?.id ?? '' };
};
