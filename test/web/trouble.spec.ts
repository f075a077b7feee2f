import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import { ServiceApp } from '../http/service-app.js';

let service: ServiceApp;
let id: string;

beforeAll(async () => {
  service = await ServiceApp.start();
  const happens = (type: string, at: string, data: object) =>
    service.send({ type, prisonNumber: 'A1234BC', prisonId: 'XYI', occurredAt: at, data }).expect(201);
  await happens('PrisonerReceived', '2026-11-01T10:00:00Z', { reason: 'NEW_ADMISSION' });
  await happens('BereavementNotified', '2026-11-22T08:00:00Z', {});
  await service.settle();
  const { text } = await service.http.get('/safety-alerts?rule=FAM-02').expect(200);
  id = (JSON.parse(text) as { content: [{ id: string }] }).content[0].id;
});

afterAll(() => service.stop());

const asPerson = { Accept: 'text/html' };
const asProgram = { Accept: 'application/json' };

describe('what went wrong', () => {
  it('is a page for people, and an answer of the API for programs', async () => {
    const page = await service.http.get('/nowhere').set(asPerson).expect(404);
    expect(page.text).toMatch(/<title>Page not found &ndash; Custody Watch<\/title>/);
    const answer = await service.http.get('/nowhere').set(asProgram).expect(404);
    expect(answer.body).toMatchObject({ status: 404, errorCode: 'NOT_FOUND' });
  });

  it.each(['/prisoners/foo', '/prisoners/foo/events', '/prisoners/foo/review-pack'])(
    'says at %s what a prison number looks like',
    async (path) => {
      const page = await service.http.get(path).set(asPerson).expect(400);
      expect(page.text).toContain('A prison number is a letter, four digits and two letters, such as A1234BC.');
      expect(page.text).not.toMatch(/prisonNumber|See errors/);
    },
  );

  it('names any other field of an address that cannot be read, as it was written', async () => {
    const page = await service.http.get('/safety-alerts?%3Cb%3E=1').set(asPerson).expect(400);
    expect(page.text).toContain('“&lt;b&gt;” in the web address cannot be read.');
  });

  it('says nothing of itself where nobody foresaw it', async () => {
    const broken = jest.spyOn(service.get(QueryBus), 'execute').mockRejectedValue(new Error('Smith, John'));
    const page = await service.http.get('/alerts').set(asPerson).expect(500);
    expect(page.text).toMatch(/Sorry, there is a problem with the service.*Code: INTERNAL_ERROR/s);
    const answer = await service.http.get('/alerts').set(asProgram).expect(500);
    expect(answer.body).toMatchObject({ errorCode: 'INTERNAL_ERROR' });
    broken.mockRestore();
    expect(page.text + answer.text + service.logged.join()).not.toContain('Smith');
  });

  it('is told with the time as of which all is known, where the log cannot be written', async () => {
    service.fillTheDisk();
    const send = (accept: object) =>
      service.http
        .post(`/alerts/${id}/note`)
        .set(accept as Record<string, string>)
        .type('form')
        .send({ note: 'x'.repeat(4000) });
    const page = await send(asPerson).expect(503);
    expect(page.text).toMatch(
      /The log cannot be reached.*recorded up to 22 November 2026, 09:\d\d\..*may not have been saved/s,
    );
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'retry-after': '5' });
    expect((await send(asProgram).expect(503)).body).toMatchObject({ errorCode: 'STORE_UNAVAILABLE' });
    service.makeSpace();
    const alert = await service.http.get(`/alerts/${id}`).set(asPerson).expect(200);
    expect(alert.text).not.toContain('xxx');
  });
});

describe('the address of a safety alert', () => {
  it.each(['acknowledge', 'assign', 'note', 'snooze', 'resolve', 'reopen', 'everything'])(
    'that says done=%s of one that was left alone has nothing said on the page',
    async (action) => {
      const { text } = await service.http.get(`/alerts/${id}?done=${action}`).set(asPerson).expect(200);
      expect(text).not.toContain('moj-alert--success');
    },
  );
});

describe('the address of the list', () => {
  it.each([
    ['view=everything', 'view'],
    ['severity=GRAVE', 'severity'],
    ['sort=name,asc', 'sort'],
    ['page=0', 'page'],
    ['page=99999999', 'page'],
    ['overdue=maybe', 'overdue'],
    ['listedFrom=yesterday', 'listedFrom'],
    ['rule=%3Cscript%3E', 'rule'],
    ['rule=KW-99', 'rule'],
    ['view=open&view=mine', 'view'],
  ])('that says %s leads to a list, and to what was left out', async (query, name) => {
    const { text } = await service.http.get(`/alerts?${query}`).set(asPerson).expect(200);
    expect(text).toContain(`The filter “${name}” in the address is not known, so it was left out`);
    expect(text).toMatch(/<title>Error: /);
  });

  it('beyond the last page leads to the last, never to a list that looks quiet', async () => {
    const last = await service.http.get('/alerts?view=open').set(asPerson).expect(200);
    const { text } = await service.http.get('/alerts?view=open&page=500').set(asPerson).expect(200);
    expect(last.text).toContain(`/alerts/${id}`);
    expect(text).toContain(`/alerts/${id}`);
    expect(text).not.toContain('cw-empty');
  });

  it('of a list where nothing is says so, and when all was last up to date', async () => {
    const { text } = await service.http.get('/alerts?view=mine&page=500').set(asPerson).expect(200);
    expect(text).toMatch(/cw-empty.*Up to date at/s);
  });
});
