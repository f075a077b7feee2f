import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { asLines, NDJSON, ServiceApp, session } from './service-app.js';

let service: ServiceApp;

beforeAll(async () => {
  service = await ServiceApp.start();
});

afterAll(() => service.stop());

interface Refused {
  readonly results: readonly { readonly errors: readonly unknown[]; readonly moreErrors?: number }[];
  readonly moreErrors?: number;
}

/** Members that no type of event has. */
const unknown = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}x`, n]));

const refused = async (body: string | object, type?: string): Promise<Refused & { readonly text: string }> => {
  const answer = await service.send(body, type).expect(400);
  return { ...(answer.body as Refused), text: answer.text };
};

describe('what is refused', () => {
  it('is answered with 20 problems of an event, and how many more it has', async () => {
    const { results, moreErrors } = await refused(session(1, unknown(50)));
    expect(results).toMatchObject([{ moreErrors: 30 }]);
    expect([results[0]?.errors.length, moreErrors]).toEqual([20, 30]);
  });

  it('is answered with 1,000 problems in all, and how many more there are', async () => {
    const lines = Array.from({ length: 2_000 }, (_, n) => session(n, unknown(15)));
    const { results, moreErrors } = await refused(asLines(lines), NDJSON);
    const told = results.reduce((sum, { errors }) => sum + errors.length, 0);
    expect([results.length, told, moreErrors]).toEqual([2_000, 1_000, 29_000]);
    expect(results.at(-1)).toEqual({ id: session(1_999)['id'], status: 'refused', errors: [], moreErrors: 15 });
  });

  it.each([1_000, 50_000])('costs an answer of the same size, whether it has ten members or %i', async (members) => {
    const small = await refused(session(1, unknown(100)));
    const large = await refused(session(1, unknown(members)));
    expect(large.text.length - small.text.length).toBeLessThan(20);
  });

  it('is answered with 400 where it nests without end', async () => {
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    const { results } = await refused(`{"type":"ChaplaincyContactHeld","data":${nested}}`);
    expect(results).toHaveLength(1);
  });

  it.each(['note', 'acknowledge', 'assign', 'snooze', 'resolve', 'reopen'])(
    'of %s is told once, and not member by member, where it has thousands',
    async (verb) => {
      const answer = await service.http.post(`/safety-alerts/x/${verb}`).send(unknown(5_000)).expect(400);
      expect(answer.body).toMatchObject({
        errorCode: 'INVALID_ACTION',
        errors: [{ field: 'body', message: 'must have no more than 50 members' }],
      });
    },
  );

  it('of an erasure is told with its first 20 problems', async () => {
    const answer = await service.http.post('/prisoners/A1234BC/erasure').send(unknown(3_000)).expect(400);
    expect(answer.body).toMatchObject({ errorCode: 'INVALID_ERASURE', moreErrors: 2_981 });
    expect((answer.body as Refused & { errors: unknown[] }).errors).toHaveLength(20);
  });
});

describe('a long array', () => {
  const turns = jest.spyOn(globalThis, 'setImmediate');

  it('is read in turns, and taken in turns', async () => {
    const events = Array.from({ length: 3_000 }, (_, n) => session(n + 1));
    const taken = await service.send(events.slice(0, 10)).expect(201);
    turns.mockClear();
    const answer = await service.send(events).expect(201);
    expect(turns.mock.calls.length).toBeGreaterThanOrEqual(3_000 / 200);
    const { results } = answer.body as { results: { status: string }[] };
    expect(results.map(({ status }) => status)).toEqual(events.map((_, n) => (n < 10 ? 'duplicate' : 'accepted')));
    expect(taken.status).toBe(201);
  });

  const long = JSON.stringify(Array.from({ length: 1_500 }, (_, n) => session(n + 1)));
  const before = long.length;
  it.each([
    ['cut short', long.slice(0, -1), 'INVALID_JSON', `column ${before}`],
    ['with a comma too much', `${long.slice(0, -1)},]`, 'INVALID_JSON', `column ${before + 1}`],
    ['closed by a brace', `${long.slice(0, -1)}}`, 'INVALID_JSON', `column ${before}`],
    ['with more behind it', `${long} 1`, 'INVALID_JSON', `column ${before + 2}`],
    ['with an element that is no JSON', long.replace('"type"', 'type'), 'INVALID_JSON', `column`],
    ['with a member twice', long.replace('"type"', '"id":"1","type"'), 'DOUBLED_MEMBER', '"id" twice'],
    ['with brackets and quotes within texts', long.replace('1001', '\\\\\\"],[{,'), 'ALL', ''],
  ])('%s is understood as a short one is', async (_, sent, code, says) => {
    if (code === 'ALL') {
      const answer = await service.send(sent).expect(201);
      const { results } = answer.body as { results: { status: string }[] };
      expect(results.filter(({ status }) => status === 'refused')).toHaveLength(1);
      return;
    }
    const answer = await service.send(sent).expect(400);
    expect(answer.body).toMatchObject({ errorCode: code });
    expect((answer.body as { userMessage: string }).userMessage).toContain(says);
  });

  it('of one event beyond the largest is refused', async () => {
    const answer = await service.send([session(1, { recordedBy: 'x'.repeat(1024 * 1024) })]).expect(413);
    expect(answer.body).toMatchObject({ errorCode: 'PAYLOAD_TOO_LARGE' });
  });
});
