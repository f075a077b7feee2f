import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SecurityEventBody } from '../../src/access-records/list-security-events.js';
import { AlertStream } from '../../src/safety-alerts/http/stream-alerts.js';
import { EVENT_STORE, type EventStore } from '../../src/store/event-store.js';
import { STREAM_PREFIX } from '../../src/store/stream-prefix.js';
import { type SessionNotice, SessionNotices } from '../../src/web/sign-in/session-notices.js';
import { systemClock } from '../../src/store/clock.js';
import type { IssuerTrouble } from '../access/issuer.js';
import type { SignedInService } from '../access/service.js';
import { type Browser, csrfTokenIn } from './browser.js';
import { ASMITH, cookieOf, servicePages, signedIn } from './pages.js';

const MINUTE = 60_000;
const ADMIN = 'ROLE_CUSTODY_WATCH__ADMIN__RW';
const OVERSIGHT = 'ROLE_CUSTODY_WATCH__OVERSIGHT__RO';
/** The life of a token, with what the service allows for clocks that differ; an issuer that is away is waited for an hour. */
const LIFE = 61 * MINUTE;
const HOUR = 60 * MINUTE;

let service: SignedInService;

beforeEach(async () => {
  service = await servicePages();
  service.issuer.tokenLife = 3_600;
  service.issuer.givesRefreshTokens = true;
});

afterEach(() => service.stop());

const statusOf = async (browser: Browser, path = '/safety-alerts'): Promise<number> =>
  (await browser.ask(path, { headers: { Accept: 'application/json' } })).status;
/** Tokens that come from now on count for a day. */
const tokensOfADay = (): void => void (service.issuer.tokenLife = 86_400);
/** Tokens count by the real clock, so nobody knows the second in which one ends: it is after this long, counted from now. */
const toBefore = (life: number, from: number): void => void service.clock.moveTo(from + life - 1_000);
const toAfter = (life: number): void => void service.clock.moveTo(systemClock.now() + life + 1);
const events = async (kind: string): Promise<SecurityEventBody[]> => {
  const token = await service.tokenOf([ADMIN], ['XYI', 'XYM']);
  const answer = await service.ask(`/security-events?kind=${kind}`, token);
  return ((await answer.json()) as { content: SecurityEventBody[] }).content;
};

describe('a session whose token has ended', () => {
  it('goes on with the next one, which is asked for once, however many requests come at the same time', async () => {
    const before = systemClock.now();
    const { browser } = await signedIn(service);
    toBefore(LIFE, before);
    tokensOfADay();
    const asked = service.issuer.asked.get('/token') ?? 0;
    expect(await statusOf(browser)).toBe(200);
    expect(service.issuer.asked.get('/token')).toBe(asked);
    toAfter(LIFE);
    expect(await Promise.all(Array.from({ length: 5 }, () => statusOf(browser)))).toEqual([200, 200, 200, 200, 200]);
    expect(service.issuer.asked.get('/token')).toBe(asked + 1);
    expect(await events('rights-changed')).toEqual([]);
  });

  it('has the roles and prisons of then, and that they changed is on record', async () => {
    const { browser } = await signedIn(service);
    service.issuer.atTheDoor = { ...ASMITH, authorities: [OVERSIGHT], caseloads: ['XYM'] };
    expect(await statusOf(browser)).toBe(200);
    toAfter(LIFE);
    tokensOfADay();
    expect(await statusOf(browser)).toBe(403);
    expect((await browser.ask('/location')).text).not.toContain('XYI');
    expect(await events('rights-changed')).toMatchObject([{ user: 'ASMITH_GEN', count: 1 }]);
  });

  it('is over where all roles were taken away, and that is on record', async () => {
    const { browser } = await signedIn(service);
    service.issuer.atTheDoor = { ...ASMITH, authorities: [] };
    toAfter(LIFE);
    tokensOfADay();
    expect(await statusOf(browser)).toBe(401);
    service.issuer.atTheDoor = ASMITH;
    expect(await statusOf(browser)).toBe(401);
    expect(await events('rights-changed')).toMatchObject([{ user: 'ASMITH_GEN' }]);
  });

  it('is over where the issuer gives no next one', async () => {
    service.issuer.givesRefreshTokens = false;
    const before = systemClock.now();
    const { browser } = await signedIn(service);
    toBefore(LIFE, before);
    expect(await statusOf(browser)).toBe(200);
    toAfter(LIFE);
    expect(await statusOf(browser)).toBe(401);
    tokensOfADay();
    expect((await browser.open('/')).status).toBe(200);
  });

  it('goes on for an hour at most while the issuer is away', async () => {
    const before = systemClock.now();
    const { browser } = await signedIn(service);
    await service.issuer.stop();
    toAfter(LIFE);
    expect(await statusOf(browser)).toBe(200);
    toBefore(LIFE + HOUR, before);
    expect(await statusOf(browser)).toBe(200);
    toAfter(LIFE + HOUR);
    expect(await statusOf(browser)).toBe(401);
    await service.issuer.startAgain();
  });

  it.each([
    ['a proxy before it answers 503', { status: 503 }],
    ['a proxy before it answers 429', { status: 429 }],
    ['it has too many requests', { status: 429, error: 'slow_down' }],
    ['it says 500', { status: 500, error: 'server_error' }],
    ['it says that it is unavailable', { status: 400, error: 'temporarily_unavailable' }],
  ])('goes on for that hour while %s, and the log says so', async (_, trouble: IssuerTrouble) => {
    const before = systemClock.now();
    const { browser } = await signedIn(service);
    service.issuer.beforeToken = () => trouble;
    toAfter(LIFE);
    expect(await statusOf(browser)).toBe(200);
    expect(service.logged.join('\n')).toContain('A sign-in was not renewed: ISSUER_UNREACHABLE');
    toBefore(LIFE + HOUR, before);
    expect(await statusOf(browser)).toBe(200);
    toAfter(LIFE + HOUR);
    expect(await statusOf(browser)).toBe(401);
  });

  it('is over where the issuer refuses this service, and the log has the codes of it', async () => {
    const { browser } = await signedIn(service);
    service.issuer.beforeToken = () => ({ status: 400, error: 'invalid_client' });
    toAfter(LIFE);
    expect(await statusOf(browser)).toBe(401);
    expect(service.logged.join('\n')).toContain('not renewed: SIGN_IN_FAILED: OAUTH_RESPONSE_BODY_ERROR');
  });

  it('is over where the issuer refuses the next one, without a word in the log: that is how sign-ins end', async () => {
    const { browser } = await signedIn(service);
    service.issuer.beforeToken = () => ({ status: 400, error: 'invalid_grant' });
    toAfter(LIFE);
    expect(await statusOf(browser)).toBe(401);
    expect(service.logged.join('\n')).not.toContain('not renewed');
  });
});

/** A second instance on the same log, as far as it has to do with sessions. */
const anotherInstance = async () => {
  const store = service.app.get<EventStore>(EVENT_STORE);
  const notices = new SessionNotices(store, service.app.get<string>(STREAM_PREFIX), service.clock);
  const told: SessionNotice[] = [];
  notices.heard.subscribe((notice) => void told.push(notice));
  await notices.onModuleInit();
  const { signal } = new AbortController();
  return {
    /** What it has been told. */
    heard: async (): Promise<readonly SessionNotice[]> => {
      await notices.read.reached(await store.end(), signal);
      return told;
    },
    /** It tells the service, which hears of it. */
    tells: async (notice: SessionNotice): Promise<void> =>
      service.app.get(SessionNotices).read.reached(await notices.tell(notice), signal),
    stop: () => notices.onModuleDestroy(),
  };
};

describe('rights that the issuer took away, as one instance has seen', () => {
  it('are gone at every other, before the tokens there have ended', async () => {
    const other = await anotherInstance();
    const { browser } = await signedIn(service);
    service.issuer.atTheDoor = { ...ASMITH, authorities: [OVERSIGHT] };
    expect(await statusOf(browser)).toBe(200);
    await other.tells({
      ...{ type: 'SessionRightsChanged', user: 'ASMITH_GEN' },
      ...{ roles: [OVERSIGHT], prisons: ['XYI', 'XYM'] },
    });
    expect(await statusOf(browser)).toBe(403);
    await other.stop();
  });

  it('are told to every other', async () => {
    const other = await anotherInstance();
    const { browser } = await signedIn(service);
    service.issuer.atTheDoor = { ...ASMITH, authorities: [OVERSIGHT], caseloads: ['XYM'] };
    toAfter(LIFE);
    tokensOfADay();
    expect(await statusOf(browser)).toBe(403);
    expect(await other.heard()).toEqual([
      { type: 'SessionRightsChanged', user: 'ASMITH_GEN', roles: [OVERSIGHT], prisons: ['XYM'] },
    ]);
    await other.stop();
  });
});

/** What a stream says next; nothing once it is over. */
const saidOn = async (reader: ReadableStreamDefaultReader<string>): Promise<string> => {
  let text = '';
  while (!text.includes('event:') || !text.endsWith('\n\n')) {
    const { value, done } = await reader.read();
    if (done) return text.trim();
    text += value;
  }
  return text;
};

describe('all sessions of a user', () => {
  const endedBy = async (prisons: string[]): Promise<unknown> => {
    const admin = await service.tokenOf([ADMIN], prisons, `ADMIN_${prisons.join('_')}`);
    return (await service.send('/sessions/end', { user: 'ASMITH_GEN' }, admin)).json();
  };

  it('are ended by an administrator of a prison of theirs, and nobody else’s', async () => {
    const { browser: one } = await signedIn(service);
    const { browser: two } = await signedIn(service);
    const { browser: other } = await signedIn(service, { ...ASMITH, user_name: 'BJONES_GEN' });
    expect(await endedBy(['XYO'])).toEqual({ ended: 0 });
    expect([await statusOf(one), await statusOf(two)]).toEqual([200, 200]);
    expect(await endedBy(['XYM'])).toEqual({ ended: 2 });
    expect([await statusOf(one), await statusOf(two), await statusOf(other)]).toEqual([401, 401, 200]);
    expect(await events('sessions-ended')).toMatchObject([{ user: 'ADMIN_XYM', sessionsOf: 'ASMITH_GEN' }]);
    const answer = await service.send('/sessions/end', { user: '' }, await service.tokenOf([ADMIN], ['XYI']));
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('INVALID_USER_NAME')]);
  });

  it('are ended by themselves, wherever they are signed in', async () => {
    const { browser: here } = await signedIn(service);
    const { browser: there } = await signedIn(service);
    const { browser: other } = await signedIn(service, { ...ASMITH, user_name: 'BJONES_GEN' });
    const page = await here.ask('/location');
    expect(page.text).toContain('Sign out everywhere');
    expect(page.text).toContain('in every other browser');
    await here.send('/sign-out', { _csrf: csrfTokenIn(page), everywhere: 'yes' });
    expect([await statusOf(here), await statusOf(there), await statusOf(other)]).toEqual([401, 401, 200]);
  });

  it('are over at once, also where the issuer was just being asked for the next token', async () => {
    const { browser } = await signedIn(service);
    service.issuer.beforeToken = async () => {
      await endedBy(['XYM']);
      return undefined;
    };
    toAfter(LIFE);
    tokensOfADay();
    expect(await statusOf(browser)).toBe(401);
  });

  it('are ended at every instance, whichever was asked', async () => {
    const other = await anotherInstance();
    const { browser } = await signedIn(service);
    await endedBy(['XYM']);
    expect(await other.heard()).toEqual([{ type: 'SessionsEnded', user: 'ASMITH_GEN', prisons: ['XYM'] }]);
    const { browser: again } = await signedIn(service);
    expect([await statusOf(browser), await statusOf(again)]).toEqual([401, 200]);
    await other.tells({ type: 'SessionsEnded', user: 'ASMITH_GEN', prisons: ['XYO'] });
    expect(await statusOf(again)).toBe(200);
    await other.tells({ type: 'SessionsEnded', user: 'ASMITH_GEN', prisons: ['XYI'] });
    expect(await statusOf(again)).toBe(401);
    await other.stop();
  });

  it.each(['', '?prisonId=XYM'])('end their open streams too: /safety-alerts/stream%s', async (query) => {
    const { browser } = await signedIn(service);
    const headers = { Accept: 'text/event-stream', Cookie: cookieOf(browser) };
    const stream = await service.ask(`/safety-alerts/stream${query}`, undefined, { headers });
    const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    const beat = (): void => {
      service.app.get(AlertStream).tick(service.clock.pass(MINUTE));
    };
    beat();
    expect(await saidOn(reader)).toContain('event: ping');
    await endedBy(['XYM']);
    beat();
    expect(await saidOn(reader)).toBe('');
    await reader.cancel();
  });

  it('leave no token in an address when they sign out', async () => {
    const { browser, page } = await signedIn(service);
    const { leadsTo } = await browser.send('/sign-out', { _csrf: csrfTokenIn(page) });
    expect([...(leadsTo?.searchParams.keys() ?? [])].sort()).toEqual(['client_id', 'post_logout_redirect_uri']);
  });
});
