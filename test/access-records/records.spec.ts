import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../src/access/roles.js';
import type { AccessRecordBody } from '../../src/access-records/list-access-records.js';
import type { AlertSummary } from '../../src/safety-alerts/list/alert-summary.js';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
import { MATRIX } from '../access/matrix.js';
import { SignedInService } from '../access/service.js';

const PERSON = 'A0001AA';
const ADMIN = 'ROLE_CUSTODY_WATCH__ADMIN__RW';
/** What each route of the service leaves. */
const LEAVES: Readonly<Record<string, 'read' | 'change'>> = {
  'get /safety-alerts': 'read',
  'get /safety-alerts/{id}': 'read',
  'post /safety-alerts/{id}/acknowledge': 'change',
  'post /safety-alerts/{id}/assign': 'change',
  'post /safety-alerts/{id}/note': 'change',
  'post /safety-alerts/{id}/snooze': 'change',
  'post /safety-alerts/{id}/reopen': 'change',
  'post /safety-alerts/{id}/resolve': 'change',
  'post /custody-events': 'change',
  'get /pending-events': 'read',
  'post /prisoners/{prisonNumber}/erasure': 'change',
  'get /prisoners/{prisonNumber}/key-worker-history': 'read',
  'get /prisoners/{prisonNumber}/timeline': 'read',
  'get /access-records': 'read',
  'get /security-events': 'read',
  'get /subject-access-request': 'read',
};

/** As asked here they show and change nobody: no event is set aside, no roll was checked (their own specs do both). */
const LEAVES_ELSEWHERE: typeof LEAVES = {
  'get /parked-events': 'read',
  'post /parked-events/drop': 'change',
  'post /parked-events/retry': 'change',
  'get /prisons/{prisonId}/roll': 'read',
  'post /prisons/{prisonId}/roll': 'change',
};

let service: SignedInService;
let admin: string;
let alert: AlertSummary;

beforeAll(async () => {
  service = await SignedInService.start();
  admin = await service.tokenOf([ADMIN], ['XYI'], 'ADMIN_GEN');
  await service.happens('PrisonerReceived', PERSON, 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('BereavementNotified', PERSON, 'XYI', {});
  alert = service.alertOf(PERSON, 'FAM-02');
});

afterAll(() => service.stop());

/** Straight from the log: whoever asks for them leaves one more. */
const logged = (user: string) => loggedIn(service, user);
const loggedIn = async ({ app }: SignedInService, user: string): Promise<Record<string, unknown>[]> => {
  const found: Record<string, unknown>[] = [];
  for await (const event of app.get<EventStore>(EVENT_STORE).readAll())
    if (event.type === 'AccessRecorded' && event.data['user'] === user) found.push(event.data);
  return found;
};
const records = async (query: string): Promise<AccessRecordBody[]> =>
  ((await (await service.ask(`/access-records?${query}`, admin)).json()) as { content: AccessRecordBody[] }).content;

describe('every route of the service', () => {
  it('says in its description whether it leaves a record, as it is known here', async () => {
    const { paths } = (await (await service.ask('/v3/api-docs')).json()) as {
      paths: Record<string, Record<string, { 'x-leaves-record'?: string }>>;
    };
    const declared = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => [`${method} ${path}`, operation['x-leaves-record']]),
    );
    expect(Object.fromEntries(declared.filter(([, leaves]) => leaves !== undefined))).toEqual({
      ...LEAVES,
      ...LEAVES_ELSEWHERE,
    });
  });

  it.each(Object.keys(MATRIX))(
    '%s leaves a record before it answers exactly where it shows or changes somebody',
    async (route) => {
      const line = MATRIX[route];
      if (!line) throw new Error(`${route} has no line in the matrix.`);
      const user = `U_${route.replaceAll(/\W/g, '_')}`;
      const token = await service.tokenOf([...ROLES], ['XYI'], user);
      const { path, body } = line.ask(alert);
      const leaving = new AbortController();
      const headers = { 'X-Reason': 'ACCT_REVIEW' };
      const answer = await (body === undefined
        ? service.ask(path, token, { headers, signal: leaving.signal })
        : service.send(path, body, token));
      // The headers are here, so the answer has left.
      const found = await logged(user);
      leaving.abort();
      expect(answer.status).toBe(line.answers.own);
      const access = LEAVES[route];
      expect(found).toEqual(
        access === undefined
          ? []
          : [
              {
                at: new Date(service.clock.now()).toISOString(),
                kind: 'user',
                user,
                access,
                prisonNumbers: [PERSON],
                address: '127.0.0.1',
                operation: expect.any(String) as unknown,
                ...(body === undefined && { reason: 'ACCT_REVIEW' }),
              },
            ],
      );
    },
  );
});

describe('the record of who saw whom', () => {
  it('stays after the erasure of the person, and holds ids only', async () => {
    const token = await service.tokenOf([ADMIN], ['XYI'], 'ERASER_GEN');
    await service.send(`/prisoners/${PERSON}/erasure`, { reason: 'COURT_ORDER', confirmStillWatched: true }, token);
    const before = await records(`prisonNumber=${PERSON}&user=ERASER_GEN`);
    expect(before).toMatchObject([{ operation: 'erasePerson', prisonNumbers: [PERSON], people: 1 }]);
    expect(Object.keys(before[0] ?? {}).sort()).toEqual(
      ['access', 'address', 'at', 'kind', 'operation', 'people', 'prisonNumbers', 'user'].sort(),
    );
  });

  it('tells by person, by user and by day, the latest first', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RO'], ['XYI'], 'READER_GEN');
    await service.ask(`/safety-alerts?prisonNumber=${PERSON}`, token);
    service.clock.pass(60_000);
    await service.ask(`/safety-alerts/${alert.id}`, token);
    const operations = async (query: string): Promise<string[]> =>
      (await records(query)).map(({ operation }) => operation);
    expect(await operations('user=READER_GEN')).toEqual(['readSafetyAlert', 'listSafetyAlerts']);
    expect(await operations(`user=READER_GEN&prisonNumber=${PERSON}`)).toEqual(['readSafetyAlert', 'listSafetyAlerts']);
    expect(await operations('user=READER_GEN&prisonNumber=A9999AA')).toEqual([]);
    expect(await operations('user=READER_GEN&from=2020-01-01&to=2020-12-31')).toEqual([]);
    expect(await operations('user=READER_GEN&size=1&page=1')).toEqual(['listSafetyAlerts']);
  });

  it('is there before the first answer of a minute, and once more only for whom a later one shows besides', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RO'], ['XYI'], 'POLLER_GEN');
    const poll = async (headers: Record<string, string> = {}): Promise<unknown[]> => {
      const before = (await logged('POLLER_GEN')).length;
      expect((await service.ask('/safety-alerts', token, { headers })).status).toBe(200);
      return (await logged('POLLER_GEN')).slice(before).map(({ prisonNumbers }) => (prisonNumbers as string[]).sort());
    };
    service.clock.moveTo(Math.ceil(service.clock.now() / 60_000) * 60_000);
    expect([await poll(), await poll(), await poll()]).toEqual([[[PERSON]], [], []]);
    const now = service.clock.now();
    await service.happens('PrisonerReceived', 'A0007AA', 'XYI', { reason: 'NEW_ADMISSION' });
    await service.happens('BereavementNotified', 'A0007AA', 'XYI', {});
    const later = service.clock.now();
    service.clock.moveTo(now + 59_000);
    expect([await poll(), await poll()]).toEqual([[['A0007AA']], []]);
    expect(await poll({ 'X-Reason': 'ACCT_REVIEW' })).toEqual([[PERSON, 'A0007AA']]);
    service.clock.moveTo(now + 60_000);
    expect([await poll(), await poll()]).toEqual([[[PERSON, 'A0007AA']], []]);
    service.clock.moveTo(later);
  });

  it('is not kept without a sign-in, unless it is asked for', async () => {
    const off = { AUTH: 'off', OIDC_ISSUER: '', OIDC_AUDIENCE: '' };
    for (const [settings, kept] of [
      [off, 0],
      [{ ...off, ACCESS_RECORDS: 'on' }, 1],
    ] as const) {
      const local = await SignedInService.start(settings);
      await local.happens('PrisonerReceived', PERSON, 'XYI', { reason: 'NEW_ADMISSION' });
      expect((await local.ask(`/safety-alerts?prisonNumber=${PERSON}`)).status).toBe(200);
      expect(await loggedIn(local, 'local')).toHaveLength(kept);
      await local.stop();
    }
  });

  it('is told as a table to whoever asks for CSV, and that is recorded too', async () => {
    const answer = await service.ask(`/access-records?user=READER_GEN`, admin, { headers: { Accept: 'text/csv' } });
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(await answer.text()).toContain(`,READER_GEN,,127.0.0.1,read,readSafetyAlert,,1,${PERSON}\r\n`);
    expect((await logged('ADMIN_GEN')).at(-1)).toMatchObject({
      operation: 'listAccessRecords',
      prisonNumbers: [PERSON],
    });
  });

  it.each(['from=2026-13-01', 'from=yesterday', 'from=2026-02-02&to=2026-02-01', 'prisonNumber=1', 'size=0', 'who=me'])(
    'refuses a question it cannot answer: %s',
    async (query) => {
      const answer = await service.ask(`/access-records?${query}`, admin);
      expect([answer.status, ((await answer.json()) as { errorCode: string }).errorCode]).toEqual([
        400,
        'INVALID_QUERY',
      ]);
    },
  );

  it('can be changed or removed by nobody', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await service.ask('/access-records', admin, { method })).status).toBe(404);
  });

  it('takes no free text for a reason: it could not be erased', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__ALERTS__RO'], ['XYI'], 'TALKER_GEN');
    const answer = await service.ask('/safety-alerts', token, { headers: { 'X-Reason': 'Because of Joe Bloggs' } });
    expect(await answer.text()).toContain('INVALID_REASON');
    expect([answer.status, await logged('TALKER_GEN')]).toEqual([400, []]);
  });

  it('names those whose alert or data somebody of another prison tried to change, and not who was not shown', async () => {
    const token = await service.tokenOf([...ROLES], ['XYM'], 'STRANGER_GEN');
    expect((await service.ask(`/safety-alerts/${alert.id}`, token)).status).toBe(404);
    expect(await logged('STRANGER_GEN')).toEqual([]);
    expect((await service.send(`/safety-alerts/${alert.id}/note`, { note: 'Seen.' }, token)).status).toBe(404);
    expect(await logged('STRANGER_GEN')).toMatchObject([{ operation: 'noteSafetyAlert', prisonNumbers: [PERSON] }]);
  });

  it('names everybody in a stream of custody events', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__EVENTS__RW'], ['XYI'], 'FEED_GEN');
    const event = (prisonNumber: string) =>
      JSON.stringify({
        type: 'ChaplaincyContactHeld',
        prisonNumber,
        prisonId: 'XYI',
        data: {},
        occurredAt: '2026-01-07T10:05:00+00:00',
      });
    const headers = { 'Content-Type': 'application/x-ndjson' };
    const body = `${event('A0005AA')}\n${event('a0006 aa')}\n`;
    expect((await service.ask('/custody-events', token, { method: 'POST', headers, body })).status).toBe(201);
    expect(await logged('FEED_GEN')).toMatchObject([{ access: 'change', prisonNumbers: ['A0005AA', 'A0006AA'] }]);
  });
});
