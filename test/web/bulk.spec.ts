import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceApp } from '../http/service-app.js';
import { serviceWithOneAlert } from './one-alert.js';

let service: ServiceApp;
let id: string;

beforeAll(async () => {
  ({ service, id } = await serviceWithOneAlert());
});

afterAll(() => service.stop());

/** Every hidden member of the first form of a page. */
const hiddenIn = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name = '', value]) => [
      name,
      (value ?? '').replaceAll('&amp;', '&'),
    ]),
  );

const send = (path: string, form: Readonly<Record<string, string>>) =>
  service.http.post(path).set('Accept', 'text/html').type('form').send(form);

const owner = async (): Promise<unknown> =>
  ((await service.http.get(`/safety-alerts/${id}`)).body as { assignedTo?: string }).assignedTo;

describe('several alerts at once', () => {
  it('leave alone what somebody else did meanwhile, and say who did what', async () => {
    const asked = await send('/alerts/confirm', { alert: id, action: 'assign' });
    await service.http.post(`/safety-alerts/${id}/assign`).send({ to: 'BJONES_GEN' });
    const result = await send('/alerts/bulk', { ...hiddenIn(asked.text), whom: 'me' });
    expect(result.text).toContain('0 of 1 done');
    expect(await owner()).toBe('BJONES_GEN');
  });

  it('are chosen anew where none is left to be seen', async () => {
    const { status, headers } = await send('/alerts/bulk', { alert: 'gone', action: 'acknowledge' });
    expect([status, headers['location']]).toEqual([303, '/alerts?view=triage&problem=none']);
  });
});
