import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileOf } from '../acceptance/cases.js';
import { NDJSON, ServiceApp } from './service-app.js';

/** Three charges under one number, then a merge into another. */
const LINES = readFileSync(fileOf('real-39-latched-and-merged'), 'utf8').trimEnd().split('\n');
const [KEPT, REMOVED] = ['R3911RR', 'R3910RR'];
const FORMERLY = [{ prisonNumber: REMOVED, until: '2026-02-03T09:00:00.000Z' }];

let service: ServiceApp;

const told = async (isMeant: (line: string) => boolean): Promise<void> => {
  await service.send(LINES.filter(isMeant).join('\n'), NDJSON).expect(201);
  await service.settle();
};

beforeAll(async () => {
  service = await ServiceApp.start();
  await told((line) => !line.includes(KEPT));
  await told((line) => line.includes(KEPT));
});
afterAll(() => service.stop());

const get = async (path: string): Promise<unknown> => (await service.http.get(path).expect(200)).body;

describe('somebody whose records were merged', () => {
  it.each(['timeline', 'key-worker-history?from=2026-01-01'])(
    'has one %s, whichever number is asked for',
    async (what) => {
      const kept = await get(`/prisoners/${KEPT}/${what}`);
      expect(await get(`/prisoners/${REMOVED}/${what}`)).toEqual(kept);
      expect(kept).toMatchObject({ prisonNumber: KEPT, formerNumbers: FORMERLY });
    },
  );

  it('has their safety alerts in one list, those under the old number closed as merged', async () => {
    const alertsOf = async (number: string) =>
      ((await get(`/safety-alerts?prisonNumber=${number}&size=100&sort=raisedAt,asc`)) as { content: object[] })
        .content;
    const alerts = await alertsOf(KEPT);
    expect(await alertsOf(REMOVED)).toEqual(alerts);
    expect(alerts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ prisonNumber: REMOVED, rule: 'KW-01', outcome: 'merged' }),
        expect.objectContaining({ prisonNumber: KEPT, rule: 'KW-01' }),
      ]),
    );
  });

  it('is cited by events that were told under the old number', async () => {
    const list = (await get(`/safety-alerts?prisonNumber=${KEPT}&rule=KW-01&size=100`)) as {
      content: { id: string; prisonNumber: string }[];
    };
    const id = list.content.find(({ prisonNumber }) => prisonNumber === KEPT)?.id ?? '';
    const { evidence } = (await get(`/safety-alerts/${id}`)) as { evidence: { prisonNumber: string }[] };
    expect(evidence.map(({ prisonNumber }) => prisonNumber)).toContain(REMOVED);
  });

  it('has one page, which says until when they were recorded under the other number', async () => {
    for (const number of [KEPT, REMOVED]) {
      const { text } = await service.http.get(`/prisoners/${number}`).set('Accept', 'text/html').expect(200);
      expect(text).toContain(`Recorded under ${REMOVED} until 3 February 2026`);
      expect(text).toContain(`/prisoners/${KEPT}/events`);
      expect(text).not.toContain(`/prisoners/${REMOVED}/events`);
    }
  });

  it('is told all that is held about them, by whichever number they ask', async () => {
    const { content } = (await get(`/subject-access-request?prn=${REMOVED}`)) as {
      content: { custodyEvents: object[] };
    };
    expect(content).toMatchObject({ prisonNumber: KEPT, formerPrisonNumbers: [REMOVED] });
    expect(content.custodyEvents).toHaveLength(LINES.length);
  });

  it('was seen by those who saw them under either number, whichever is asked for', async () => {
    const seen = await Promise.all(
      [KEPT, REMOVED].map(async (number) => {
        const path = `/access-records?prisonNumber=${number}&from=2026-01-01&size=1000`;
        const { content } = (await get(path)) as { content: { operation: string; prisonNumbers: string[] }[] };
        return content.filter(({ operation }) => operation !== 'listAccessRecords');
      }),
    );
    const [first = []] = seen;
    expect(seen[1]).toEqual(first);
    expect(new Set(first.flatMap(({ prisonNumbers }) => prisonNumbers))).toEqual(new Set([KEPT, REMOVED]));
  });

  it('is erased under all their numbers at once, and the answer names them', async () => {
    const answer = await service.http
      .post(`/prisoners/${REMOVED}/erasure`)
      .send({ reason: 'ERASURE_REQUESTED', confirmStillWatched: true })
      .expect(200);
    expect(answer.body).toMatchObject({ prisonNumber: KEPT, mergedFrom: [REMOVED] });
    const streams = (await service.log()).filter(({ type }) => type === 'PersonErased').map(({ stream }) => stream);
    expect(streams.sort()).toEqual([`test_person-${REMOVED}`, `test_person-${KEPT}`]);
  });
});
