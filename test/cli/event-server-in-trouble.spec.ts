import { afterEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Authority } from '../eventstoredb/certificates.js';
import { ProtocolServer } from '../eventstoredb/protocol-server.js';
import { ended, programOfFile, saidUntil, type Ended } from './program.js';

/** What an operator and a sender see when the event server fails. Each of these is a row in docs/operations.md. */

const program = programOfFile();
let running: { stop(): Promise<unknown> | undefined }[] = [];

afterEach(async () => {
  for (const one of running.reverse()) await one.stop();
  running = [];
});

const started = async (...given: Parameters<typeof ProtocolServer.start>): Promise<ProtocolServer> => {
  const node = await ProtocolServer.start(...given);
  running.push({
    stop: () => {
      node.kill();
      return undefined;
    },
  });
  return node;
};

const on = (url: string) => ({ env: { STORE: 'eventstoredb', EVENTSTORE_URL: url } });

interface Served {
  readonly url: string;
  /** What it has said up to here. */
  readonly said: string;
  stop(): Promise<Ended>;
}

const serving = async (url: string): Promise<Served> => {
  const child = program.spawn(['serve'], on(url));
  const ending = ended(child);
  const said = await saidUntil(child, /serves at \S+\n/);
  const stop = (): Promise<Ended> => {
    child.kill('SIGINT');
    return ending;
  };
  running.push({ stop });
  return { url: /http:\S+/.exec(said)?.[0] ?? '', said, stop };
};

const arrival = (person: number) => ({
  id: randomUUID(),
  type: 'PrisonerReceived',
  prisonId: 'XYI',
  occurredAt: '2026-01-05T15:20:00Z',
  prisonNumber: `A${String(person).padStart(4, '0')}AA`,
  data: { reason: 'NEW_ADMISSION' },
});

const send = ({ url }: Served, event: object): Promise<Response> =>
  fetch(`${url}/custody-events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([event]),
  });

/** Sends as a feed does, again until it is acknowledged; the statuses of the answers. */
const sendUntilTaken = async (service: Served, event: object): Promise<Response[]> => {
  const answers: Response[] = [];
  for (;;) {
    const answer = await send(service, event);
    answers.push(answer);
    if (answer.status === 201) return answers;
  }
};

const idsIn = (node: ProtocolServer): string[] =>
  node.log.events
    .filter(({ stream }) => stream.startsWith('custodywatch_person-'))
    .map(({ metadata }) => (JSON.parse(Buffer.from(metadata).toString()) as { eventId: string }).eventId);

describe('while the event server fails under load', () => {
  /** Forty people arrive, ten at a time, and meanwhile something happens. */
  const underLoad = async (service: Served, happens: Record<number, () => Promise<void> | void>) => {
    const sent = Array.from({ length: 40 }, (_, person) => arrival(person));
    const answers: Response[] = [];
    for (let from = 0; from < sent.length; from += 10) {
      const taken = Promise.all(sent.slice(from, from + 10).map((event) => sendUntilTaken(service, event)));
      await happens[from]?.();
      answers.push(...(await taken).flat());
    }
    return { ids: sent.map(({ id }) => id), refused: answers.filter(({ status }) => status !== 201) };
  };

  it('senders are answered 503 with Retry-After; nothing acknowledged is lost, nothing is doubled', async () => {
    const node = await started();
    const service = await serving(node.url);
    while (!(await fetch(`${service.url}/health/readiness`)).ok);
    node.kill();
    const answer = await send(service, arrival(999));
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ errorCode: 'STORE_UNAVAILABLE' });
    while ((await fetch(`${service.url}/health`)).ok);
    expect((await fetch(`${service.url}/health/readiness`)).status).toBe(200);
    expect((await fetch(`${service.url}/safety-alerts`)).status).toBe(200);
    expect((await fetch(`${service.url}/metrics`)).status).toBe(200);
    await node.restart();
    const { ids, refused } = await underLoad(service, {
      10: async () => {
        node.kill();
        await fetch(`${service.url}/health`);
        await node.restart();
      },
      30: () => {
        node.faults.loseAcknowledgements = 5;
      },
    });
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
    expect(idsIn(node).sort()).toEqual(ids.sort());
  });

  it('with another leader, calls are sent on to it', async () => {
    const first = await started();
    const other = await started(first.log);
    const service = await serving(first.url);
    const { ids } = await underLoad(service, {
      10: () => {
        first.faults.leader = other;
      },
    });
    expect(other.calls.append).toBeGreaterThan(0);
    expect(idsIn(first).sort()).toEqual(ids.sort());
  });

  it('with a full disk, which ends it, senders are told, and nothing is lost once there is room', async () => {
    const node = await started();
    const service = await serving(node.url);
    node.faults.diskFull = true;
    const event = arrival(1);
    expect((await send(service, event)).status).toBe(503);
    expect(idsIn(node)).toEqual([]);
    node.faults.diskFull = false;
    await node.restart();
    await sendUntilTaken(service, event);
    expect(idsIn(node)).toEqual([event.id]);
  });
});

describe('at start', () => {
  it.each([
    ['24.10.4', 'is of version 24.10.4, whose checkpoints can skip events'],
    [undefined, 'does not say its version'],
  ])('of a server of version %s it is said once why another is better', async (version, what) => {
    const node = await started();
    node.version = version;
    const { said } = await serving(node.url);
    expect(said.split(what)).toHaveLength(2);
    expect(said).toContain('Use 24.10.5 or later, or 25.1 or later.');
  });

  const security = async (until?: string) => {
    const authority = await Authority.create('Ours');
    const certified = await authority.certify('localhost', until);
    const caFile = program.file(authority.certificate);
    return { security: { certified, users: { 'custody-watch': 'secret' } }, caFile };
  };

  it('it serves from a secured server that is new enough, and has nothing to say of it', async () => {
    const { security: asked, caFile } = await security();
    const { port } = await started(undefined, asked);
    const service = await serving(`esdb://custody-watch:secret@localhost:${port}?tlsCAFile=${caFile}`);
    expect(service.said).not.toMatch(/version|certificate/);
    expect((await send(service, arrival(1))).status).toBe(201);
  });

  it('it ends with 3 where DATA_DIR cannot be used, which no waiting for the server mends', async () => {
    const { url } = await started();
    const dataDir = program.file('');
    const { code, err } = await program.run(['serve'], { env: { ...on(url).env, DATA_DIR: dataDir } });
    expect([code, err]).toEqual([3, expect.stringContaining('choose another DATA_DIR')]);
  });

  it.each([
    ['a wrong password', 'wrong', undefined, 'Check the user and password in EVENTSTORE_URL'],
    ['an expired certificate', 'secret', '2021-01-01', 'has expired. Renew it on the server'],
  ])('it ends with 3 on %s, says what to do, and never the password', async (_, password, until, what) => {
    const { security: asked, caFile } = await security(until);
    const { port } = await started(undefined, asked);
    const url = `esdb://custody-watch:${password}@localhost:${port}?tlsCAFile=${caFile}`;
    const { code, out, err } = await program.run(['serve'], on(url));
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(what);
    expect(err).not.toContain(password);
  });
});
