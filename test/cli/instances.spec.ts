import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asSent } from '../../src/custody/custody-event.js';
import { systemClock } from '../../src/store/clock.js';
import { connect } from '../../src/store/eventstoredb/eventstoredb-client.js';
import { EventStoreDbEventStore } from '../../src/store/eventstoredb/eventstoredb-event-store.js';
import { serverAddress } from '../../src/store/eventstoredb/server-address.js';
import { ProtocolServer } from '../eventstoredb/protocol-server.js';
import { ordinaryLives } from '../watch/ordinary-lives.js';
import { PREFIX, Service } from '../watch/service.js';
import { ended, programOfFile, saidUntil } from './program.js';

const { instants } = ordinaryLives(60);
/** So many alert events are in the log when the first instance is killed: it is in the middle of its work. */
const IN_THE_MIDDLE = 20;

const program = programOfFile();
let server: ProtocolServer;
let store: EventStoreDbEventStore;

beforeAll(async () => {
  server = await ProtocolServer.start();
  store = new EventStoreDbEventStore(serverAddress(server.url), connect, PREFIX);
});

afterAll(async () => {
  await store.close();
  server.kill();
});

/** All instances on one server have the same master key. */
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

const onServer = () => ({
  env: { STORE: 'eventstoredb', EVENTSTORE_URL: server.url, STREAM_PREFIX: PREFIX, MASTER_KEY, LOG_LEVEL: 'fatal' },
});

const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A service in a process of its own, with its own DATA_DIR. */
class Instance {
  private readonly child = program.spawn(['serve'], onServer());
  private readonly ending = ended(this.child);
  private readonly address = saidUntil(this.child, /http:\/\/\S+\n/);

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ending;
  }

  async stop(): Promise<number | null> {
    this.child.kill('SIGINT');
    return (await this.ending).code;
  }

  /** Once it shows so many alerts, or more: how many. */
  async showing(count: number): Promise<number> {
    const url = /http:\/\/\S+/.exec(await this.address)?.[0] ?? '';
    for (;;) {
      const answer = await fetch(`${url}/safety-alerts?atLeast=${await store.end()}`);
      const { totalElements = 0 } = (await answer.json()) as { readonly totalElements?: number };
      if (totalElements >= count) return totalElements;
    }
  }
}

/** What has come of the lives so far, looked up at the server, where nobody is in the way. */
const alertEvents = (): number => server.log.events.filter(({ stream }) => stream.startsWith(`${PREFIX}alert-`)).length;

/** What one undisturbed instance makes of these lives, until now. */
const undisturbed = async (now: number): Promise<string[]> => {
  const service = await new Service().start();
  for (const [instant, event] of instants) {
    await service.know(instant, event);
    await service.wait(instant + 1_000);
  }
  await service.wait(now);
  return service.transitions();
};

/** A history is decided on in its own time for people, and in the present for whole prisons (decision 0045). */
const inTheirTime = (transitions: readonly string[]): string[] =>
  transitions.map((line) => line.replace(/^\S+ (?=prison:)/, '')).sort();

describe('three services on one log', () => {
  it('raise and close each alert once, although one of them is killed in the middle of its work', async () => {
    const lines = instants.map(([, event]) => JSON.stringify(asSent(event))).join('\n');
    expect(await program.run(['import', '--history', '-'], { ...onServer(), input: lines })).toMatchObject({ code: 0 });
    const [first, ...others] = [new Instance(), new Instance(), new Instance()];
    while (alertEvents() < IN_THE_MIDDLE) await aTurn();
    await first.kill();
    const expected = await undisturbed(systemClock.now());
    const raised = expected.filter((line) => line.includes(' raised ')).length;
    const shown = await Promise.all(others.map((instance) => instance.showing(raised)));
    expect(shown).toEqual([raised, raised]);
    expect(inTheirTime(await new Service(store).transitions())).toEqual(inTheirTime(expected));
    expect(await Promise.all(others.map((instance) => instance.stop()))).toEqual([0, 0]);
  });
});
