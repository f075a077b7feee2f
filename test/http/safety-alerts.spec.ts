import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import type { Server } from 'node:http';
import request from 'supertest';
import { QueryBus } from '@nestjs/cqrs';
import { ALL_PRISONS, type Prisons } from '../../src/access/prisons.js';
import { CountAlerts } from '../../src/safety-alerts/list/list-alerts.js';
import { AlertProjection } from '../../src/safety-alerts/list/alert-projection.js';
import { alertIdOf, alertStreamOf } from '../../src/safety-alerts/alert/alert-ids.js';
import { SafetyAlerts } from '../../src/safety-alerts/alert/safety-alerts.js';
import { CLOCK } from '../../src/store/clock.js';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
import { at, levelIs, levelIsNone, repeated } from '../safety-alerts/given.js';
import type { VirtualClock } from '../virtual-clock.js';
import { now, safetyAlertsApp } from './safety-alerts-app.js';

const id = alertIdOf(alertStreamOf('KW-01', 'A0019AA'), 1);

let app: INestApplication<Server>;
let alerts: SafetyAlerts;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const get = (path: string): Promise<Answer> => request(app.getHttpServer()).get(`/safety-alerts${path}`).then();
const post = (path: string, body?: object): Promise<Answer> =>
  request(app.getHttpServer()).post(`/safety-alerts/${path}`).send(body).then();
/** Reads once the read model shows all that was written. */
const read = async (path: string) => get(`${path}${path.includes('?') ? '&' : '?'}atLeast=${await end()}`);
const end = () => app.get<EventStore>(EVENT_STORE).end();

/** Raises KW-01 for three people at 01:00, 02:00 and 03:00, and closes the last. */
async function threeAlerts(): Promise<void> {
  await alerts.setLevel(levelIs('LOW', 1));
  await alerts.setLevel({ ...levelIs('HIGH', 2), prisonNumber: 'A0020AA', prisonId: 'XYM' });
  await alerts.setLevel({ ...levelIs('MEDIUM', 3), prisonNumber: 'A0021AA', rule: 'SEG-02' });
  await alerts.setLevel({ ...levelIsNone(4), prisonNumber: 'A0021AA', rule: 'SEG-02' });
}

const clock = () => app.get<VirtualClock>(CLOCK);

beforeEach(async () => {
  now.clear();
  app = await safetyAlertsApp();
  alerts = app.get(SafetyAlerts);
  await app.get(AlertProjection).readable();
});

afterEach(() => app.close());

describe('GET /safety-alerts', () => {
  it('lists open and closed alerts, the latest first', async () => {
    await threeAlerts();
    const { status, body } = await read('');
    expect(status).toBe(200);
    expect(body).toMatchObject({ number: 0, size: 20, numberOfElements: 3, totalElements: 3, totalPages: 1 });
    expect(body).toMatchObject({
      sort: 'raisedAt,desc',
      content: [{ state: 'RESOLVED', outcome: 'met' }, { severity: 'HIGH' }, { id, state: 'OPEN', severity: 'LOW' }],
    });
    expect(JSON.stringify(body)).not.toContain('"why"');
  });

  it.each([
    ['state=OPEN,ACKNOWLEDGED', 2],
    ['state=OPEN&state=RESOLVED', 3],
    ['state=EXPIRED', 0],
    ['severity=HIGH,MEDIUM', 2],
    ['rule=SEG-02', 1],
    ['prisonId=xym', 1],
    ['prisonNumber=a0019aa', 1],
    ['prisonNumber=A0019%20AA', 1],
    ['prisonNumber=A0019AA&severity=HIGH', 0],
    ['assignedTo=ASMITH_GEN', 0],
    ['prisonId=xym,XYI', 3],
    ['prisonId=XYX', 0],
    ['raisedFrom=2026-11-20T02:00:00Z', 2],
    ['raisedTo=2026-11-20T02:00:00%2B00:00', 1],
    ['raisedFrom=2026-11-20T03:00:00%2B01:00&raisedTo=2026-11-20T03:00:00Z', 1],
    ['overdue=true', 1],
    ['overdue=false&state=OPEN', 1],
    ['unassigned=true', 3],
    ['unassigned=false', 0],
    ['escalated=false', 3],
    ['escalated=true', 0],
    ['snoozed=true', 0],
    ['snoozed=false', 3],
    ['stillTrue=true', 0],
    ['stillTrue=false', 3],
  ])('finds with %s', async (query, found) => {
    await threeAlerts();
    clock().moveTo(at(17));
    expect((await read(`?${query}`)).body).toHaveProperty('totalElements', found);
  });

  it('tells what got worse, what rests and whose it is', async () => {
    await threeAlerts();
    await alerts.setLevel(levelIs('MEDIUM', 5));
    await read('');
    await post(`${id}/snooze`, { until: at(13), reasonCode: 'SEEN_TODAY' });
    await post(`${id}/assign`, { to: 'BJONES_GEN' });
    expect((await read('?escalated=true')).body).toMatchObject({ content: [{ id, escalatedAt: at(5) }] });
    expect((await read('?snoozed=true')).body).toMatchObject({ content: [{ id }] });
    expect((await read('?unassigned=false')).body).toMatchObject({ content: [{ id }] });
  });

  it('pages in a stable order', async () => {
    await threeAlerts();
    const { body } = await read('?size=2&page=1&sort=severity,asc');
    expect(body).toMatchObject({ number: 1, size: 2, numberOfElements: 1, totalPages: 2, sort: 'severity,asc' });
    expect(body).toMatchObject({ content: [{ severity: 'HIGH' }] });
  });

  it.each([
    ['state', 'CLOSED'],
    ['severity', 'high'],
    ['size', '501'],
    ['size', 'many'],
    ['page', '-1'],
    ['sort', 'surname,asc'],
    ['sort', 'raisedAt,sideways'],
    ['prisonNumber', '19AA'],
    ['prisonId', 'XY1'],
    ['raisedFrom', '2026-11-20'],
    ['overdue', 'perhaps'],
    ['snoozed', '1'],
    ['atLeast', 'yesterday'],
    ['prisonnumber', 'A0019AA'],
  ])('refuses %s=%s, naming the field and the value', async (field, value) => {
    const { status, body } = await get(`?${field}=${value}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'INVALID_QUERY', errors: [{ field }] });
    expect(JSON.stringify(body)).toContain(value);
  });

  it('says so when the position asked for is not there', async () => {
    const { status, body } = await get('?atLeast=1000');
    expect(status).toBe(503);
    expect(body).toHaveProperty('code', 'NOT_CAUGHT_UP');
  });

  it('waits for what decides before it, so that a read sees what was decided on a write', async () => {
    app.get(AlertProjection).waitFor({
      reached: async () => {
        await alerts.setLevel(levelIs('LOW', 1));
      },
    });
    expect((await get('?atLeast=0')).body).toHaveProperty('totalElements', 1);
  });
});

describe('counting safety alerts', () => {
  const XYI: Prisons = new Set(['XYI']);
  const filters = [{}, { state: ['OPEN' as const] }, { overdue: true }, { severity: ['MEDIUM' as const] }];

  it('tells as many at once as the lists would, within the prisons of the one who asks', async () => {
    await threeAlerts();
    await read('');
    clock().moveTo(at(17));
    const count = (prisons: Prisons) => app.get(QueryBus).execute(new CountAlerts(filters, prisons));
    expect(await count(ALL_PRISONS)).toEqual([3, 2, 1, 1]);
    expect(await count(XYI)).toEqual([2, 1, 0, 1]);
  });
});

describe('GET /safety-alerts/{id}', () => {
  it('tells why, on which events and whose rule, what its source says apart from what we make of it, and what was done since', async () => {
    await alerts.setLevel({ ...levelIs('LOW', 1), why: { expected: 'a session' }, evidence: ['session-1', 'erased'] });
    await alerts.repeat(repeated(2, 'session-2'));
    await alerts.setLevel({ ...levelIs('HIGH', 3), why: { expected: 'a session, long ago' } });
    await read('');
    await post(`${id}/note`, { note: 'seen at work' });
    const { body } = await read(`/${id}`);
    expect(body).toMatchObject({
      id,
      ruleVersion: 1,
      ruleName: 'No key worker session in seven days',
      ruleSource: [{ ref: 'PPO', says: 'every week' }],
      ruleBecause: 'Seven days are ours.',
      why: { expected: 'a session, long ago' },
      evidence: [{ id: 'session-1', type: 'KeyWorkerSessionHeld' }, { id: 'erased' }, { id: 'session-2' }],
      history: [
        { transition: 'raised', at: at(1), by: 'custody-watch', severity: 'LOW', recordedAt: at(12) },
        { transition: 'repeated', at: at(2), by: 'custody-watch' },
        { transition: 'escalated', at: at(3), by: 'custody-watch', severity: 'HIGH' },
        { transition: 'noted', at: at(12), by: 'local', note: 'seen at work' },
      ],
    });
  });

  it('knows no other id', async () => {
    const { status, body } = await get('/no-such-id');
    expect(status).toBe(404);
    expect(body).toHaveProperty('code', 'NO_SUCH_ALERT');
  });
});

describe('the sentence of an alert', () => {
  it('is of now wherever the alert is shown while it is so, with what it said before in its history', async () => {
    await threeAlerts();
    now.set('KW-01', '119 days after the last session there is no other.');
    now.set('SEG-02', 'It has closed.');
    const { body } = await read('?sort=prisonNumber,asc');
    expect(body).toMatchObject({
      content: [
        { id, reason: '119 days after the last session there is no other.' },
        { reason: '119 days after the last session there is no other.' },
        { state: 'RESOLVED', reason: 'No session in seven days.' },
      ],
    });
    expect((await get(`/${id}`)).body).toMatchObject({
      reason: '119 days after the last session there is no other.',
      history: [{ transition: 'raised', reason: 'No session in seven days.' }],
    });
  });
});

describe('working an alert', () => {
  beforeEach(async () => {
    await alerts.setLevel(levelIs('MEDIUM', 1));
    await read('');
  });

  it.each([
    ['acknowledge', undefined, { state: 'ACKNOWLEDGED', acknowledgedBy: 'local', acknowledgedAt: at(12) }],
    ['assign', { to: 'BJONES_GEN' }, { assignedTo: 'BJONES_GEN' }],
    ['note', { note: 'seen at work' }, { changedAt: at(12) }],
    ['snooze', { until: '2026-11-20T14:00:00+01:00', reasonCode: 'SEEN_TODAY' }, { snoozedUntil: at(13) }],
    ['snooze', { untilWorse: true, reasonCode: 'OTHER', note: 'in hospital' }, { snoozedUntilWorse: true }],
    ['resolve', { reasonCode: 'DUPLICATE', useful: 'no' }, { state: 'RESOLVED', outcome: 'manual' }],
  ])('with %s %j is visible at once, and done once', async (action, body, expected) => {
    const done = await post(`${id}/${action}`, body);
    expect(done.status).toBe(200);
    const { position } = done.body as { position: string };
    expect((await get(`/${id}?atLeast=${position}`)).body).toMatchObject(expected);
    const again = await post(`${id}/${action}`, body);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ id, position });
  });

  it.each([
    ['assign', {}, 'to'],
    ['assign', { to: 'Alice Smith!' }, 'to'],
    ['note', { note: '' }, 'note'],
    ['note', { note: 'x'.repeat(4001) }, 'note'],
    ['note', [{ note: 'seen' }], 'body'],
    ['acknowledge', [{ note: 'seen' }], 'body'],
    ['snooze', { reasonCode: 'SEEN_TODAY' }, 'until'],
    ['snooze', { until: '2026-11-20', reasonCode: 'SEEN_TODAY' }, 'until'],
    ['snooze', { until: '2026-02-30T10:00:00Z', reasonCode: 'SEEN_TODAY' }, 'until'],
    ['snooze', { until: at(11), reasonCode: 'SEEN_TODAY' }, 'until'],
    ['snooze', { until: at(13), untilWorse: true, reasonCode: 'SEEN_TODAY' }, 'until'],
    ['snooze', { untilWorse: true, reasonCode: 'TIRED' }, 'reasonCode'],
    ['snooze', { untilWorse: true, reasonCode: 'OTHER' }, 'note'],
    ['resolve', {}, 'reasonCode'],
    ['resolve', { reasonCode: 'OTHER' }, 'note'],
    ['resolve', { reasonCode: 'DUPLICATE', useful: true }, 'useful'],
    ['resolve', { reasonCode: 'DUPLICATE', by: 'SOMEBODY_ELSE' }, 'by'],
    ['resolve', { reasonCode: 'DUPLICATE', confirmStillTrue: 'yes' }, 'confirmStillTrue'],
    ['reopen', { note: '' }, 'note'],
  ])('refuses %s %j and stores nothing', async (action, body, field) => {
    const before = await end();
    const answer = await post(`${id}/${action}`, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'INVALID_ACTION', errors: [{ field }] });
    expect(await end()).toBe(before);
  });

  it.each(['acknowledge', 'snooze', 'assign', 'resolve'])('refuses to %s what is closed', async (action) => {
    await alerts.setLevel(levelIsNone(2));
    const bodies: Record<string, object> = {
      snooze: { untilWorse: true, reasonCode: 'SEEN_TODAY' },
      assign: { to: null },
      resolve: { reasonCode: 'DUPLICATE' },
    };
    const { status, body } = await post(`${id}/${action}`, bodies[action]);
    expect(status).toBe(409);
    expect(body).toHaveProperty('code', 'ALERT_NOT_OPEN');
  });

  it('shows what was closed by hand and is still true, until it is not', async () => {
    const { body } = await post(`${id}/resolve`, { reasonCode: 'DUPLICATE' });
    expect((await read('?stillTrue=true')).body).toMatchObject({
      totalElements: 1,
      content: [{ id, state: 'RESOLVED', stillTrue: true }],
    });
    expect((await get(`/${id}?atLeast=${(body as { position: string }).position}`)).body).toHaveProperty('stillTrue');
    await alerts.setLevel(levelIsNone(2));
    expect((await read('?stillTrue=true')).body).toMatchObject({ totalElements: 0 });
  });

  it('reopens what was closed by hand while it is still true, and nothing else', async () => {
    expect((await post(`${id}/reopen`)).status).toBe(200);
    await post(`${id}/resolve`, { reasonCode: 'DUPLICATE' });
    const { status, body } = await post(`${id}/reopen`, { note: 'closed by mistake' });
    expect(status).toBe(200);
    const { position } = body as { position: string };
    expect((await post(`${id}/reopen`)).body).toEqual({ id, position });
    expect((await get(`/${id}?atLeast=${position}`)).body).toMatchObject({
      state: 'OPEN',
      acknowledgeBy: at(12 + 24),
      history: [{}, { transition: 'resolved' }, { transition: 'reopened', by: 'local', note: 'closed by mistake' }],
    });
    await alerts.setLevel(levelIsNone(2));
    const refused = await post(`${id}/reopen`);
    expect(refused.status).toBe(409);
    expect(refused.body).toHaveProperty('code', 'NOT_STILL_TRUE');
  });

  it('closes by hand what is severe only with a note, and with a second confirmation that names what stays true', async () => {
    await alerts.setLevel({ ...levelIs('HIGH', 3), reason: 'No session in 28 days.' });
    await read('');
    const before = await end();
    const note = 'in hospital until Monday';
    for (const body of [{ note }, { note, confirmStillTrue: false }, {}]) {
      const answer = await post(`${id}/resolve`, { reasonCode: 'NOT_APPLICABLE', ...body });
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'STILL_TRUE', stillTrue: 'No session in 28 days.' });
    }
    const withoutNote = await post(`${id}/resolve`, { reasonCode: 'NOT_APPLICABLE', confirmStillTrue: true });
    expect(withoutNote.body).toMatchObject({ code: 'INVALID_ACTION', errors: [{ field: 'note' }] });
    expect(await end()).toBe(before);
    const body = { reasonCode: 'NOT_APPLICABLE', note, confirmStillTrue: true };
    expect((await post(`${id}/resolve`, body)).status).toBe(200);
  });

  it('says when an acknowledgement lapses, and until when a snooze lasts at most', async () => {
    await post(`${id}/acknowledge`);
    expect((await read(`/${id}`)).body).toMatchObject({ lapsesAt: at(12 + 7 * 24), assignedTo: 'local' });
    const tooLong = await post(`${id}/snooze`, { until: '9999-12-31T23:59:59Z', reasonCode: 'OTHER', note: 'x' });
    expect(tooLong.status).toBe(400);
    expect(tooLong.body).toMatchObject({ errors: [{ field: 'until', value: '9999-12-31T23:59:59Z' }] });
    await alerts.setLevel(levelIs('HIGH', 3));
    await read('');
    const noWorse = await post(`${id}/snooze`, { untilWorse: true, reasonCode: 'SESSION_PLANNED' });
    expect(noWorse.body).toMatchObject({ errors: [{ field: 'untilWorse' }] });
  });

  it('knows no other id', async () => {
    expect((await post('no-such-id/acknowledge')).status).toBe(404);
  });
});
