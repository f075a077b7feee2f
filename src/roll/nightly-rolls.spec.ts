import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Roll } from './comparison.js';
import { fetchRoll, NightlyRolls } from './nightly-rolls.js';
import { countedByKind, type RollChecked } from './roll-checked.js';
import type { RollChecks } from './roll-checks.js';
import type { TurnTerms } from './roll-turn.js';

const HOUR = 3_600_000;
const MIDNIGHT = Date.parse('2026-12-05T00:00:00Z');
const ROLL = 'prisonNumber,prisonId,location,since\nA1234BC,XYI,,\n';

let server: Server;
/** What the address answers, and how it was asked. */
let answer: { status: number; text: string };
let asked: { path: string | undefined; token: string | undefined }[];
/** What was checked. */
let checked: (Roll & { readonly by: string })[];
let last: RollChecked | undefined;
let begunByAnother: boolean;

beforeEach(async () => {
  Logger.overrideLogger(false);
  [answer, asked, checked, last] = [{ status: 200, text: ROLL }, [], [], undefined];
  begunByAnother = false;
  server = createServer((request, response) => {
    asked.push({ path: request.url, token: request.headers.authorization });
    response.statusCode = answer.status;
    response.end(answer.text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => void server.close());

const checks = {
  turn: (_: string, { since }: TurnTerms) =>
    Promise.resolve(begunByAnother ? 'theirs' : last && Date.parse(last.checkedAt) >= since ? 'done' : 'mine'),
  check: (roll: Roll, { by }: { readonly by: string }) => {
    checked.push({ ...roll, by });
    const at = new Date(roll.asAt).toISOString();
    const found = { findings: [], differences: countedByKind([]), unlike: false, corrected: 0 };
    last = { prisonId: roll.prisonId, asAt: at, checkedAt: at, by, people: 1, ...found };
    return Promise.resolve(last);
  },
} as unknown as RollChecks;

const nightly = () => {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/rolls/{prison}.csv`;
  return new NightlyRolls({ url, prisons: ['XYI'], minute: 5 * 60, token: 'secret' }, checks);
};
const tick = async (rolls: NightlyRolls, hours: number): Promise<void> => {
  rolls.tick(MIDNIGHT + hours * HOUR);
  await rolls.settled();
};

describe('the roll of a prison', () => {
  it('is fetched and checked once a night, at the time that is set', async () => {
    const rolls = nightly();
    for (const hours of [1, 4.9, 5, 5.1, 12, 23, 28]) await tick(rolls, hours);
    expect(asked).toEqual([{ path: '/rolls/XYI.csv', token: 'Bearer secret' }]);
    expect(checked).toMatchObject([{ prisonId: 'XYI', asAt: MIDNIGHT + 5 * HOUR, by: 'custody-watch' }]);
    await tick(rolls, 29);
    expect(checked).toHaveLength(2);
  });

  it('is not checked again by another instance, nor after a start', async () => {
    await tick(nightly(), 5);
    await tick(nightly(), 6);
    expect(checked).toHaveLength(1);
  });

  it('is left to another instance that has begun, and looked at again after ten minutes', async () => {
    const rolls = nightly();
    begunByAnother = true;
    await tick(rolls, 5);
    begunByAnother = false;
    await tick(rolls, 5.1);
    expect(checked).toEqual([]);
    await tick(rolls, 5.2);
    expect(checked).toHaveLength(1);
  });

  it('is tried again after ten minutes where it cannot be had', async () => {
    const rolls = nightly();
    answer = { status: 503, text: '' };
    for (const hours of [5, 5.1]) await tick(rolls, hours);
    expect(asked).toHaveLength(1);
    answer = { status: 200, text: ROLL };
    await tick(rolls, 5.2);
    expect(checked).toHaveLength(1);
  });

  it('is not taken from an answer without end, nor with a token that anybody could read', async () => {
    answer = { status: 200, text: 'x'.repeat(8 * 1024 * 1024 + 1) };
    const { port } = server.address() as AddressInfo;
    await expect(fetchRoll(`http://127.0.0.1:${port}/`)).rejects.toThrow('more than 8388608 bytes');
    await expect(fetchRoll('http://rolls.example/', { token: 'secret' })).rejects.toThrow('https://');
  });

  it('is told of in the log, with the reason, where it could not be checked', async () => {
    const error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    answer = { status: 503, text: '' };
    await tick(nightly(), 5);
    expect(error.mock.calls).toEqual([[expect.stringMatching(/ROLL_NOT_READABLE.*answered 503/)]]);
    error.mockRestore();
  });

  it.each([
    ['with a mistake', `${ROLL}A12,XYI,,\n`],
    ['of another prison', ROLL.replace('XYI', 'XYM')],
  ])('is not checked where it is one %s', async (_, text) => {
    answer = { status: 200, text };
    await tick(nightly(), 5);
    expect([asked.length, checked]).toEqual([1, []]);
  });
});
