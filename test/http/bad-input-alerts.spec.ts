import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceApp, session } from './service-app.js';

const UNKNOWN = '00000000-0000-5000-8000-000000000000';

let service: ServiceApp;
let alert: string;

interface Refused {
  readonly errors: { readonly field: string; readonly value: string | null; readonly message: string }[];
}

/** Somebody harmed himself two days ago, and no ACCT was opened. */
beforeAll(async () => {
  service = await ServiceApp.start();
  await service.send(session(1, { type: 'SelfHarmReported', data: {} })).expect(201);
  await service.settle();
  const { text } = await service.http.get('/safety-alerts?rule=VUL-01').expect(200);
  alert = String((JSON.parse(text) as { content: { id: string }[] }).content[0]?.id);
});

afterAll(() => service.stop());

describe('GET /safety-alerts', () => {
  it.each([
    ['colour=red', 'colour', 'red'],
    ['page=-1', 'page', '-1'],
    ['page=1e9', 'page', '1e9'],
    ['size=0', 'size', '0'],
    ['size=501', 'size', '501'],
    ['size=ten', 'size', 'ten'],
    ['sort=shoeSize,desc', 'sort', 'shoeSize,desc'],
    ['sort=raisedAt,down', 'sort', 'raisedAt,down'],
    ['state=OPENED', 'state', 'OPENED'],
    ['severity=HIGH,WORSE', 'severity', 'WORSE'],
    ['rule=%00', 'rule', String.raw`\u0000`],
    ['prisonNumber=12', 'prisonNumber', '12'],
    ['prisonId=X1', 'prisonId', 'X1'],
    ['prisonId=XYI&prisonId=XY1', 'prisonId', 'XYI,XY1'],
    ['state[a]=OPEN', 'state[a]', 'OPEN'],
    ['atLeast=soon', 'atLeast', 'soon'],
    ['__proto__[page]=1', '__proto__[page]', '1'],
  ])('with ?%s is refused, naming field and value', async (query, field, value) => {
    const { text } = await service.http.get(`/safety-alerts?${query}`).expect(400);
    const answer = JSON.parse(text) as Refused;
    expect(answer).toMatchObject({ status: 400, errorCode: 'INVALID_QUERY', errors: [{ field }] });
    expect(answer.errors[0]?.value).toContain(value);
    expect(answer.errors[0]?.message).not.toBe('');
  });

  it('says 503 and when to try again where the position asked for is not there yet', async () => {
    const answer = await service.http.get('/safety-alerts?atLeast=99999').expect(503).expect('Retry-After', '5');
    expect(answer.body).toMatchObject({ status: 503, errorCode: 'NOT_CAUGHT_UP' });
  });
});

describe('a safety alert that is not there', () => {
  it.each([
    'get /',
    'post /acknowledge',
    'post /assign',
    'post /note',
    'post /snooze',
    'post /resolve',
    'post /reopen',
  ])('is not found by %s', async (way) => {
    const [method, action] = way.split(' /');
    const path = `/safety-alerts/${UNKNOWN}${action ? `/${action}` : ''}`;
    const sent = method === 'get' ? service.http.get(path) : service.http.post(path).send(RIGHT[String(action)]);
    expect((await sent.expect(404)).body).toMatchObject({ errorCode: 'NO_SUCH_ALERT', status: 404 });
  });

  it('is not found in the stream: a position of no log is refused', async () => {
    const answer = await service.http.get('/safety-alerts/stream').set('Last-Event-ID', 'latest').expect(400);
    expect(answer.body).toMatchObject({ errorCode: 'INVALID_QUERY', errors: [{ field: 'Last-Event-ID' }] });
  });
});

const RIGHT: Readonly<Record<string, object>> = {
  acknowledge: {},
  assign: { to: 'ASMITH_GEN' },
  note: { note: 'Seen.' },
  snooze: { until: '2026-11-25T09:00:00Z', reasonCode: 'SEEN_TODAY' },
  resolve: { reasonCode: 'OTHER', note: 'Seen on the wing.', confirmStillTrue: true },
};

describe('an action on a safety alert', () => {
  it.each([
    ['acknowledge', { colour: 'red' }, 'colour'],
    ['acknowledge', [], 'body'],
    ['assign', {}, 'to'],
    ['note', { note: '' }, 'note'],
    ['note', { note: 'x'.repeat(4001) }, 'note'],
    ['snooze', { until: '2026-13-01T00:00:00Z', reasonCode: 'SEEN_TODAY' }, 'until'],
    ['snooze', { until: '2026-11-25T09:00:00Z', reasonCode: 'TIRED' }, 'reasonCode'],
    ['resolve', {}, 'reasonCode'],
    ['resolve', { reasonCode: 'OTHER' }, 'note'],
  ])('%s with a wrong body changes nothing and names the field', async (action, body, field) => {
    const before = await service.log();
    const answer = await service.http.post(`/safety-alerts/${alert}/${action}`).send(body).expect(400);
    expect(answer.body).toMatchObject({ errorCode: 'INVALID_ACTION', errors: [{ field }] });
    expect(await service.log()).toEqual(before);
  });

  it('whose words are in a form is refused, not carried out without them', async () => {
    const before = await service.log();
    await service.http.post(`/safety-alerts/${alert}/acknowledge`).type('form').send('note=Seen').expect(415);
    expect(await service.log()).toEqual(before);
  });

  it('is a conflict once the alert is closed', async () => {
    await service.http.post(`/safety-alerts/${alert}/resolve`).send(RIGHT['resolve']).expect(200);
    const answer = await service.http.post(`/safety-alerts/${alert}/acknowledge`).send({}).expect(409);
    expect(answer.body).toMatchObject({ status: 409, errorCode: 'ALERT_NOT_OPEN' });
  });
});
