import { describe, expect, it } from '@jest/globals';
import { openLog } from '../../src/app/open-log.js';
import { readSettings } from '../../src/app/settings.js';
import { systemClock } from '../../src/store/clock.js';
import { revisionOf } from '../../src/store/transact.js';
import { VirtualClock } from '../virtual-clock.js';
import { linesOf, programOfFile, saidUntil } from './program.js';

const LONG = 120_000;
const HOUR = 3_600_000;
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const program = programOfFile();

const ago = (hours: number): string => new Date(systemClock.now() - hours * HOUR).toISOString();
const event = (type: string, hours: number, data: object): string =>
  `${JSON.stringify({ type, prisonNumber: 'A0001AA', prisonId: 'XYI', occurredAt: ago(hours), data })}\n`;

/** What a later version wrote about them, while nothing serves. @returns where it stands */
const fromLater = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const settings = readSettings({ ...env, CONFIG_DIR: 'config' });
  const log = await openLog(settings, { kind: 'real', clock: new VirtualClock(systemClock.now()) });
  try {
    const stream = `${settings.streamPrefix}person-A0001AA`;
    const unknown = { id: crypto.randomUUID(), type: 'NotOfThisVersion', data: {}, metadata: {} };
    return (await log.store.append(stream, await revisionOf(log.store, stream), [unknown])).position;
  } finally {
    await log.close();
  }
};

const rulesOf = async (url: string, state: string): Promise<string[]> => {
  const answer = await fetch(`${url}/safety-alerts?state=${state}&size=100`);
  return ((await answer.json()) as { content: { rule: string }[] }).content.map(({ rule }) => rule);
};

/** Once an alert of a rule is in a state. */
const shown = async (url: string, rule: string, state: string): Promise<void> => {
  while (!(await rulesOf(url, state)).includes(rule));
};

describe('an event that cannot be read', () => {
  it(
    'is listed, dropped beside a service, which reads the log anew and closes what it held open, and read again',
    async () => {
      const env = { DATA_DIR: program.freshFolder(), MASTER_KEY };
      const run = (...args: string[]) => program.run(['parked', ...args], { env });
      const events = event('PrisonerReceived', 240, { reason: 'NEW_ADMISSION' }) + event('SelfHarmReported', 100, {});
      expect(await program.run(['import', program.file(events)], { env })).toMatchObject({ code: 0 });
      expect(await run('list')).toMatchObject({ code: 0, out: expect.stringContaining('can be read') as unknown });
      const position = await fromLater(env);

      const child = program.spawn(['serve'], { env: { ...env, LOG_LEVEL: 'warn' } });
      const first = /http:\/\/\S+/.exec(await saidUntil(child, /http:\/\/\S+\n/))?.[0] ?? '';
      await shown(first, 'VUL-01', 'OPEN');
      const told = { type: 'AcctOpened', prisonNumber: 'A0001AA', prisonId: 'XYI', occurredAt: ago(0), data: {} };
      const headers = { 'Content-Type': 'application/json' };
      const sent = await fetch(`${first}/custody-events`, { method: 'POST', headers, body: JSON.stringify(told) });
      const at = ((await sent.json()) as { position: string }).position;
      await fetch(`${first}/safety-alerts?atLeast=${at}`);
      expect(await rulesOf(first, 'OPEN')).toContain('VUL-01');

      const listed = await run('list', '--json');
      expect(listed.code).toBe(1);
      expect(linesOf(listed.out).map((line) => JSON.parse(line) as object)).toMatchObject([
        { position, kind: 'custody-event', prisonNumber: 'A0001AA', dropped: null },
      ]);
      const anew = saidUntil(child, /starts anew[^]*http:\/\/\S+\n/);
      expect(await run('drop', position, '--because', 'DAMAGED')).toMatchObject({ code: 0 });
      const second = /http:\/\/\S+\n$/.exec(await anew)?.[0].trim() ?? '';
      await shown(second, 'VUL-01', 'RESOLVED');
      expect((await run('list')).out).toContain('DAMAGED by local');
      const again = saidUntil(child, /starts anew[^]*http:\/\/\S+\n/);
      expect(await run('retry', position)).toMatchObject({ code: 0 });
      await again;
      child.kill('SIGINT');
    },
    LONG,
  );

  it(
    'is dropped and read again without a service, and verify goes by that',
    async () => {
      const env = { DATA_DIR: program.freshFolder(), MASTER_KEY };
      const run = (...args: string[]) => program.run(args, { env });
      await run('import', program.file(event('PrisonerReceived', 240, { reason: 'NEW_ADMISSION' })));
      const position = await fromLater(env);
      const serving = await program.serveWith(env);
      await serving.decided();
      await serving.stop();
      expect(await run('parked', 'drop', position, '--because', 'NOT_OURS')).toMatchObject({ code: 0 });
      expect(JSON.parse((await run('verify', '--json')).out)).not.toHaveProperty('parked');
      expect(await run('parked', 'retry', position)).toMatchObject({ code: 0 });
      expect(await run('parked', 'list')).toMatchObject({ code: 1, out: expect.stringContaining(position) as unknown });
    },
    LONG,
  );
});
