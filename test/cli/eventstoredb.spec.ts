import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { ProtocolServer } from '../eventstoredb/protocol-server.js';
import { ended, linesOf, programOfFile, saidUntil } from './program.js';

const ARRIVAL = {
  type: 'PrisonerReceived',
  prisonNumber: 'A0001AA',
  prisonId: 'XYI',
  occurredAt: '2026-01-05T15:20:00Z',
  data: { reason: 'NEW_ADMISSION' },
};

const program = programOfFile();
let server: ProtocolServer;
let prefixes = 0;

beforeAll(async () => {
  server = await ProtocolServer.start();
});

afterEach(async () => {
  server.kill();
  await server.restart();
});

afterAll(() => {
  server.kill();
});

const newKey = () => randomBytes(32).toString('base64');
const KEY = newKey();

const onServer = (over: Readonly<Record<string, string>> = {}) => ({
  env: { STORE: 'eventstoredb', EVENTSTORE_URL: server.url, MASTER_KEY: KEY, ...over },
});

/** By either client, each with the addresses of its own server. */
const CLIENTS = [
  ['eventstoredb', 'esdb'],
  ['kurrentdb', 'kurrentdb'],
] as const;
const by = (client: string, scheme: string, over: Readonly<Record<string, string>> = {}) =>
  onServer({ STORE: client, EVENTSTORE_URL: server.url.replace(/^esdb/, scheme), ...over });

describe('the program with its log on an event server', () => {
  it.each(CLIENTS)(
    'imports into it, serves from it what came of that, and knows a duplicate: %s',
    async (client, scheme) => {
      const line = JSON.stringify(ARRIVAL);
      const there = by(client, scheme, { STREAM_PREFIX: `imported${++prefixes}_` });
      const imported = await program.run(['import', '-'], { ...there, input: line });
      expect([imported.code, linesOf(imported.out)]).toEqual([0, ['{"accepted":1,"duplicate":0,"refused":0}']]);
      const again = await program.run(['import', '-'], { ...there, input: line });
      expect(linesOf(again.out)).toEqual(['{"accepted":0,"duplicate":1,"refused":0}']);
      const child = program.spawn(['serve'], there);
      const ending = ended(child);
      const url = /http:\S+/.exec(await saidUntil(child, /serves at \S+\n/))?.[0] ?? '';
      expect(await alertsAt(url)).toEqual(expect.arrayContaining(['KW-02', 'KW-03']));
      child.kill('SIGINT');
      expect(await ending).toMatchObject({ code: 0 });
    },
  );

  it('ends with 3 when the server is away and it is told to fail fast', async () => {
    server.kill();
    const { code, out, err } = await program.run(['serve', '--fail-fast'], onServer());
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(`The event server (127.0.0.1:${server.port}) cannot be reached`);
  });

  it.each(CLIENTS)(
    'waits for a server that is away, says so, and serves once it is there: %s',
    async (client, scheme) => {
      server.kill();
      const child = program.spawn(['serve'], by(client, scheme));
      const ending = ended(child);
      expect(await saidUntil(child, /cannot be reached/)).not.toContain('serves at');
      const serving = saidUntil(child, /serves at \S+\n/);
      await server.restart();
      await serving;
      child.kill('SIGINT');
      expect(await ending).toMatchObject({ code: 0 });
    },
  );

  it.each(CLIENTS)('stays ready through an outage, and marks what it shows as stale: %s', async (client, scheme) => {
    const child = program.spawn(['serve'], by(client, scheme, { LOG_LEVEL: 'info' }));
    const ending = ended(child);
    const url = /http:\S+/.exec(await saidUntil(child, /serves at \S+\n/))?.[0] ?? '';
    await alertsAt(url);
    const seen = async () => {
      const [ready, list, metrics] = await Promise.all(
        ['/health/readiness', '/safety-alerts', '/metrics'].map((path) => fetch(url + path)),
      );
      const lags = ((await metrics?.text()) ?? '').match(/projection_lag_seconds{projection="open-alerts"} \d+/g) ?? [];
      return { ready: ready?.status, list: list?.status, stale: list?.headers.get('X-Stale'), lags: lags.length };
    };
    expect(await seen()).toEqual({ ready: 200, list: 200, stale: null, lags: 1 });
    const said = saidUntil(child, /cannot be reached/);
    server.kill();
    await said;
    expect(await seen()).toEqual({ ready: 200, list: 200, stale: 'true', lags: 0 });
    const back = saidUntil(child, /server is back/);
    await server.restart();
    await back;
    expect(await alertsAt(url)).toEqual(expect.arrayContaining(['KW-02', 'KW-03']));
    expect(await seen()).toEqual({ ready: 200, list: 200, stale: null, lags: 1 });
    child.kill('SIGINT');
    expect(await ending).toMatchObject({ code: 0 });
  });

  it.each([
    [{ STORE: 'eventstoredb', EVENTSTORE_URL: '' }, 'EVENTSTORE_URL= is not allowed: use esdb://'],
    [{ EVENTSTORE_URL: 'esdb://u:secret@h?x=1' }, 'EVENTSTORE_URL=esdb://…@h?x=1 is not allowed: leave out "x"'],
    [{ STORE: 'embedded' }, 'it goes with STORE=eventstoredb'],
  ])('ends with 2 when it is told %j, and never says the password', async (wrong, said) => {
    const { code, err } = await program.run(['serve'], onServer(wrong));
    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(err).not.toContain('secret');
  });

  describe('and its keys there', () => {
    const BORN = JSON.stringify({ ...ARRIVAL, data: { ...ARRIVAL.data, dateOfBirth: '1990-01-01' } });
    const given = async () => {
      const its = onServer({ STREAM_PREFIX: `keys${++prefixes}_` });
      expect(await program.run(['import', '-'], { ...its, input: BORN })).toMatchObject({ code: 0 });
      return its;
    };

    it('lets any instance erase, and says what is pending until every node has been scavenged', async () => {
      const its = await given();
      const erased = await program.run(['erase', 'A0001AA', '--reason', 'COURT_ORDER', '--confirm-still-watched'], its);
      expect(erased).toMatchObject({
        code: 0,
        out: expect.stringContaining('Pending: the destroyed key stays') as unknown,
      });
      const pending = await program.run(['keys', 'pending', '--json'], its);
      expect(pending.code).toBe(1);
      const told = JSON.parse(pending.out) as { readonly at: string };
      expect(told).toMatchObject({ subject: 'person-A0001AA', onLeader: true });
      const scavenged = ['keys', 'scavenged', '--began', new Date(Date.parse(told.at) + 1).toISOString()];
      const denied = await program.run(scavenged, its);
      expect(denied).toMatchObject({ code: 1, err: expect.stringContaining('the leader still holds') as unknown });
      server.log.scavenge();
      expect(await program.run(scavenged, its)).toMatchObject({ code: 0, out: '', err: '' });
      expect(await program.run(['keys', 'pending', '--json'], its)).toMatchObject({ code: 0, out: '' });
    });

    it('ends with 2 under another master key, or without the one that they are locked with', async () => {
      const { env } = await given();
      const wrong = await program.run(['serve'], { env: { ...env, MASTER_KEY: newKey() } });
      expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('locked with another master key')]);
      const none = await program.run(['serve'], { env: { ...env, MASTER_KEY: '' } });
      expect([none.code, none.err]).toEqual([2, expect.stringContaining('The keys are locked, but')]);
    });
  });

  it('does not run the demonstration there', async () => {
    const { code, err } = await program.run(['serve', '--demo'], onServer());
    expect(code).toBe(2);
    expect(err).toContain('The demonstration runs on the embedded store');
  });
});

/** The rules of the alerts that are open, once the service has decided on what it is sent again. */
const alertsAt = async (url: string): Promise<string[]> => {
  const sent = await fetch(`${url}/custody-events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([ARRIVAL]),
  });
  const { position } = (await sent.json()) as { readonly position: string };
  const answer = await fetch(`${url}/safety-alerts?atLeast=${position}`);
  const { content } = (await answer.json()) as { readonly content: readonly { readonly rule: string }[] };
  return content.map(({ rule }) => rule);
};
