import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Server } from 'node:http';
import request from 'supertest';
import { type Caller, LOCAL } from '../../src/access/caller.js';
import { ActOnAlerts, type ChosenAlert } from '../../src/safety-alerts/http/act-on-alerts.js';
import { AlertProjection } from '../../src/safety-alerts/list/alert-projection.js';
import { alertIdOf, alertStreamOf } from '../../src/safety-alerts/alert/alert-ids.js';
import { AlertIndex } from '../../src/safety-alerts/list/alert-index.js';
import { SafetyAlerts } from '../../src/safety-alerts/alert/safety-alerts.js';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
import { at, levelIs, levelIsNone } from '../safety-alerts/given.js';
import { safetyAlertsApp } from './safety-alerts-app.js';

const stream = alertStreamOf('KW-01', 'A0019AA');
const id = alertIdOf(stream, 1);
const other = alertIdOf(alertStreamOf('KW-01', 'A0020AA'), 1);
const REQUEST = '3f0c6a52-8f55-4c0e-9d6b-0a7a3a3c9f10';
const OTHER = '11217e7c-8f55-4c0e-9d6b-0a7a3a3c9f10';

let app: INestApplication<Server>;
let alerts: SafetyAlerts;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const post = (path: string, body: object): Promise<Answer> =>
  request(app.getHttpServer()).post(`/safety-alerts/${path}`).send(body).then();
const end = () => app.get<EventStore>(EVENT_STORE).end();
const shown = async () => {
  await app.get(AlertProjection).reached(await end(), AbortSignal.timeout(10_000));
  return app.get(AlertIndex).get(id);
};
const colleague = (action: 'Acknowledge' | 'Resolve') =>
  alerts.act(
    { stream, episode: 1 },
    action === 'Resolve'
      ? { type: action, by: 'BJONES_GEN', reasonCode: 'DUPLICATE', useful: 'no' }
      : { type: action, by: 'BJONES_GEN', note: 'on my way' },
  );

beforeEach(async () => {
  app = await safetyAlertsApp();
  alerts = app.get(SafetyAlerts);
  await app.get(AlertProjection).readable();
  await alerts.setLevel(levelIs('LOW', 1));
  await alerts.setLevel({ ...levelIs('LOW', 1), prisonNumber: 'A0020AA', prisonId: 'XYM' });
  await shown();
});

afterEach(() => app.close());

describe('two people who act on one alert at once', () => {
  it('the second is told what happened since, when and by whom, and nothing is stored', async () => {
    const { revision: seenRevision } = await shown();
    await colleague('Acknowledge');
    const before = await end();
    const { status, body } = await post(`${id}/assign`, { to: 'ASMITH_GEN', seenRevision });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'ALERT_CHANGED',
      changes: [{ transition: 'acknowledged', at: at(12), by: 'BJONES_GEN', revision: 1 }],
    });
    expect(JSON.stringify(body)).not.toContain('on my way');
    expect(await end()).toBe(before);
  });

  it('decides again with what is there now', async () => {
    await colleague('Acknowledge');
    const { revision: seenRevision } = await shown();
    expect((await post(`${id}/assign`, { to: 'ASMITH_GEN', seenRevision })).status).toBe(200);
    expect(await shown()).toMatchObject({ assignedTo: 'ASMITH_GEN', acknowledgedBy: 'BJONES_GEN' });
  });

  it('is told who closed it, rather than only that it is closed', async () => {
    await colleague('Resolve');
    expect((await post(`${id}/acknowledge`, { seenRevision: 0 })).body).toMatchObject({
      code: 'ALERT_CHANGED',
      changes: [{ transition: 'resolved', by: 'BJONES_GEN' }],
    });
    expect((await post(`${id}/acknowledge`, {})).body).toMatchObject({ code: 'ALERT_NOT_OPEN' });
  });

  it('is told that it got worse meanwhile', async () => {
    await alerts.setLevel(levelIs('HIGH', 2));
    const rest = { untilWorse: true, reasonCode: 'SEEN_TODAY', seenRevision: 0 };
    expect((await post(`${id}/snooze`, rest)).body).toMatchObject({
      changes: [{ transition: 'escalated', at: at(2), by: 'custody-watch' }],
    });
  });

  it('may send the same again: it was done', async () => {
    const mine = { to: 'ASMITH_GEN', seenRevision: 0 };
    const { body: first } = await post(`${id}/assign`, mine);
    const { status, body } = await post(`${id}/assign`, mine);
    expect(status).toBe(200);
    expect(body).toEqual(first);
  });

  it.each([-1, 1.5, '1'])('refuses %j as a revision', async (seenRevision) => {
    const { status, body } = await post(`${id}/acknowledge`, { seenRevision });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'seenRevision' }] });
  });
});

describe('acting on several alerts', () => {
  const XYI: Caller = { ...LOCAL, prisons: { has: (prisonId) => prisonId === 'XYI' } };
  const both: ChosenAlert[] = [{ id }, { id: other }];
  const acknowledge = (chosen: ChosenAlert[], by = LOCAL, requestId = REQUEST) =>
    app
      .get(CommandBus)
      .execute(new ActOnAlerts(chosen, by, { type: 'Acknowledge', note: 'the morning meeting' }, requestId));
  const assign = (to: string | null, requestId = REQUEST) =>
    app.get(CommandBus).execute(new ActOnAlerts(both, LOCAL, { type: 'Assign', to }, requestId));

  it('does the same to each, and says what became of it', async () => {
    expect(await acknowledge(both)).toMatchObject([
      { id, status: 'done' },
      { id: other, status: 'done' },
    ]);
    expect(await shown()).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: 'local' });
  });

  it('goes on where one cannot be done: gone, closed, changed or of another prison', async () => {
    expect(await acknowledge([{ id: 'no-such-id' }, { id }])).toMatchObject([
      { id: 'no-such-id', status: 'refused', code: 'NO_SUCH_ALERT' },
      { id, status: 'done' },
    ]);
    expect(await acknowledge([{ id: other }], XYI)).toMatchObject([{ status: 'refused', code: 'NO_SUCH_ALERT' }]);
    await alerts.setLevel({ ...levelIsNone(2), prisonNumber: 'A0020AA' });
    expect(await acknowledge([{ id: other }])).toMatchObject([{ status: 'refused', code: 'ALERT_NOT_OPEN' }]);
    expect(await acknowledge([{ id, seenRevision: 0 }], { ...LOCAL, name: 'ASMITH_GEN' }, OTHER)).toMatchObject([
      { status: 'refused', code: 'ALERT_CHANGED', changes: [{ transition: 'acknowledged', by: 'local' }] },
    ]);
  });

  it('does nothing twice for one request, whatever happened in between', async () => {
    await assign('ASMITH_GEN');
    await alerts.act({ stream, episode: 1 }, { type: 'Assign', by: 'BJONES_GEN', to: 'BJONES_GEN' });
    expect(await assign('ASMITH_GEN')).toMatchObject([{ status: 'done' }, { status: 'done' }]);
    expect(await shown()).toMatchObject({ assignedTo: 'BJONES_GEN' });
    await assign('ASMITH_GEN', OTHER);
    expect(await shown()).toMatchObject({ assignedTo: 'ASMITH_GEN' });
  });

  it('takes 1 to 100, and a UUID for the request', async () => {
    const many = Array.from({ length: 101 }, () => ({ id }));
    await expect(acknowledge(many)).rejects.toMatchObject({ code: 'INVALID_ACTION', errors: [{ field: 'alerts' }] });
    await expect(acknowledge([])).rejects.toMatchObject({ errors: [{ field: 'alerts' }] });
    await expect(acknowledge(both, LOCAL, 'again')).rejects.toMatchObject({ errors: [{ field: 'requestId' }] });
  });
});
