import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServiceApp } from './service-app.js';

const event = (type: string, occurredAt: string, data: object, prisonNumber = 'A1234BC') => ({
  type,
  prisonNumber,
  prisonId: 'XYI',
  occurredAt,
  data,
});
const onRota = (type: string, from: string, until: string, more: object = {}) => ({
  ...event(type, '2026-11-02T08:00:00+00:00', {
    staffId: '1+1',
    from: `2026-11-03T${from}:00+00:00`,
    until: `2026-11-03T${until}:00+00:00`,
    ...more,
  }),
  prisonNumber: undefined,
});
const STORY = [
  event('PrisonerReceived', '2026-11-01T15:00:00+00:00', { reason: 'NEW_ADMISSION' }),
  event('KeyWorkerAllocated', '2026-11-02T09:00:00+00:00', { staffId: '1+1' }),
  event('KeyWorkerSessionHeld', '2026-11-03T10:00:00+00:00', { staffId: '1+1' }),
  event('KeyWorkerSessionMissed', '2026-11-10T10:00:00+00:00', { reason: 'STAFF_NOT_AVAILABLE' }),
  event('PrisonerReceived', '2026-11-18T15:00:00+00:00', { reason: 'NEW_ADMISSION' }, 'A0002AA'),
  onRota('KeyWorkTimeScheduled', '09:00', '12:30'),
  onRota('KeyWorkTimeWithdrawn', '11:00', '12:30', { redeployedTo: 'ESCORT_OR_BED_WATCH' }),
];

let service: ServiceApp;
let position: string;
beforeEach(async () => {
  service = await ServiceApp.start();
  position = ((await service.send(STORY).expect(201)).body as { position: string }).position;
  await service.settle();
});
afterEach(() => service.stop());

describe('the delivery figures of a prison', () => {
  it('tell of the last 28 days, and of how things stand now', async () => {
    const answer = await service.http.get(`/prisons/xyi/key-work?atLeast=${position}`).expect(200);
    expect(answer.body).toMatchObject({
      prisonId: 'XYI',
      from: '2026-10-26',
      to: '2026-11-22',
      inPeriod: {
        daysToBeSeen: { value: 22 + 5 },
        sessionsDue: { value: 3.9 },
        sessionsHeld: { value: 1, version: 1 },
        sessionsMissed: { value: 1, byReason: { STAFF_NOT_AVAILABLE: 1, DECLINED: 0 } },
      },
      now: {
        neverSeen: { value: 1 },
        overdue: { value: 1 },
        longestGap: { value: 19 },
        withoutKeyWorker: { value: 1 },
      },
      keyWorkers: {
        content: [{ staffId: '1+1', caseload: 1, sessionsHeld: 1, minutesScheduled: 210, minutesWithdrawn: 90 }],
      },
    });
  });

  it('name nobody in prison', async () => {
    const { text } = await service.http.get('/prisons/XYI/key-work').expect(200);
    expect(text).not.toMatch(/[A-Z]\d{4}[A-Z]{2}/);
  });

  it('are those of the period asked for', async () => {
    const answer = await service.http.get('/prisons/XYI/key-work?from=2026-11-04&to=2026-11-09').expect(200);
    expect(answer.body).toMatchObject({ inPeriod: { daysToBeSeen: { value: 6 }, sessionsHeld: { value: 0 } } });
  });

  it('are a table for whom asks for one, with no cell that is a formula', async () => {
    const { text } = await service.http.get('/prisons/XYI/key-work').set('Accept', 'text/csv').expect(200);
    const lines = text.split('\r\n');
    expect(lines).toContain('sessionsMissed,DECLINED,0,,');
    expect(lines).toContain('caseload,key worker 1+1,1,,');
    expect(lines.filter((line) => /(^|,)"?[=+@-]/.test(line))).toEqual([]);
  });

  it('are none for a prison that nobody was ever recorded in, and for what is no prison', async () => {
    const nobody = await service.http.get('/prisons/XYZ/key-work').expect(404);
    expect(nobody.body).toMatchObject({ errorCode: 'NO_SUCH_PRISON' });
    const none = await service.http.get('/prisons/XY/key-work').expect(400);
    expect(none.body).toMatchObject({ errors: [{ field: 'prisonId', value: 'XY' }] });
  });
});
