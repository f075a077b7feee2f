import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLog, type OpenLog } from '../../src/app/open-log.js';
import { readSettings } from '../../src/app/settings.js';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { CustodyLog } from '../../src/custody/custody-log.js';
import { Seals } from '../../src/personal-data/seals.js';
import { systemClock } from '../../src/store/clock.js';
import { mendLogTime } from '../../src/store/log-time/mend-log-time.js';
import { ProtocolServer } from '../eventstoredb/protocol-server.js';
import { SENDER } from '../sender.js';
import { VirtualClock } from '../virtual-clock.js';
import { ended, programOfFile, saidUntil } from './program.js';

const DAY = 24 * 3_600_000;
/** Several programs are started one after the other. */
const LONG = 300_000;
const TWO_YEARS = 730 * DAY;
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

const program = programOfFile();
let server: ProtocolServer;
beforeAll(async () => {
  server = await ProtocolServer.start();
});
afterAll(() => {
  server.kill();
});

const now = (): string => new Date(systemClock.now()).toISOString();

const happened = (type: string, at: number, data: object = {}): CustodyEvent => {
  const instant = new Date(at).toISOString();
  return {
    id: crypto.randomUUID(),
    type,
    prisonNumber: 'A0001AA',
    prisonId: 'XYI',
    occurredAt: instant,
    occurredAtMs: at,
    recordedAt: instant,
    recordedAtMs: at,
    data,
  } as CustodyEvent;
};

const inLog = async <T>(
  env: Readonly<Record<string, string>>,
  work: (log: OpenLog, prefix: string) => Promise<T>,
): Promise<T> => {
  const settings = readSettings({ ...env, CONFIG_DIR: 'config' });
  const log = await openLog(settings, { kind: 'real', clock: new VirtualClock(systemClock.now()) });
  try {
    return await work(log, settings.streamPrefix);
  } finally {
    await log.close();
  }
};

const mend = (env: Readonly<Record<string, string>>): Promise<number> =>
  inLog(env, (log, prefix) =>
    mendLogTime(log.chained, prefix, { clock: systemClock, said: systemClock.now(), by: 'ASMITH_GEN' }),
  );

/** What an older version stored, which believed any clock. */
const poison = (env: Readonly<Record<string, string>>, events: readonly [number, CustodyEvent][]): Promise<void> =>
  inLog(env, async ({ store, keys }, prefix) => {
    const custody = new CustodyLog(store, prefix, new Seals(keys));
    for (const [knownAt, event] of events) await custody.recordAll([event], { knownAt: () => knownAt, sender: SENDER });
  });

const arrival = (): [number, CustodyEvent] => {
  const then = systemClock.now() - 10 * DAY;
  return [then, happened('PrisonerReceived', then, { reason: 'NEW_ADMISSION' })];
};
const selfHarmAhead = (): [number, CustodyEvent] => {
  const then = systemClock.now() - 2 * DAY;
  return [then + TWO_YEARS, happened('SelfHarmReported', then)];
};

describe('a log with an event for an instant that has not come yet', () => {
  it(
    'is waited for, and said so; once it is mended the service goes on by itself, and verify finds nothing',
    async () => {
      const env = { DATA_DIR: program.freshFolder(), MASTER_KEY };
      await poison(env, [arrival(), selfHarmAhead()]);
      const wrong = await program.run(['clock', 'mend', '--it-is', '2001-01-01T00:00:00Z'], { env });
      expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('Set its clock right first')]);
      const refused = await program.run(['import', program.file('')], { env });
      expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('clock mend')]);
      const child = program.spawn(['serve'], { env });
      const serves = saidUntil(child, /http:\/\/\S+\n/);
      expect(await saidUntil(child, /Waiting/)).toMatch(/The log says that it is .* already/);
      const mended = await program.run(['clock', 'mend', '--it-is', now()], { env });
      expect([mended.code, mended.out]).toEqual([
        0,
        expect.stringMatching(/[1-9]\d* events? (was|were) dated in the future/),
      ]);
      const url = /http:\/\/\S+/.exec(await serves)?.[0] ?? '';
      const { position } = (await (
        await fetch(`${url}/custody-events`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '[]',
        })
      ).json()) as { position: string };
      expect((await fetch(`${url}/safety-alerts?atLeast=${position}`)).status).toBe(200);
      child.kill('SIGINT');
      const again = await program.run(['clock', 'mend', '--it-is', now()], { env });
      expect([again.code, again.out]).toEqual([0, expect.stringContaining('nothing to do')]);
      const verified = await program.run(['verify', '--json'], { env });
      expect(JSON.parse(verified.out)).toEqual({ checked: 1, missing: 0, extra: 0, wrongTime: 0 });
      expect(await program.run(['verify', '--log'], { env })).toMatchObject({ code: 0 });
    },
    LONG,
  );

  it(
    'is mended beside services on an event server: each of them starts anew by itself, and can be stopped while it does',
    async () => {
      const onServer = { STORE: 'eventstoredb', EVENTSTORE_URL: server.url, MASTER_KEY };
      const here = { ...onServer, DATA_DIR: program.freshFolder() };
      await poison(here, [arrival()]);
      const child = program.spawn(['serve'], { env: { ...onServer, DATA_DIR: program.freshFolder() } });
      const ending = ended(child);
      await saidUntil(child, /http:\/\/\S+\n/);
      const anew = saidUntil(child, /Log time was set[^]*http:\/\/\S+\n/);
      await poison(here, [selfHarmAhead()]);
      await mend(here);
      const url = /http:\/\/\S+\n$/.exec(await anew)?.[0].trim() ?? '';
      const { components } = (await (await fetch(`${url}/health`)).json()) as { components: Record<string, object> };
      expect(components['clock']).toEqual({ status: 'UP', details: {} });
      await poison(here, [selfHarmAhead()]);
      const startsAgain = saidUntil(child, /Log time was set/);
      await mend(here);
      await startsAgain;
      const waits = saidUntil(child, /trying again/);
      server.kill();
      await waits;
      child.kill('SIGTERM');
      expect(await ending).toMatchObject({ code: 0 });
    },
    LONG,
  );
});
