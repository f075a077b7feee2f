import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServiceApp } from './service-app.js';

const HISTORY = '/prisoners/A1234BC/key-worker-history';
const WRONG_PERSON = '00000000-0000-4000-8000-00000000000a';

interface Sent {
  readonly id?: string;
  readonly recordedAt?: string;
  readonly data?: object;
}

const event = (type: string, occurredAt: string, { data = {}, ...more }: Sent = {}) => ({
  type,
  prisonNumber: 'A1234BC',
  prisonId: 'XYI',
  occurredAt,
  data,
  ...more,
});
const allocated = (occurredAt: string, staffId: string) =>
  event('KeyWorkerAllocated', occurredAt, { data: { staffId } });
const session = (occurredAt: string, staffId: string, minutes?: number) =>
  event('KeyWorkerSessionHeld', occurredAt, { data: { staffId, minutes } });
const missed = (occurredAt: string, reason: string) =>
  event('KeyWorkerSessionMissed', occurredAt, { data: { reason } });

/** Seven weeks of somebody whose key worker changed, and who was hardly seen. */
const STORY = [
  event('PrisonerReceived', '2026-10-04T15:00:00+01:00', { data: { reason: 'NEW_ADMISSION' } }),
  allocated('2026-10-06T09:00:00+01:00', '1001'),
  session('2026-10-10T10:00:00+01:00', '1001', 45),
  { ...session('2026-10-14T10:00:00+01:00', '1001', 30), id: WRONG_PERSON },
  missed('2026-10-17T10:00:00+01:00', 'DECLINED'),
  missed('2026-10-24T10:00:00+01:00', 'STAFF_NOT_AVAILABLE'),
  event('KeyWorkerEntryRecorded', '2026-10-24T12:00:00+01:00', { data: { staffId: '1001', noteRef: 'n1' } }),
  event('KeyWorkerDeallocated', '2026-10-25T09:00:00+00:00', { data: { staffId: '1001' } }),
  allocated('2026-11-04T09:00:00+00:00', '1002'),
  event('AdjudicationReported', '2026-11-05T11:00:00+00:00', { data: { chargeNumber: 'XYI-1', offence: '=cmd|x' } }),
  event('SelfHarmReported', '2026-11-08T22:00:00+00:00'),
  session('2026-11-10T10:00:00+00:00', '1002'),
  event('EventWithdrawn', '2026-11-11T10:00:00+00:00', { data: { withdraws: WRONG_PERSON, reason: 'Somebody else.' } }),
];

interface History {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly keyWorkers: readonly Readonly<Record<string, unknown>>[];
  readonly sessions: readonly Readonly<Record<string, unknown>>[];
  readonly meanwhile: readonly { readonly topic: string; readonly what: string; readonly remark?: string }[];
  readonly safetyAlerts: readonly {
    readonly rule: string;
    readonly done: readonly { readonly what: string; readonly by: string }[];
  }[];
  readonly withdrawn: readonly object[];
  readonly notKnown: readonly { readonly code: string; readonly about: string }[];
}

let service: ServiceApp;
beforeEach(async () => {
  service = await ServiceApp.start();
  await service.send(STORY).expect(201);
  await service.settle();
});
afterEach(() => service.stop());

const read = async (query = ''): Promise<History> =>
  (await service.http.get(HISTORY + query).expect(200)).body as History;

describe('the key worker history', () => {
  it('tells of the present stay: what was held, missed and why, and how that compares with 45 minutes a week', async () => {
    expect((await read()).summary).toMatchObject({
      sessionsHeld: 2,
      sessionsMissed: 2,
      missedByReason: { DECLINED: 1, STAFF_NOT_AVAILABLE: 1, REGIME_CURTAILED: 0, AT_COURT: 0, OTHER: 0 },
      minutes: 45,
      sessionsWithoutMinutes: 1,
      daysInPeriod: 50,
      daysToBeSeen: 50,
      minutesExpected: 321,
      daysSinceLastSession: 12,
    });
  });

  it('shows the longest gap in local days, though the clocks went back in it', async () => {
    expect((await read()).summary).toMatchObject({
      longestGap: { days: 31, from: '2026-10-10', begins: 'session', to: '2026-11-10', ends: 'session' },
    });
  });

  it('shows the key workers in order, with gaps, and how long each had the person before they met', async () => {
    expect((await read()).keyWorkers).toMatchObject([
      { staffId: null, days: 2 },
      { staffId: '1001', days: 19, daysUntilTheyMet: 4, sessions: 1 },
      { staffId: null, days: 10 },
      { staffId: '1002', days: 18, daysUntilTheyMet: 6, sessions: 1, until: null },
    ]);
  });

  it('leaves out what was withdrawn, and shows that it was, by whom and why', async () => {
    const { sessions, withdrawn } = await read();
    expect(sessions.map(({ occurredAt }) => occurredAt)).toEqual([
      '2026-10-10T10:00:00+01:00',
      '2026-11-10T10:00:00+00:00',
    ]);
    expect(withdrawn).toMatchObject([
      {
        id: WRONG_PERSON,
        type: 'KeyWorkerSessionHeld',
        reason: 'Somebody else.',
        withdrawnAt: '2026-11-11T10:00:00+00:00',
      },
    ]);
  });

  it('shows what happened in between, in plain words', async () => {
    expect((await read()).meanwhile.map(({ topic, what }) => `${topic}: ${what}`)).toEqual([
      'movements: arrival',
      'adjudications: reported charge',
      'self-harm: self-harm incident',
    ]);
  });

  it('shows the safety alerts and what was done about them', async () => {
    const list = await service.http.get('/safety-alerts?rule=VUL-01').expect(200);
    const id = String((list.body as { content: { id: string }[] }).content[0]?.id);
    await service.http.post(`/safety-alerts/${id}/acknowledge`).send({ note: 'Spoke with the wing.' }).expect(200);
    const alert = (await read()).safetyAlerts.find(({ rule }) => rule === 'VUL-01');
    expect(alert).toMatchObject({ severity: 'CRITICAL', state: 'ACKNOWLEDGED', ruleName: 'Self-harm without ACCT' });
    expect(alert?.done).toMatchObject([
      { what: 'raised', by: 'custody-watch' },
      { what: 'acknowledged', by: 'local', more: { note: 'Spoke with the wing.' } },
    ]);
  });

  it('says what is not known: what never had a source here, and sessions of unknown length', async () => {
    const { notKnown } = await read();
    expect(notKnown).toContainEqual(expect.objectContaining({ code: 'NEVER_RECORDED_HERE', about: 'family contact' }));
    expect(notKnown).toContainEqual(expect.objectContaining({ code: 'SESSION_LENGTH' }));
    expect(notKnown.filter(({ about }) => about === 'self-harm')).toEqual([]);
  });

  it('says so when a feed does not reach as far as the period', async () => {
    const complete = { feed: 'case-notes', until: '2026-11-20T00:00:00+00:00' };
    const feed = {
      type: 'FeedCompleteUntil',
      prisonId: 'XYI',
      occurredAt: '2026-11-20T00:00:00+00:00',
      data: complete,
    };
    await service.send(feed).expect(201);
    await service.settle();
    const about = async (query: string) =>
      (await read(query)).notKnown.filter(({ code }) => code === 'FEED_NOT_COMPLETE');
    expect(await about('')).toMatchObject([{ about: 'case-notes' }]);
    expect(await about('?to=2026-11-19')).toEqual([]);
  });

  it('says so when the record of a stay begins without an arrival', async () => {
    await service.send({ ...session('2026-11-01T10:00:00+00:00', '1001'), prisonNumber: 'B0001AA' }).expect(201);
    await service.settle();
    const answer = await service.http.get('/prisoners/B0001AA/key-worker-history').expect(200);
    expect((answer.body as History).notKnown).toContainEqual(expect.objectContaining({ code: 'BEFORE_THE_RECORD' }));
  });

  it('says what shows that somebody is back whose return nobody told, and whose absence was told by nobody who held them', async () => {
    const events = [
      ['PrisonerReceived', '2026-10-01T15:00:00+01:00', { reason: 'NEW_ADMISSION' }],
      ['PrisonerReleased', '2026-10-02T08:00:00+01:00', { reason: 'SENT_TO_COURT' }],
      ['CellMoved', '2026-10-02T18:00:00+01:00', { location: 'B-2-019', segregationUnit: false }],
      ['PrisonerReleased', '2026-11-01T09:00:00+00:00', { reason: 'RELEASED' }],
      ['PrisonerReleased', '2026-11-02T09:00:00+00:00', { reason: 'SENT_TO_COURT' }],
    ] as const;
    const about = { prisonNumber: 'B0001AA', prisonId: 'XYI' };
    await service.send(events.map(([type, occurredAt, data]) => ({ ...about, type, occurredAt, data }))).expect(201);
    await service.settle();
    const path = '/prisoners/B0001AA';
    const { notKnown, meanwhile } = (await service.http.get(`${path}/key-worker-history?from=2026-10-01`))
      .body as History;
    expect(notKnown.filter(({ about: prison }) => prison === 'XYI')).toMatchObject([
      { code: 'RETURN_NOT_TOLD', what: 'cell move', since: '2026-10-02T17:00:00.000Z' },
      { code: 'NOT_HELD_THERE', what: 'departure to court', since: '2026-11-02T09:00:00.000Z' },
    ]);
    const remarks = [undefined, undefined, 'SHOWS_RETURN', undefined, 'NOT_HELD_THERE'];
    expect(meanwhile.map(({ remark }) => remark)).toEqual(remarks);
    const { entries } = (await service.http.get(`${path}/timeline`)).body as { entries: { remark?: string }[] };
    expect(entries.flatMap(({ remark }) => remark ?? [])).toEqual(['SHOWS_RETURN', 'NOT_HELD_THERE']);
    const page = await service.http.get(`${path}?from=2026-10-01`).set('Accept', 'text/html').expect(200);
    expect(page.text).toContain('The cell move on 2 October 2026, 18:00 shows that the person was back in XYI.');
    expect(page.text).toContain('XYI recorded a departure to court on 2 November 2026, 09:00.');
    const timeline = await service.http.get(`${path}/events`).set('Accept', 'text/html').expect(200);
    expect(timeline.text).toContain('This shows that the person was back. No return was on record by then');
  });

  it('keeps what was done after an erasure, without what was personal, and says so', async () => {
    await service.http
      .post('/prisoners/A1234BC/erasure')
      .send({ reason: 'COURT_ORDER', confirmStillWatched: true })
      .expect(200);
    await service.settle();
    const { summary, meanwhile, notKnown } = await read();
    expect(summary).toMatchObject({ sessionsHeld: 2, sessionsMissed: 2 });
    expect(meanwhile.find(({ topic }) => topic === 'adjudications')).toMatchObject({
      data: { chargeNumber: 'XYI-1', offence: '(erased)' },
    });
    expect(notKnown).toContainEqual(expect.objectContaining({ code: 'ERASED' }));
    const delivery = await service.http.get('/prisons/XYI/key-work').expect(200);
    expect(delivery.body).toMatchObject({ inPeriod: { sessionsHeld: { value: 1 } } });
  });

  it('tells only of the days asked for, the first and the last included', async () => {
    const { summary, sessions, keyWorkers } = await read('?from=2026-10-24&to=2026-11-10');
    expect(summary).toMatchObject({ sessionsHeld: 1, sessionsMissed: 1, daysInPeriod: 18 });
    expect(sessions).toHaveLength(1);
    expect(keyWorkers.map(({ staffId }) => staffId)).toEqual(['1001', null, '1002']);
  });

  it.each([
    ['from=2026-02-30', 'from'],
    ['from=2026-11-10&to=2026-11-01', 'from'],
    ['to=2026-11-23', 'to'],
    ['to=tomorrow', 'to'],
    ['since=2026-01-01', 'since'],
  ])('refuses %s by its name', async (query, field) => {
    const answer = await service.http.get(`${HISTORY}?${query}`).expect(400);
    expect(answer.body).toMatchObject({ errorCode: 'INVALID_QUERY', errors: [{ field }] });
  });

  it('takes a prison number in lower case with a space, and refuses what is none', async () => {
    await service.http.get('/prisoners/a1234%20bc/key-worker-history').expect(200);
    const answer = await service.http.get('/prisoners/1234/key-worker-history').expect(400);
    expect(answer.body).toMatchObject({ errors: [{ field: 'prisonNumber', value: '1234' }] });
  });

  it('does not invent a person: 404 where nothing was recorded', async () => {
    const answer = await service.http.get('/prisoners/Z9999ZZ/key-worker-history').expect(404);
    expect(answer.body).toMatchObject({ errorCode: 'NO_SUCH_PERSON' });
  });

  it('is a table for whom asks for one, in which no cell is a formula, and which nobody on the way keeps', async () => {
    const { text, headers } = await service.http.get(HISTORY).set('Accept', 'text/csv').expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=key-worker-history.csv',
      'cache-control': 'no-store',
    });
    const lines = text.split('\r\n');
    expect(lines).toContain('summary,,,,,,sessions missed: REGIME_CURTAILED,0,,');
    expect(lines).toContain('summary,2026-10-10,2026-11-10,31,,,longest gap,from session to session,,');
    expect(lines.filter((line) => line.startsWith('missed session,'))).toHaveLength(2);
    expect(lines.filter((line) => /(^|,)"?[=+@]/.test(line))).toEqual([]);
    expect(text).toContain('offence: =cmd|x');
  });
});
