import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Role, ROLES } from '../../src/access/roles.js';
import { type Line, MATRIX, type Standing, type Subject } from './matrix.js';
import { SignedInService } from './service.js';

const STANDINGS: readonly Standing[] = ['own', 'other', 'former', 'later'];
const LINES = Object.entries(MATRIX).map(([route, line]) => ({ route, ...line }));

let service: SignedInService;
/** What somebody who works in XYI asks for. */
let subjects: Readonly<Record<Standing, Subject>>;

beforeAll(async () => {
  service = await SignedInService.start();
  const arrives = (who: string, prison: string, reason: string) =>
    service.happens('PrisonerReceived', who, prison, { reason });
  const isBereaved = (who: string, prison: string) => service.happens('BereavementNotified', who, prison, {});
  await arrives('A0001AA', 'XYI', 'NEW_ADMISSION');
  await isBereaved('A0001AA', 'XYI');
  await arrives('A0002AA', 'XYM', 'NEW_ADMISSION');
  await isBereaved('A0002AA', 'XYM');
  await arrives('A0003AA', 'XYI', 'NEW_ADMISSION');
  await service.happens('SelfHarmReported', 'A0003AA', 'XYI', {});
  await service.happens('AcctOpened', 'A0003AA', 'XYI', {});
  await service.happens('PrisonerReleased', 'A0003AA', 'XYI', { reason: 'TRANSFERRED' });
  await arrives('A0003AA', 'XYM', 'TRANSFERRED');
  await isBereaved('A0003AA', 'XYM');
  subjects = {
    own: service.alertOf('A0001AA', 'FAM-02'),
    other: service.alertOf('A0002AA', 'FAM-02'),
    former: service.alertOf('A0003AA', 'VUL-01'),
    later: service.alertOf('A0003AA', 'FAM-02'),
  };
});

afterAll(() => service.stop());

/** What is answered; of a stream only that it begins. */
const answerOf = async (
  line: Line & { route: string },
  about: Subject,
  token?: string,
): Promise<number | 'not shown'> => {
  const { path, body } = line.ask(about);
  const leaving = new AbortController();
  const response = await (body === undefined
    ? service.ask(path, token, { signal: leaving.signal })
    : service.send(path, body, token));
  if (line.shows && response.status === 200 && !line.shows(await response.json(), about)) return 'not shown';
  leaving.abort();
  return response.status;
};

const inXyi = (roles: readonly Role[]): Promise<string> => service.tokenOf(roles, ['XYI']);

describe('every route of the service', () => {
  it('has a line in the matrix, and declares the roles that the line says', async () => {
    const document = (await (await service.ask('/v3/api-docs')).json()) as {
      paths: Record<string, Record<string, { 'x-needs-any-role'?: Role[] }>>;
    };
    const declared = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => [
        `${method} ${path}`,
        operation['x-needs-any-role'] ?? 'open to all',
      ]),
    );
    expect(Object.fromEntries(declared)).toEqual(
      Object.fromEntries(LINES.map(({ route, needs }) => [route, needs === 'open to all' ? needs : [...needs]])),
    );
  });

  describe.each(LINES)('$route', (line) => {
    const needs = line.needs;
    const allowed = needs === 'open to all' ? ROLES : needs;
    const standings = STANDINGS.map((standing) => ({ standing }));

    it('answers strangers as declared', async () => {
      const expected = needs === 'open to all' ? line.answers.own : 401;
      for (const standing of STANDINGS) expect(await answerOf(line, subjects[standing])).toBe(expected);
    });

    it('refuses every other role, and all of them together', async () => {
      const others = ROLES.filter((role) => !allowed.includes(role));
      for (const roles of [...others.map((role) => [role]), ...(others.length > 0 ? [others] : [])]) {
        const token = await inXyi(roles);
        for (const standing of STANDINGS) expect(await answerOf(line, subjects[standing], token)).toBe(403);
      }
    });

    it.each(standings)('answers the roles it needs about $standing', async ({ standing }) => {
      for (const role of allowed) {
        const answer = await answerOf(line, subjects[standing], await inXyi([role]));
        expect(answer).toBe(line.answers[standing]);
      }
    });

    it('shows nobody anything who works nowhere', async () => {
      const blind = line.answers.other;
      const token = await service.tokenOf(allowed, []);
      for (const standing of STANDINGS) expect(await answerOf(line, subjects[standing], token)).toBe(blind);
    });
  });
});
