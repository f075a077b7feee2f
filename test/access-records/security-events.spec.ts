import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SECURITY_EVENT_KINDS } from '../../src/access-records/security-event.js';
import type { SecurityEventBody } from '../../src/access-records/list-security-events.js';
import { SecurityEvents } from '../../src/access-records/security-events.js';
import { KeyWorkProjection } from '../../src/key-work/figures/key-work-projection.js';
import { StoreUnavailable } from '../../src/store/errors.js';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
import { PAGES, SECRET } from '../access/issuer.js';
import { SignedInService } from '../access/service.js';
import { csrfTokenIn } from '../web/browser.js';
import { ASMITH, browserOf, comingBack, signedIn } from '../web/pages.js';

const MINUTE = 60_000;
const ALERTS = 'ROLE_CUSTODY_WATCH__ALERTS__RO';
const ADMIN = 'ROLE_CUSTODY_WATCH__ADMIN__RW';
const HISTORY = 'ROLE_CUSTODY_WATCH__HISTORY__RO';
const [HERE, THERE] = ['A0001AA', 'A0002AA'];

let service: SignedInService;

beforeAll(async () => {
  service = await SignedInService.start(
    {
      OIDC_CLIENT_ID: PAGES.clientId,
      OIDC_CLIENT_SECRET: SECRET,
      PUBLIC_URL: PAGES.url,
      RATE_LIMIT: '300',
      TRUST_PROXY: 'loopback',
    },
    false,
    'users:\n  CHIEF_GEN: all\n',
  );
  await service.happens('PrisonerReceived', HERE, 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('PrisonerReceived', THERE, 'XYM', { reason: 'NEW_ADMISSION' });
  await service.happens('BereavementNotified', THERE, 'XYM', {});
});

afterAll(() => service.stop());

/** Another minute, so that what comes next is written at once; what came again and again is written too. */
const anotherMinute = (): void => {
  service.app.get(SecurityEvents).tick(service.clock.pass(MINUTE));
};
const seenBy = async (token: string, query = ''): Promise<SecurityEventBody[]> => {
  const answer = await service.ask(`/security-events?size=500&${query}`, token);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { content: SecurityEventBody[] }).content;
};
const chief = () => service.tokenOf([ADMIN], [], 'CHIEF_GEN');
/** What was written meanwhile, the latest first, without its id and instant. */
const writtenBy = async (act: () => Promise<unknown>): Promise<Partial<SecurityEventBody>[]> => {
  anotherMinute();
  const known = new Set((await seenBy(await chief())).map(({ id }) => id));
  await act();
  const now = await seenBy(await chief());
  return now.filter(({ id }) => !known.has(id)).map(({ id: _id, at: _at, ...event }: SecurityEventBody) => event);
};

const asked = (path: string, token: string | undefined, headers: Record<string, string> = {}) =>
  service.ask(path, token, { headers });

it('nothing is told while nobody knows yet which prison holds whom, as if there were nothing', async () => {
  const unread = jest
    .spyOn(service.app.get(KeyWorkProjection), 'readable')
    .mockRejectedValue(new StoreUnavailable('The log has not been read yet.'));
  const { status } = await service.ask('/security-events', await service.tokenOf([ADMIN], ['XYI']));
  unread.mockRestore();
  expect(status).toBe(503);
});

describe('what is refused', () => {
  const nosy = (role = HISTORY) => service.tokenOf([role], ['XYI'], 'NOSY_GEN');
  const NOSY = { by: 'user', user: 'NOSY_GEN', address: '192.0.2.7', count: 1 };
  const from = { 'X-Forwarded-For': '192.0.2.7' };

  it('is on record: a token that does not count', async () => {
    expect(await writtenBy(() => asked('/safety-alerts', 'e30.e30.e30', from))).toEqual([
      {
        kind: 'token-refused',
        by: 'stranger',
        address: '192.0.2.7',
        code: 'INVALID_TOKEN',
        prisonNumbers: [],
        count: 1,
      },
    ]);
  });

  it('is on record: a route for which the role is missing', async () => {
    const found = await writtenBy(async () => asked('/access-records', await nosy(), from));
    expect(found).toEqual([{ ...NOSY, kind: 'role-refused', code: 'ROLE_MISSING', prisonNumbers: [] }]);
  });

  it.each([
    ['by number', (): string => `/prisoners/${THERE}/timeline`, HISTORY, THERE],
    ['by a number that nobody has', (): string => '/prisoners/A9999AA/timeline', HISTORY, 'A9999AA'],
    ['by an alert', (): string => `/safety-alerts/${service.alertOf(THERE, 'FAM-02').id}`, ALERTS, THERE],
    ['for subject access', (): string => `/subject-access-request?prn=${THERE}`, 'ROLE_SAR_DATA_ACCESS', THERE],
  ])('is on record: a look %s at somebody who may not be seen', async (_, path, role, person) => {
    const found = await writtenBy(async () => asked(path(), await nosy(role), from));
    expect(found).toMatchObject([{ ...NOSY, kind: 'look-refused', prisonNumbers: [person] }]);
  });

  it('is on record: a form of another sign-in', async () => {
    const { browser } = await signedIn(service);
    const found = await writtenBy(() => browser.send('/location', { location: 'XYI', _csrf: 'other' }));
    expect(found).toMatchObject([{ kind: 'form-refused', user: 'ASMITH_GEN', code: 'WRONG_CSRF_TOKEN' }]);
  });

  it('is on record: asking too often, once, with how often', async () => {
    const busy = await service.tokenOf([ALERTS], ['XYI'], 'BUSY_GEN');
    const found = await writtenBy(async () => {
      for (let n = 0; n < 305; n++) await asked('/rules/KW-01', busy);
      anotherMinute();
    });
    expect(found.map(({ kind, user, count }) => [kind, user, count]).sort()).toEqual([
      ['rate-limited', 'BUSY_GEN', 1],
      ['rate-limited', 'BUSY_GEN', 4],
    ]);
  });

  it('is none where somebody has yet to sign in, or something is not there', async () => {
    const found = await writtenBy(async () => {
      await asked('/safety-alerts', undefined);
      await browserOf(service).ask('/alerts');
      await asked('/no-such-route', await nosy());
      await asked('/safety-alerts/none', await nosy(ALERTS));
    });
    expect(found).toEqual([]);
  });
});

describe('who comes and goes', () => {
  it('is on record, with who they are', async () => {
    const found = await writtenBy(async () => {
      const { browser, page } = await signedIn(service);
      await browser.send('/sign-out', { _csrf: csrfTokenIn(page) });
    });
    expect(found.map(({ kind, by, user, client }) => [kind, by, user, client]).sort()).toEqual([
      ['signed-in', 'user', 'ASMITH_GEN', PAGES.clientId],
      ['signed-out', 'user', 'ASMITH_GEN', PAGES.clientId],
    ]);
  });

  it('and who is not let in, by name where the issuer said it', async () => {
    const found = await writtenBy(async () => {
      const browser = browserOf(service);
      await browser.ask(await comingBack(service, browser, { ...ASMITH, authorities: [], user_name: 'NOROLE_GEN' }));
      await browserOf(service).ask('/sign-in/callback?code=1&state=2');
    });
    expect(found.map(({ kind, user, code }) => [kind, user, code]).sort()).toEqual([
      ['sign-in-refused', undefined, 'SIGN_IN_OUT_OF_DATE'],
      ['sign-in-refused', 'NOROLE_GEN', 'NO_ROLE'],
    ]);
  });
});

describe('security events', () => {
  const nosy = () => service.tokenOf([HISTORY], ['XYI'], 'PRYING_GEN');

  it('of one caller and kind are two in a minute at most, which together name everybody and how many there were', async () => {
    const token = await nosy();
    const numbers = Array.from({ length: 20 }, (_, n) => `A${1000 + n}AA`);
    const found = await writtenBy(async () => {
      for (const number of numbers) await asked(`/prisoners/${number}/timeline`, token);
      anotherMinute();
    });
    expect(found.map(({ count }) => count).sort()).toEqual([1, 19]);
    expect(found.flatMap(({ prisonNumbers }) => prisonNumbers ?? []).sort()).toEqual(numbers);
  });

  it('of strangers are told apart by a hundred addresses in a minute, and no more', async () => {
    const found = await writtenBy(async () => {
      for (let n = 0; n < 130; n++)
        await asked('/safety-alerts', 'none.none.none', { 'X-Forwarded-For': `198.51.100.${n}` });
      anotherMinute();
    });
    expect(found).toHaveLength(101);
    expect(found.filter(({ address }) => address === 'several')).toMatchObject([{ count: 30, by: 'stranger' }]);
  });

  it('are told to administrators: of callers of their prisons, and of looks at their people', async () => {
    anotherMinute();
    await asked(`/prisoners/${THERE}/timeline`, await service.tokenOf([HISTORY], ['XYO'], 'ELSEWHERE_GEN'));
    const usersSeenIn = async (prison: string) =>
      (await seenBy(await service.tokenOf([ADMIN], [prison], 'ADMIN_GEN'))).map(({ user, prisonNumbers }) => [
        user,
        prisonNumbers,
      ]);
    expect(await usersSeenIn('XYM')).toContainEqual(['ELSEWHERE_GEN', [THERE]]);
    expect(await usersSeenIn('XYO')).toEqual([['ELSEWHERE_GEN', []]]);
    expect((await usersSeenIn('XYI')).map(([user]) => user)).not.toContain('ELSEWHERE_GEN');
    for (const prison of ['XYI', 'XYM', 'XYO'])
      expect((await usersSeenIn(prison)).map(([user]) => user)).not.toContain(undefined);
  });

  it('can be asked for by kind, by user and by person', async () => {
    anotherMinute();
    await asked(`/prisoners/${THERE}/timeline`, await nosy());
    const by = async (query: string) => (await seenBy(await chief(), query)).map(({ kind, user }) => [kind, user]);
    expect(await by(`user=PRYING_GEN&prisonNumber=${THERE}`)).toContainEqual(['look-refused', 'PRYING_GEN']);
    expect(await by('user=PRYING_GEN&kind=signed-in')).toEqual([]);
    expect(await by('user=PRYING_GEN&prisonNumber=A9998AA')).toEqual([]);
    expect((await service.ask('/security-events?kind=all', await chief())).status).toBe(400);
  });

  it('are counted by kind, from 0', async () => {
    const totals = async () =>
      new Map(
        Array.from(
          (await (await service.ask('/metrics')).text()).matchAll(/security_events_total\{kind="([\w-]+)"\} (\d+)/g),
          ([, kind, count]): [string | undefined, number] => [kind, Number(count)],
        ),
      );
    const before = await totals();
    expect([...before.keys()]).toEqual([...SECURITY_EVENT_KINDS]);
    for (let n = 0; n < 3; n++) await asked(`/prisoners/${THERE}/timeline`, await nosy());
    expect((await totals()).get('look-refused')).toBe((before.get('look-refused') ?? 0) + 3);
  });

  it('have a line in the log each, which names the event and nobody', async () => {
    const ids: string[] = [];
    for await (const { type, id } of service.app.get<EventStore>(EVENT_STORE).readAll())
      if (type === 'SecurityEventRecorded') ids.push(id);
    const lines = service.logged.filter((line) => line.includes('security event'));
    expect(lines.map((line) => /security event ([\w-]+)/.exec(line)?.[1]).sort()).toEqual(ids.sort());
    expect(service.logged.join('\n')).not.toMatch(/_GEN|A\d{4}AA|192\.0\.2|198\.51/);
  });
});
