import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NOW, ServiceApp } from './service-app.js';

const TIMELINE = '/prisoners/A1234BC/timeline';
const SESSION = '00000000-0000-4000-8000-00000000000a';
const DAY = 86_400_000;

const event = (type: string, occurredAt: string, data: object, more: object = {}) => ({
  type,
  prisonNumber: 'A1234BC',
  prisonId: 'XYI',
  occurredAt,
  data,
  ...more,
});

interface Entry {
  readonly kind: string;
  readonly type?: string;
  readonly rule?: string;
  readonly transition?: string;
  readonly withdrawn?: boolean;
  readonly quashed?: boolean;
  readonly replaced?: boolean;
  readonly data?: { readonly staffId?: string };
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly knownAt?: string;
}

let service: ServiceApp;
beforeEach(async () => {
  service = await ServiceApp.start();
});
afterEach(() => service.stop());

/** Events become known on the day after today that is so many days off. */
const known = async (daysFromNow: number, ...events: readonly object[]): Promise<void> => {
  service.clock.moveTo(NOW + daysFromNow * DAY);
  await service.send(events).expect(201);
  await service.settle();
};

const read = async (query = ''): Promise<readonly Entry[]> =>
  ((await service.http.get(TIMELINE + query).expect(200)).body as { entries: Entry[] }).entries;

const inOneWord = ({ kind, type, rule, transition }: Entry): string =>
  kind === 'custody-event' ? String(type) : `${String(rule)} ${String(transition)}`;

const arrived = event('PrisonerReceived', '2026-11-01T15:00:00+00:00', { reason: 'NEW_ADMISSION' });
const held = event('KeyWorkerSessionHeld', '2026-11-02T10:00:00+00:00', { staffId: '1001' }, { id: SESSION });
const harmed = event('SelfHarmReported', '2026-11-21T22:00:00+00:00', {});
const withdrawn = event('EventWithdrawn', '2026-11-24T09:00:00+00:00', {
  withdraws: SESSION,
  reason: 'Somebody else.',
});

describe('the timeline', () => {
  it('shows custody events and what became of alerts in one list, in the order it happened', async () => {
    await known(0, harmed, arrived, held);
    const entries = await read();
    const told = entries.map(inOneWord);
    const instants = entries.map(({ occurredAt }) => Date.parse(occurredAt));
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(told.slice(0, 3)).toEqual(['PrisonerReceived', 'KeyWorkerSessionHeld', 'SelfHarmReported']);
    expect(told.slice(3)).toEqual(expect.arrayContaining(['KW-01 raised', 'VUL-01 raised']));
  });

  it('shows both clocks: when it happened, when it was recorded, and when it became known here', async () => {
    await known(0, arrived, { ...held, recordedAt: '2026-11-03T08:00:00+00:00' });
    expect((await read()).find(({ type }) => type === 'KeyWorkerSessionHeld')).toMatchObject({
      occurredAt: '2026-11-02T10:00:00+00:00',
      recordedAt: '2026-11-03T08:00:00+00:00',
      knownAt: '2026-11-22T09:00:00.000Z',
    });
  });

  it('keeps what was withdrawn, with the withdrawal, and says so', async () => {
    await known(0, arrived, held);
    await known(2, withdrawn);
    const entries = await read();
    expect(entries.filter((entry) => entry.withdrawn).map(inOneWord)).toEqual(['KeyWorkerSessionHeld']);
    expect(entries.map(inOneWord)).toContain('EventWithdrawn');
  });

  it('shows charges that were quashed as such', async () => {
    const charge = { chargeNumber: 'XYI-1' };
    await known(
      0,
      arrived,
      event('AdjudicationReported', '2026-11-05T10:00:00+00:00', charge),
      event('AdjudicationQuashed', '2026-11-15T10:00:00+00:00', charge),
    );
    expect((await read()).filter(({ quashed }) => quashed).map(inOneWord)).toEqual(['AdjudicationReported']);
  });

  it('shows with asAt what was known then, as it counted then, and nothing that came later', async () => {
    await known(0, arrived, held);
    await known(2, withdrawn, harmed);
    const asAt = new Date(NOW + DAY).toISOString();
    const then = await read(`?asAt=${asAt}`);
    expect(then.filter(({ kind }) => kind === 'custody-event').map(inOneWord)).toEqual([
      'PrisonerReceived',
      'KeyWorkerSessionHeld',
    ]);
    expect(then.filter((entry) => entry.withdrawn)).toEqual([]);
    expect(then.map(inOneWord)).toContain('KW-01 raised');
    expect(then.map(inOneWord)).not.toContain('VUL-01 raised');
  });

  it('tells what had been recorded at its source by then from what this service held then', async () => {
    await known(0, arrived, { ...held, recordedAt: '2026-11-03T08:00:00+00:00' });
    await known(2, { ...harmed, recordedAt: '2026-11-21T23:00:00+00:00' });
    const asAt = async (instant: string, of: string) =>
      (await read(`?asAt=${instant}${of}`)).filter(({ kind }) => kind === 'custody-event').map(inOneWord);
    const recorded = ['KeyWorkerSessionHeld', 'SelfHarmReported'];
    expect(await asAt('2026-11-21T23:00:00Z', '&asAtOf=known')).toEqual(recorded);
    expect(await asAt('2026-11-21T22:59:59Z', '&asAtOf=known')).toEqual(recorded.slice(0, 1));
    expect(await asAt('2026-11-21T23:00:00Z', '&asAtOf=held')).toEqual([]);
    expect(await asAt('2026-11-23T09:00:00Z', '&asAtOf=held')).toEqual(['PrisonerReceived', 'KeyWorkerSessionHeld']);
    expect(await asAt('2026-11-23T09:00:00Z', '')).toEqual(['PrisonerReceived', 'KeyWorkerSessionHeld']);
    expect(await asAt('2026-11-24T09:00:00Z', '&asAtOf=held')).toEqual(['PrisonerReceived', ...recorded]);
  });

  it('refuses to guess which of the two is asked', async () => {
    await known(0, arrived);
    const answer = await service.http.get(`${TIMELINE}?asAt=2026-11-22T09:00:00Z&asAtOf=both`).expect(400);
    expect(answer.body).toMatchObject({ errorCode: 'INVALID_QUERY', errors: [{ field: 'asAtOf', value: 'both' }] });
  });

  it('leads from a number that was merged to the one that was kept, and says so', async () => {
    await known(0, { ...arrived, prisonNumber: 'B1234BC' }, { ...held, prisonNumber: 'B1234BC' });
    await known(
      1,
      { ...arrived, occurredAt: '2026-11-20T15:00:00+00:00' },
      event('PrisonerRecordsMerged', '2026-11-23T09:00:00+00:00', { removedPrisonNumber: 'B1234BC' }),
    );
    const [kept, removed] = await Promise.all(
      ['A1234BC', 'B1234BC'].map((number) => service.http.get(`/prisoners/${number}/timeline`).expect(200)),
    );
    expect(removed?.body).toEqual(kept?.body);
    expect(kept?.body).toMatchObject({
      prisonNumber: 'A1234BC',
      formerNumbers: [{ prisonNumber: 'B1234BC', until: '2026-11-23T09:00:00.000Z' }],
    });
    const entries = (kept?.body as { entries: (Entry & { prisonNumber?: string })[] }).entries;
    expect(entries.filter(({ type }) => type === 'KeyWorkerSessionHeld')).toMatchObject([{ prisonNumber: 'B1234BC' }]);
    const before = await service.http.get(`/prisoners/B1234BC/timeline?asAt=2026-11-22T12:00:00Z`).expect(200);
    expect(before.body).toMatchObject({ prisonNumber: 'B1234BC', formerNumbers: [] });
  });

  it('shows which telling of a record stands', async () => {
    const told = (revision: number, staffId: string) =>
      event(
        'KeyWorkerSessionHeld',
        '2026-11-02T10:00:00+00:00',
        { staffId },
        { source: { system: 'notes', id: '1', revision } },
      );
    await known(0, arrived, told(1, '1001'), told(2, '1002'));
    const sessions = (await read()).filter(({ type }) => type === 'KeyWorkerSessionHeld');
    expect(sessions.map((entry) => [entry.data?.staffId, entry.replaced])).toEqual([
      ['1001', true],
      ['1002', false],
    ]);
  });

  it('knows of nobody at an instant before anything was known', async () => {
    await known(0, arrived);
    const answer = await service.http.get(`${TIMELINE}?asAt=2026-11-01T00:00:00Z`).expect(200);
    expect(answer.body).toMatchObject({ asAt: '2026-11-01T00:00:00.000Z', entries: [] });
  });

  it('takes an offset whose plus nobody encoded, and refuses what is no instant', async () => {
    await known(0, arrived);
    await service.http.get(`${TIMELINE}?asAt=2026-11-22T10:00:00+01:00`).expect(200);
    const answer = await service.http.get(`${TIMELINE}?asAt=2026-11-22`).expect(400);
    expect(answer.body).toMatchObject({ errorCode: 'INVALID_QUERY', errors: [{ field: 'asAt', value: '2026-11-22' }] });
  });

  it('does not invent a person', async () => {
    await service.http.get(TIMELINE).expect(404);
  });

  it('is a table for whom asks for one, an entry a line', async () => {
    await known(0, arrived, harmed);
    const entries = await read();
    const { text } = await service.http.get(TIMELINE).set('Accept', 'text/csv').expect(200);
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + entries.length);
    expect(lines[1]).toBe(
      `2026-11-01T15:00:00+00:00,2026-11-22T09:00:00.000Z,2026-11-22T09:00:00.000Z,custody-event,XYI,PrisonerReceived,,,,"{""reason"":""NEW_ADMISSION""}",${String((entries[0] as { id?: string }).id)}`,
    );
  });
});
