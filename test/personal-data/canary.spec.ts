import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '../../src/custody/catalogue/catalogue.js';
import type { CatalogueEntry } from '../../src/custody/catalogue/catalogue.js';
import { importLines } from '../../src/custody/import-lines.js';
import { CustodyLog } from '../../src/custody/custody-log.js';
import { readNdjson } from '../../src/custody/ndjson.js';
import { Seals } from '../../src/personal-data/seals.js';
import fc from 'fast-check';
import { dataOf } from '../any-custody-event.js';
import { CanaryService, NOW, PREFIX } from './canary-service.js';
import { SENDER } from '../sender.js';

const WHO = 'A1234BC';
const CANARY = 'Kanarienvogel';
/** Of a day on which nothing else in these stories happens. */
const BORN = '1931-07-19';
const BOTH = new RegExp(`${CANARY}|${BORN}`);

let songs = 0;
const song = () => `${CANARY} ${++songs}`;

const canaryFor = ({ schema }: CatalogueEntry['data']['members'][number]): unknown =>
  schema.format === 'date' ? BORN : schema.type === 'array' ? [song(), song()] : song();

/** An event of each type that has personal members, with a canary in each of them, two days ago. */
const events = [...CATALOGUE.values()].flatMap((entry) => {
  const personal = entry.data.members.filter((member) => member.personal);
  if (personal.length === 0) return [];
  const [data] = fc.sample(dataOf(entry), { numRuns: 1, seed: 7 });
  const canaries = Object.fromEntries(personal.map((member) => [member.name, canaryFor(member)]));
  return [
    {
      type: entry.type,
      ...(entry.subject === 'person' && { prisonNumber: WHO }),
      prisonId: 'XYI',
      occurredAt: '2026-11-20T10:05:00Z',
      data: { ...data, ...canaries },
    },
  ];
});
const arrival = {
  type: 'PrisonerReceived',
  prisonNumber: WHO,
  prisonId: 'XYI',
  occurredAt: '2026-09-01T10:00:00Z',
  data: { reason: 'NEW_ADMISSION', dateOfBirth: BORN },
};
const harm = { type: 'SelfHarmReported', prisonNumber: WHO, prisonId: 'XYI', occurredAt: '2026-11-20T11:00:00Z' };
const said: string[] = [];

const service = new CanaryService();
const say = <T extends { readonly text: string }>(answer: T): T => {
  said.push(answer.text);
  return answer;
};
const post = async (path: string, body: object | string, type = 'application/json') =>
  say(await service.http.post(path).set('Content-Type', type).send(body));

/** Every answer that tells anything of anybody. */
const everyAnswer = async (): Promise<string> => {
  const ids = service.alerts.all().map(({ id }) => id);
  const paths = [
    '/safety-alerts?size=500',
    '/metrics',
    '/health',
    '/info',
    '/rules',
    ...ids.map((id) => `/safety-alerts/${id}`),
  ];
  const answers: string[] = [];
  for (const path of paths) answers.push((await service.http.get(path).expect(200)).text);
  return answers.join('\n');
};

const FORMS = [
  CANARY,
  BORN,
  Buffer.from(CANARY, 'utf16le').toString('latin1'),
  ...[0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + CANARY)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  ),
];

/** The files of the service, by name, every byte of which was looked at. */
const filesWithoutCanaries = (): Map<string, string> => {
  const files = service.files();
  for (const [name, bytes] of files)
    for (const form of FORMS) expect([name, bytes.includes(form)]).toEqual([name, false]);
  return files;
};

async function* fileOf(lines: readonly object[]) {
  await Promise.resolve();
  yield Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));
}

beforeAll(async () => {
  await service.start();
  expect((await post('/custody-events', [arrival, ...events, harm])).status).toBe(201);
  await post('/custody-events', events.map((event) => JSON.stringify(event)).join('\n'), 'application/x-ndjson');
  const { store, keys } = service.estate;
  const log = new CustodyLog(store, PREFIX, new Seals(keys));
  const more = events.map((event) => ({ ...event, occurredAt: '2026-11-20T12:00:00Z' }));
  await importLines(readNdjson(fileOf(more)), (some) => log.recordAll(some, { knownAt: () => NOW, sender: SENDER }), {
    now: () => NOW,
    onRefused: (line) => {
      throw new Error(JSON.stringify(line));
    },
  });
  await service.settle();
  const [first, second] = service.alerts.open();
  const note = { note: song() };
  await post(`/safety-alerts/${first?.id}/note`, note);
  await post(`/safety-alerts/${first?.id}/acknowledge`, { note: song() });
  await post(`/safety-alerts/${first?.id}/snooze`, {
    untilWorse: true,
    until: null,
    reasonCode: 'OTHER',
    note: song(),
  });
  await post(`/safety-alerts/${second?.id}/resolve`, { reasonCode: 'OTHER', note: song(), confirmStillTrue: true });
  await service.settle();
});

afterAll(async () => {
  await service.stop();
  service.remove();
});

describe('names and free text that were sent by every way', () => {
  it('are shown to those who may read them', async () => {
    expect(events.length).toBeGreaterThan(8);
    const answers = await everyAnswer();
    expect(answers).toMatch(CANARY);
    expect(answers.match(/"note":"Kanarienvogel/g)?.length).toBeGreaterThanOrEqual(3);
  });

  it('lie in no file in any form that can be read', () => {
    const files = filesWithoutCanaries();
    expect([...files.keys()]).toEqual(expect.arrayContaining(['log.db', 'log.db-wal', 'keys.db', 'local.db']));
    expect(files.get('log.db-wal')).toContain(WHO);
  });

  it('are taken by no member that is not sealed, and what is refused is kept nowhere', async () => {
    const ids = ['staffId', 'noteRef', 'chargeNumber', 'markerId', 'code', 'status', 'severity', 'feed'];
    const members = [...CATALOGUE.values()].flatMap(({ type, subject, data }) =>
      data.members.filter(({ name }) => ids.includes(name)).map(({ name }) => ({ type, subject, member: name })),
    );
    const envelope = { prisonId: 'XYI', occurredAt: '2026-11-20T10:05:00Z' };
    const refused = [
      ...members.map(({ type, subject, member }) => ({
        ...envelope,
        type,
        ...(subject === 'person' && { prisonNumber: WHO }),
        data: { [member]: song() },
      })),
      { ...envelope, type: 'AcctClosed', prisonNumber: WHO, recordedBy: song() },
      { ...envelope, type: 'AcctClosed', prisonNumber: WHO, source: { system: 'case-notes', id: song() } },
      { ...envelope, type: 'AcctClosed', prisonNumber: WHO, source: { system: song() } },
    ];
    const { results } = (await service.http.post('/custody-events').send(refused).expect(400)).body as {
      readonly results: readonly {
        readonly errors: readonly { readonly field: string; readonly value: string | null }[];
      }[];
    };
    const named = results.map(({ errors }) => errors.find(({ value }) => value?.startsWith(CANARY))?.field);
    expect(named).toEqual([
      ...members.map(({ member }) => `data.${member}`),
      'recordedBy',
      'source.id',
      'source.system',
    ]);
    filesWithoutCanaries();
  });

  it('are in no log line, metric or answer to those who sent them', async () => {
    expect(service.logged.join('\n')).not.toMatch(BOTH);
    expect((await service.http.get('/metrics')).text).not.toMatch(BOTH);
    expect(said.join('\n')).not.toMatch(BOTH);
  });

  it('come back in an error only as the value of the very field that is refused', async () => {
    const refused = song();
    const { text } = await service.http
      .post('/custody-events')
      .send({ ...events[0], prisonId: refused })
      .expect(400);
    expect(text.match(new RegExp(`${CANARY} \\d+`, 'g'))).toEqual([refused]);
    expect(JSON.parse(text)).toMatchObject({ results: [{ errors: [{ field: 'prisonId', value: refused }] }] });
    const broken = await post('/custody-events', `{"a": ${CANARY}`);
    expect([broken.status, BOTH.test(broken.text)]).toEqual([400, false]);
    expect(service.logged.join('\n')).not.toMatch(BOTH);
  });
});

describe('after the erasure', () => {
  let before: readonly unknown[];

  beforeAll(async () => {
    await service.settle();
    expect(await service.findings()).toMatchObject({ findings: [] });
    before = service.alerts.all();
    const refused = await service.http.post(`/prisoners/${WHO}/erasure`).send({ reason: 'COURT_ORDER' }).expect(409);
    expect(refused.body).toMatchObject({ errorCode: 'STILL_WATCHED', stillWatched: { inCustodyAt: 'XYI' } });
    const { openAlerts } = (refused.body as { stillWatched: { openAlerts: { id: string }[] } }).stillWatched;
    expect(openAlerts.map(({ id }) => id).sort()).toEqual(
      service.alerts
        .open()
        .map(({ id }) => id)
        .sort(),
    );
    const answer = await service.http
      .post(`/prisoners/${WHO.toLowerCase()}/erasure`)
      .send({ reason: 'COURT_ORDER', confirmStillWatched: true })
      .expect(200);
    expect(answer.body).toMatchObject({ prisonNumber: WHO, inClear: 0, mergedFrom: expect.any(Array) as unknown });
  });

  it('they are in no answer of any route, at once and after a restart', async () => {
    expect(await everyAnswer()).not.toMatch(BOTH);
    expect(await everyAnswer()).toMatch('(erased)');
    await service.stop();
    await service.start();
    expect(await everyAnswer()).not.toMatch(BOTH);
    expect([...filesWithoutCanaries().keys()].join()).toMatch(/key-work\.ndjson,watch\.ndjson/);
    expect(service.logged.join('\n')).not.toMatch(BOTH);
  });

  it('the alerts are as they were, and verify finds nothing', async () => {
    expect(service.alerts.all()).toEqual(before);
    await service.settle();
    expect(service.alerts.all()).toEqual(before);
    expect(await service.findings()).toMatchObject({ checked: 1, findings: [] });
  });

  it('a redelivery is a duplicate that brings nothing back', async () => {
    const last = await service.lastCustodyEvent();
    const answer = await service.http.post('/custody-events').send(events).expect(201);
    const { results } = answer.body as { results: { status: string }[] };
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['duplicate']));
    expect(await service.lastCustodyEvent()).toBe(last);
    expect(await everyAnswer()).not.toMatch(BOTH);
  });

  it.each([
    [`/prisoners/${WHO}/erasure`, { reason: 'because' }, 400, 'INVALID_ERASURE'],
    [`/prisoners/${WHO}/erasure`, {}, 400, 'INVALID_ERASURE'],
    ['/prisoners/nobody/erasure', { reason: 'COURT_ORDER' }, 400, 'INVALID_ERASURE'],
    ['/prisoners/Z9999ZZ/erasure', { reason: 'COURT_ORDER' }, 404, 'NO_SUCH_PERSON'],
  ])('%s with %j is refused: %i %s', async (path, body, status, errorCode) => {
    expect((await service.http.post(path).send(body).expect(status)).body).toMatchObject({ errorCode });
  });
});
