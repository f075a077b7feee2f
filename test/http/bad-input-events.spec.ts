import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asLines, NDJSON, ServiceApp, session } from './service-app.js';

let service: ServiceApp;

beforeAll(async () => {
  service = await ServiceApp.start();
});

afterAll(() => service.stop());

/** The ids of what is in the log of this person. */
const stored = async (prisonNumber = 'A1234BC'): Promise<string[]> =>
  (await service.log()).filter(({ stream }) => stream.endsWith(prisonNumber)).map(({ id }) => id);

describe('a custody event that cannot be taken', () => {
  it.each([
    ['an unknown type', { type: 'KeyWorkerSesionHeld' }, 'type', 'KeyWorkerSesionHeld', 'Did you mean KeyWorkerSess'],
    ['no type', { type: undefined }, 'type', null, 'is missing'],
    ['a wrong prison number', { prisonNumber: 'A12' }, 'prisonNumber', 'A12', 'such as A1234BC'],
    ['no prison number', { prisonNumber: undefined }, 'prisonNumber', null, 'needs one'],
    ['no prison', { prisonId: undefined }, 'prisonId', null, 'three capital letters'],
    ['a future date', { occurredAt: '2026-11-22T09:05:01Z' }, 'occurredAt', '2026-11-22T09:05:01Z', 'in the future'],
    [
      'a day that does not exist',
      { occurredAt: '2026-02-30T09:00:00Z' },
      'occurredAt',
      '2026-02-30T09:00:00Z',
      'exist',
    ],
    ['no offset', { occurredAt: '2026-11-20T09:00:00' }, 'occurredAt', '2026-11-20T09:00:00', 'offset'],
    ['an id that is none', { id: '7' }, 'id', '7', 'UUID'],
    ['an unknown member', { colour: 'red' }, 'colour', 'red', 'not a known member'],
    [
      'an unknown member of its data',
      { data: { staffId: '1', mood: 'low' } },
      'data.mood',
      'low',
      'not a known member',
    ],
    ['a missing member of its data', { data: {} }, 'data.staffId', null, 'is missing'],
    ['a member of the wrong kind', { data: { staffId: '1', minutes: '45' } }, 'data.minutes', '45', 'must be'],
    [
      'half a character',
      { type: 'AcctOpened', data: { concern: 'low \ud83d' } },
      'data.concern',
      String.raw`low \ud83d`,
      'halves',
    ],
    [
      'a NUL in a text',
      { type: 'AcctOpened', data: { concern: 'low\0' } },
      'data.concern',
      String.raw`low\u0000`,
      'without NUL',
    ],
    [
      'text turned around',
      { type: 'AcctOpened', data: { concern: 'low \u202Edoom' } },
      'data.concern',
      String.raw`low \u202edoom`,
      'direction of text',
    ],
    ['data that is no object', { data: 7 }, 'data', '7', 'must be an object'],
  ])('with %s is refused, naming field, value and what is allowed', async (_, change, field, value, says) => {
    const answer = await service.send(session(1, change)).expect(400);
    expect(answer.body).toMatchObject({ status: 400, errorCode: 'ALL_REFUSED', moreInfo: null });
    const [result] = (answer.body as { results: { status: string; errors: object[] }[] }).results;
    expect(result).toMatchObject({
      status: 'refused',
      errors: [{ field, value, message: expect.stringContaining(says) }],
    });
    expect(await stored()).toEqual([]);
  });

  it('is told all that is wrong with it at once', async () => {
    const answer = await service.send(session(1, { prisonId: 'x', occurredAt: 'yesterday', data: {} })).expect(400);
    const [result] = (answer.body as { results: { errors: { field: string }[] }[] }).results;
    expect(result?.errors.map(({ field }) => field).sort()).toEqual(['data.staffId', 'occurredAt', 'prisonId']);
  });

  it.each([[7], ['text'], [null], [true], [[[]]]])('as %j is refused', async (body) => {
    await service.send(JSON.stringify(body)).expect(400);
    expect(await stored()).toEqual([]);
  });

  it('that names a prototype, or nests without end, does no harm', async () => {
    await service.send(session(1, { type: '__proto__' })).expect(400);
    await service.send('{"type":"constructor","__proto__":{"prisonId":"XYI"}}').expect(400);
    await service.send(`{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`).expect(400);
    expect(await stored()).toEqual([]);
  });
});

describe('one bad event among good ones', () => {
  it('does not keep the 999 other lines of NDJSON from being stored', async () => {
    const events = Array.from({ length: 1000 }, (_, n) => session(n, { prisonNumber: 'B1000AA' }));
    const lines = asLines(events).split('\n');
    lines[500] = '{"type": "KeyWorkerSessionHeld", oops';
    const answer = await service.send(lines.join('\n'), NDJSON).expect(201);
    const { results } = answer.body as { results: { status: string }[] };
    expect(results).toHaveLength(1000);
    expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(999);
    expect(results[500]).toEqual({
      id: null,
      status: 'refused',
      errors: [{ field: 'line 501', value: null, message: 'is not valid JSON from column 34 on' }],
    });
    expect(await stored('B1000AA')).toHaveLength(999);
  });

  it('is answered in its place, in an array too', async () => {
    const of = (n: number, more = {}) => session(n, { prisonNumber: 'B1000AB', ...more });
    const answer = await service.send([of(1), of(2, { prisonId: 'xyi' }), of(3)]).expect(201);
    const { results } = answer.body as { results: { status: string }[] };
    expect(results.map(({ status }) => status)).toEqual(['accepted', 'refused', 'accepted']);
    expect(await stored('B1000AB')).toHaveLength(2);
  });
});

describe('an id that is used again', () => {
  it('with the same content changes nothing, with other content is a conflict, and the first event stays', async () => {
    const first = session(1, { prisonNumber: 'B1000AC' });
    const { position } = (await service.send(first).expect(201)).body as { position: string };
    const again = await service.send(first).expect(201);
    expect(again.body).toMatchObject({ results: [{ status: 'duplicate' }], position });
    const other = await service.send({ ...first, data: { staffId: '2002' } }).expect(409);
    expect(other.body).toMatchObject({
      status: 409,
      errorCode: 'EVENT_ID_REUSED',
      results: [{ errors: [{ field: 'id' }] }],
    });
    const there = (await service.log()).filter(({ stream }) => stream.endsWith('B1000AC'));
    expect(there).toHaveLength(1);
    expect(JSON.stringify(there)).toContain('1001');
  });
});
