import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ProtocolServer } from '../eventstoredb/protocol-server.js';
import { ended, linesOf, Program, saidUntil } from './program.js';

const ARRIVAL = {
  ...{ type: 'PrisonerReceived', prisonNumber: 'A0001AA', prisonId: 'XYI', occurredAt: '2026-01-05T15:20:00Z' },
  data: { reason: 'NEW_ADMISSION' },
};

let program: Program;
let server: ProtocolServer;

beforeAll(async () => {
  program = new Program();
  server = await ProtocolServer.start();
});

afterEach(async () => {
  server.kill();
  await server.restart();
});

afterAll(() => {
  server.kill();
  program.remove();
});

const onServer = (over: Readonly<Record<string, string>> = {}) => ({
  env: { STORE: 'eventstoredb', EVENTSTORE_URL: server.url, ...over },
});

describe('the program with its log on an event server', () => {
  it('imports into it, serves from it what came of that, and knows a duplicate', async () => {
    const line = JSON.stringify(ARRIVAL);
    const imported = await program.run(['import', '-'], { ...onServer(), input: line });
    expect([imported.code, linesOf(imported.out)]).toEqual([0, ['{"accepted":1,"duplicate":0,"refused":0}']]);
    const again = await program.run(['import', '-'], { ...onServer(), input: line });
    expect(linesOf(again.out)).toEqual(['{"accepted":0,"duplicate":1,"refused":0}']);
    const child = program.spawn(['serve'], onServer());
    const ending = ended(child);
    const url = /http:\S+/.exec(await saidUntil(child, /serves at \S+\n/))?.[0] ?? '';
    expect(await alertsAt(url)).toEqual(expect.arrayContaining(['KW-02', 'KW-03']));
    child.kill('SIGINT');
    expect(await ending).toMatchObject({ code: 0 });
  });

  it('ends with 3 when the server is away and it is told to fail fast', async () => {
    server.kill();
    const { code, out, err } = await program.run(['serve', '--fail-fast'], onServer());
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(`The event server (127.0.0.1:${server.port}) cannot be reached`);
  });

  it('waits for a server that is away, says so, and serves once it is there', async () => {
    server.kill();
    const child = program.spawn(['serve'], onServer());
    const ending = ended(child);
    expect(await saidUntil(child, /cannot be reached/)).not.toContain('serves at');
    const serving = saidUntil(child, /serves at \S+\n/);
    await server.restart();
    await serving;
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
