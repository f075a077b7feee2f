import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RollChecked } from '../../src/roll/roll-checked.js';
import { ServiceApp } from './service-app.js';

const HOUR = 3_600_000;
const DECEMBER = Date.parse('2026-12-05T06:00:00Z');
const iso = (instant: number): string => new Date(instant).toISOString();

let service: ServiceApp;
beforeEach(async () => (service = await ServiceApp.start({}, DECEMBER)));
afterEach(() => service.stop());

const happens = (type: string, prisonNumber: string, hours: number, data: object, prisonId = 'XYI') =>
  service.send({ type, prisonNumber, prisonId, occurredAt: iso(DECEMBER - hours * HOUR), data }).expect(201);
const arrives = (prisonNumber: string, prisonId = 'XYI', hours = 240) =>
  happens('PrisonerReceived', prisonNumber, hours, { reason: 'NEW_ADMISSION' }, prisonId);

const check = async (entries: readonly object[], more: object = {}, status = 200): Promise<RollChecked> => {
  const sent = { asAt: iso(service.clock.now()), entries, ...more };
  return (await service.http.post('/prisons/XYI/roll').send(sent).expect(status)).body as RollChecked;
};
const alerts = async (
  rule: string,
): Promise<{ prisonNumber: string; severity: string; state: string; outcome?: string }[]> =>
  ((await service.http.get(`/safety-alerts?rule=${rule}&size=100`).expect(200)).body as { content: never[] }).content;
const told = async (prisonNumber: string) =>
  (await service.log())
    .filter(({ stream }) => stream === `test_person-${prisonNumber}`)
    .map(({ type, data, metadata }) => ({
      type,
      data,
      source: metadata['source'],
      recordedBy: metadata['recordedBy'],
    }));

describe('somebody on the roll of whom the log never heard', () => {
  it('is known from then on, and DATA-04 asks operators for the arrival until it is recorded', async () => {
    await arrives('A0001AA');
    const { findings, differences, unlike } = await check([{ prisonNumber: 'A0001AA' }, { prisonNumber: 'A0009AA' }]);
    expect([findings, differences.NEVER_HEARD_OF, unlike]).toEqual([
      [{ prisonNumber: 'A0009AA', kind: 'NEVER_HEARD_OF' }],
      1,
      false,
    ]);
    await service.settle();
    expect(await alerts('DATA-04')).toMatchObject([{ prisonNumber: 'A0009AA', severity: 'HIGH', state: 'OPEN' }]);
    await check([{ prisonNumber: 'A0001AA' }, { prisonNumber: 'A0009AA' }]);
    expect(await told('A0009AA')).toMatchObject([{ type: 'FoundOnRoll', source: { system: 'roll' } }]);
    service.clock.pass(HOUR);
    await happens('PrisonerReceived', 'A0009AA', 20, { reason: 'NEW_ADMISSION' });
    await service.settle();
    expect(await alerts('DATA-04')).toMatchObject([{ state: 'RESOLVED', outcome: 'recorded-late' }]);
    expect((await check([{ prisonNumber: 'A0001AA' }, { prisonNumber: 'A0009AA' }])).findings).toEqual([]);
  });

  it('is in the next prison once the roll of that has them, and DATA-04 goes with them', async () => {
    await check([{ prisonNumber: 'A0009AA' }]);
    await service.settle();
    service.clock.pass(24 * HOUR);
    const sent = { asAt: iso(service.clock.now()), entries: [{ prisonNumber: 'A0009AA' }] };
    const answer = await service.http.post('/prisons/XYM/roll').send(sent).expect(200);
    expect(answer.body).toMatchObject({ findings: [{ prisonNumber: 'A0009AA', kind: 'NEVER_HEARD_OF' }] });
    await service.settle();
    expect(await alerts('DATA-04')).toMatchObject([{ prisonNumber: 'A0009AA', prisonId: 'XYM', state: 'OPEN' }]);
    await service.http.post('/prisons/XYM/roll').send(sent).expect(200);
    expect(await told('A0009AA')).toHaveLength(2);
  });

  it('is not found again in a later stay, which they came into after they had arrived and left', async () => {
    await check([{ prisonNumber: 'A0009AA' }]);
    service.clock.pass(96 * HOUR);
    await happens('PrisonerReceived', 'A0009AA', -24, { reason: 'NEW_ADMISSION' });
    await happens('PrisonerReleased', 'A0009AA', -48, { reason: 'RELEASED' });
    await happens('PrisonerReceived', 'A0009AA', -72, { reason: 'RETURN_FROM_COURT' });
    expect((await check([{ prisonNumber: 'A0009AA' }])).findings).toEqual([]);
  });

  it('is on record with whoever checked the roll, or looked at what came of it', async () => {
    await check([{ prisonNumber: 'A0009AA' }]);
    await service.http.get('/prisons/XYI/roll').expect(200);
    const left = (await service.records()).map(({ data }) => data);
    expect(left).toMatchObject([
      { operation: 'checkRoll', access: 'change', prisonNumbers: ['A0009AA'] },
      { operation: 'readRollCheck', access: 'read', prisonNumbers: ['A0009AA'] },
    ]);
  });

  it('is watched by every other rule, too', async () => {
    await check([{ prisonNumber: 'A0009AA' }]);
    service.clock.pass(96 * HOUR);
    await happens('ChaplaincyContactHeld', 'A0009AA', 0, {});
    await service.settle();
    expect((await alerts('KW-03')).map(({ prisonNumber }) => prisonNumber)).toEqual(['A0009AA']);
  });
});

describe('what differs otherwise', () => {
  const entries = [
    { prisonNumber: 'A0001AA', location: 'A-1-001' },
    { prisonNumber: 'A0002AA', since: '2026-12-03' },
    { prisonNumber: 'A0003AA', since: '2026-12-04T10:00:00Z' },
    { prisonNumber: 'A0005AA', since: '2026-12-01' },
  ];

  beforeEach(async () => {
    await arrives('A0001AA');
    await happens('CellMoved', 'A0001AA', 100, { location: 'A-1-002', segregationUnit: false });
    await arrives('A0002AA');
    await happens('PrisonerReleased', 'A0002AA', 100, { reason: 'RELEASED' });
    await arrives('A0003AA', 'XYM');
    await arrives('A0004AA');
  });

  const KINDS = [
    ['A0001AA', 'OTHER_CELL'],
    ['A0002AA', 'NOT_IN_CUSTODY'],
    ['A0003AA', 'OTHER_PRISON'],
    ['A0005AA', 'NEVER_HEARD_OF'],
    ['A0004AA', 'ONLY_HERE'],
  ];

  it('is only told, and recorded as a check: nothing is corrected by itself', async () => {
    const { findings, corrected } = await check(entries);
    expect(findings.map(({ prisonNumber, kind }) => [prisonNumber, kind])).toEqual(KINDS);
    expect(findings[2]).toEqual({ prisonNumber: 'A0003AA', kind: 'OTHER_PRISON', heldBy: 'XYM' });
    expect(corrected).toBe(0);
    expect((await told('A0004AA')).map(({ type }) => type)).toEqual(['PrisonerReceived']);
    const checks = (await service.log()).filter(({ stream }) => stream === 'test_roll-XYI');
    expect(checks).toMatchObject([{ type: 'RollChecked', data: { by: 'local', people: 4, corrected: 0 } }]);
    expect(JSON.stringify(checks)).not.toContain('A-1-001');
    expect((await service.http.get('/prisons/XYI/roll').expect(200)).body).toMatchObject({ findings });
    await service.http.get('/prisons/XYM/roll').expect(404);
  });

  it('is corrected where somebody asks for that: custody events with the roll as their source, and who corrected', async () => {
    expect((await check(entries, { correct: true })).corrected).toBe(3);
    expect((await told('A0002AA')).at(-1)).toMatchObject({
      data: { reason: 'READMISSION' },
      source: { system: 'roll', id: `XYI-${iso(DECEMBER)}-A0002AA` },
      recordedBy: 'local',
    });
    expect((await told('A0003AA')).at(-1)).toMatchObject({ data: { reason: 'TRANSFERRED' } });
    expect((await told('A0005AA')).map(({ type }) => type)).toEqual(['PrisonerReceived']);
    expect(await check(entries, { correct: true })).toMatchObject({ corrected: 0 });
  });

  it('is not corrected where the roll does not say what happened: who is missing from it has not left, and a cell stays', async () => {
    const before = [await told('A0001AA'), await told('A0004AA')];
    await check(entries, { correct: true });
    expect([await told('A0001AA'), await told('A0004AA')]).toEqual(before);
    expect((await check(entries)).findings.map(({ prisonNumber, kind }) => [prisonNumber, kind])).toEqual([
      ['A0001AA', 'OTHER_CELL'],
      ['A0004AA', 'ONLY_HERE'],
    ]);
  });

  it('leaves what the old prison recorded on the day of a transfer with the old prison', async () => {
    const since = { prisonNumber: 'A0003AA', since: iso(DECEMBER).slice(0, 10) };
    await check([since], { correct: true, accept: true });
    const arrivals = (await service.log()).filter(({ stream }) => stream === 'test_person-A0003AA');
    expect(arrivals.at(-1)?.metadata['occurredAt']).toBe(iso(DECEMBER));
  });
});

describe('half a roll', () => {
  it('corrects nothing and raises nothing, unless somebody says that it is right', async () => {
    const numbers = Array.from({ length: 30 }, (_, at) => `A${String(at).padStart(4, '0')}AA`);
    for (const number of numbers) await arrives(number);
    const half = [...numbers.slice(0, 15), 'B0001BB'].map((prisonNumber) => ({ prisonNumber }));
    expect(await check(half)).toMatchObject({ unlike: true, differences: { ONLY_HERE: 15, NEVER_HEARD_OF: 1 } });
    expect(await told('B0001BB')).toEqual([]);
    expect(await check(half, { correct: true }, 409)).toMatchObject({ errorCode: 'ROLL_UNLIKE' });
    expect(await told('A0029AA')).toHaveLength(1);
    expect(await check(half, { correct: true, accept: true })).toMatchObject({ corrected: 1 });
  });

  it('releases nobody, in a small prison either', async () => {
    const numbers = Array.from({ length: 11 }, (_, at) => `A${String(at).padStart(4, '0')}AA`);
    for (const number of numbers) await arrives(number);
    expect(await check([{ prisonNumber: 'A0000AA' }], { correct: true })).toMatchObject({ corrected: 0 });
    for (const number of numbers) expect(await told(number)).toHaveLength(1);
  });
});

describe('what is no roll', () => {
  it.each([
    [{ entries: [{ prisonNumber: 'A12' }] }, 'entries[0].prisonNumber'],
    [{ entries: [{ prisonNumber: 'A0001AA', prisonId: 'XYM' }] }, 'entries[0].prisonId'],
    [{ entries: [{ prisonNumber: 'A0001AA' }, { prisonNumber: 'A0001AA' }] }, 'entries[1].prisonNumber'],
    [{ entries: [] }, 'entries'],
    [{ entries: [{ prisonNumber: 'A0001AA' }], asAt: 'today' }, 'asAt'],
    [{ entries: [{ prisonNumber: 'A0001AA' }], correct: 'yes' }, 'correct'],
    [{ entries: [{ prisonNumber: 'A0001AA' }], corect: true }, 'corect'],
  ])('is refused, with the field: %j', async (sent, field) => {
    const answer = await check([], sent, 400);
    expect(answer).toMatchObject({ errorCode: 'INVALID_ROLL', errors: [{ field }] });
  });

  it('is one of an instant that has not come yet', async () => {
    const answer = await check([{ prisonNumber: 'A0001AA' }], { asAt: iso(DECEMBER + 24 * HOUR) }, 400);
    expect(answer).toMatchObject({ errorCode: 'ROLL_IN_FUTURE' });
    expect(await service.log()).toEqual([]);
  });
});

it('figures have the last check of each prison', async () => {
  await arrives('A0001AA');
  await check([{ prisonNumber: 'A0001AA' }, { prisonNumber: 'A0009AA' }]);
  await service.settle();
  const { text } = await service.http.get('/metrics').expect(200);
  expect(text).toContain('custody_watch_roll_differences{prison="XYI",kind="NEVER_HEARD_OF"} 1');
  expect(text).toContain('custody_watch_roll_differences{prison="XYI",kind="ONLY_HERE"} 0');
  expect(text).toContain(`custody_watch_roll_checked_timestamp_seconds{prison="XYI"} ${DECEMBER / 1000}`);
});
