import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServiceApp } from '../http/service-app.js';
import { serviceWithOneAlert } from './one-alert.js';

const FORM = 'application/x-www-form-urlencoded';
let service: ServiceApp;
let id: string;

beforeAll(async () => {
  ({ service, id } = await serviceWithOneAlert());
});

afterAll(() => service.stop());

beforeEach(() => {
  service.logged.length = 0;
});

const send = (path: string, form?: string) => {
  const request = service.http.post(path).set('Accept', 'text/html');
  return form === undefined ? request : request.set('Content-Type', FORM).send(form);
};

describe('a form that leads on to another page', () => {
  it.each([
    ['/search', 'search=a1234bc', '/prisoners/A1234BC'],
    ['/alerts/confirm', 'action=acknowledge', '/alerts?view=triage&problem=none'],
  ])('does only that, and the service goes on: %s', async (path, form, to) => {
    const { status, headers } = await send(path, form);
    expect([status, headers['location']]).toEqual([303, to]);
    // What is wrong with an answer that has left comes out later.
    expect((await service.http.get('/ping')).status).toBe(200);
    expect(service.logged).toEqual([]);
  });
});

describe('a form that no page of ours sends', () => {
  const paths = (): string[] => [
    '/search',
    '/alerts/confirm',
    '/alerts/bulk',
    '/location',
    ...['acknowledge', 'assign', 'note', 'snooze', 'resolve', 'reopen'].map((action) => `/alerts/${id}/${action}`),
  ];
  const odd = [
    undefined,
    ['search', 'user', 'note', 'seen', 'whom', 'location', 'requestId'].map((name) => `${name}=1&${name}=2`).join('&'),
    '__proto__=1&constructor=2&search[toString]=3&seen=x',
  ];

  it('is refused with a clear error or has no effect, and is never a fault of the service', async () => {
    const before = await service.log();
    for (const path of paths().filter((one) => !one.endsWith('/acknowledge')))
      for (const form of odd) expect([path, form, (await send(path, form)).status < 500]).toEqual([path, form, true]);
    for (const form of odd.slice(1)) expect((await send(`/alerts/${id}/acknowledge`, form)).status).toBe(400);
    expect(service.logged).toEqual([]);
    expect(await service.log()).toEqual(before);
  });
});
