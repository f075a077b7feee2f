import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { SignedInService } from '../access/service.js';
import { csrfTokenIn } from './browser.js';
import { servicePages, signedIn } from './pages.js';

let service: SignedInService;
beforeAll(async () => {
  service = await servicePages();
  await service.happens('PrisonerReceived', 'A0001AA', 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('BereavementNotified', 'A0001AA', 'XYI', {});
});
afterAll(() => service.stop());

it('several alerts are worked after a page that asks again, and on record; choosing none leads back to the list', async () => {
  const { browser } = await signedIn(service);
  const form = { _csrf: csrfTokenIn(await browser.open('/alerts')), action: 'acknowledge', from: '/alerts?view=open' };
  const none = await browser.send('/alerts/confirm', form, '/alerts');
  expect([none.status, none.location]).toEqual([303, '/alerts?view=open&problem=none']);
  const alert = service.alertOf('A0001AA', 'FAM-02').id;
  const again = await browser.send('/alerts/confirm', { ...form, alert }, '/alerts');
  expect([again.status, again.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(again.text).toContain('Acknowledge 1 safety alert?');

  const requestId = /name="requestId" value="([^"]*)"/.exec(again.text)?.[1] ?? '';
  const done = await browser.send('/alerts/bulk', { ...form, alert, requestId }, '/alerts/confirm');
  expect(done.text).toContain('Acknowledged');
  const admin = await service.tokenOf(['ROLE_CUSTODY_WATCH__ADMIN__RW'], ['XYI'], 'ADMIN');
  const records = await (await service.ask('/access-records?prisonNumber=A0001AA', admin)).text();
  for (const operation of ['chooseSafetyAlerts', 'workSafetyAlerts']) expect(records).toContain(operation);
});
