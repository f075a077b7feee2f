import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProtocolServer } from '../eventstoredb/protocol-server.js';
import { linesOf, programOfFile, type Serving } from './program.js';

type Env = Readonly<Record<string, string>>;

const program = programOfFile();
let server: ProtocolServer;

beforeAll(async () => {
  server = await ProtocolServer.start();
});

afterAll(() => {
  server.kill();
});

const MASTER_KEY = randomBytes(32).toString('base64');
const onDisk = (): Env => ({ DATA_DIR: program.freshFolder(), MASTER_KEY });
const onServer = (): Env => ({ ...onDisk(), STORE: 'eventstoredb', EVENTSTORE_URL: server.url });
const run = (env: Env, ...args: readonly string[]) => program.run(args, { env });

const HISTORY = ['A0001AA', 'A0002AA', 'A0003AA'].flatMap((prisonNumber, index) =>
  [
    ['PrisonerReceived', '2026-01-05T15:20:00Z', { reason: 'NEW_ADMISSION', dateOfBirth: '1990-01-01' }],
    ['AcctOpened', `2026-01-0${6 + index}T10:00:00Z`, { concern: 'low in mood' }],
    ['KeyWorkerSessionHeld', `2026-01-1${index}T10:00:00Z`, { staffId: '1001' }],
  ].map(([type, occurredAt, data]) => ({ type, prisonNumber, prisonId: 'XYI', occurredAt, data })),
);

/** A reason says until when something is missing: the minute in which it is read. */
const BY_NOW = /not recorded by \d+ \w+ \d{4} at \d\d:\d\d/g;

/** What lists and histories show, but for where things lie in the log. */
const shownAt = async ({ url }: Serving): Promise<unknown> => {
  const paths = [
    '/safety-alerts?size=500&sort=raisedAt,asc',
    '/prisoners/A0001AA/timeline',
    '/prisoners/A0002AA/timeline',
  ];
  const answers = await Promise.all(paths.map(async (path) => (await fetch(url + path)).text()));
  return answers.map(
    (text) =>
      JSON.parse(text.replaceAll(BY_NOW, 'not recorded by now'), (name, value: unknown) =>
        name === 'position' ? undefined : value,
      ) as unknown,
  );
};

/** Serves until all is decided: a service that is stopped ends the tick that it is at. */
const decideAll = async (env: Env): Promise<void> => {
  const serving = await program.serveWith(env);
  const known = await fetch(`${serving.url}/custody-events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(HISTORY.at(-1)),
  });
  const { position } = (await known.json()) as { readonly position: string };
  expect((await fetch(`${serving.url}/safety-alerts?atLeast=${position}`)).status).toBe(200);
  await serving.stop();
};

/** What is shown once all is decided, and what `verify` finds afterwards. */
const lookAt = async (env: Env, meanwhile: (serving: Serving) => Promise<unknown> = () => Promise.resolve()) => {
  await decideAll(env);
  const serving = await program.serveWith(env);
  await serving.decided();
  await meanwhile(serving);
  const shown = await shownAt(serving);
  await serving.stop();
  const verified = await run(env, 'verify', '--json');
  return { shown, verified: JSON.parse(verified.out) as unknown };
};

const acknowledgeWithNote = async ({ url }: Serving): Promise<void> => {
  const list = (await (await fetch(`${url}/safety-alerts?prisonNumber=A0001AA&size=1`)).json()) as {
    content: readonly { id: string }[];
  };
  const answer = await fetch(`${url}/safety-alerts/${list.content[0]?.id}/acknowledge`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ note: 'somebody is with them' }),
  });
  const { position } = (await answer.json()) as { readonly position: string };
  expect((await fetch(`${url}/safety-alerts?atLeast=${position}`)).status).toBe(200);
};

/** Events of the file, but for where things lie. */
const eventsIn = (file: string, but = 'AccessRecorded'): unknown[] =>
  linesOf(readFileSync(file, 'utf8'))
    .map(
      (line) =>
        JSON.parse(line, (name, value: unknown) => (WHERE.has(name) ? undefined : value)) as {
          event?: { type: string };
        },
    )
    .flatMap(({ event }) => (event && event.type !== but ? [event] : []));
const WHERE = new Set(['position', 'decidedOn']);

describe('a log that moves', () => {
  it('from a folder to an event server and back shows and verifies the same everywhere', async () => {
    const [first, second, third] = [onDisk(), onServer(), onDisk()];
    const input = HISTORY.map((event) => JSON.stringify(event)).join('\n');
    expect(await program.run(['import', '--history', '-'], { env: first, input })).toMatchObject({ code: 0 });
    expect(await run(first, 'erase', 'A0002AA', '--reason', 'COURT_ORDER', '--confirm-still-watched')).toMatchObject({
      code: 0,
    });
    const before = await lookAt(first, acknowledgeWithNote);
    expect(JSON.stringify(before.shown)).toMatch(/low in mood.*\(erased\)/);

    const up = join(program.folder, 'up.ndjson');
    const exported = await run(first, 'export', up, '--json');
    expect(exported).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(exported.out)).toMatchObject({ keys: 2, erasures: 1 });
    expect(await run(second, 'restore', up, '--json')).toMatchObject({ code: 0, err: '', out: exported.out });
    expect(await lookAt(second)).toEqual(before);

    const down = join(program.folder, 'down.ndjson');
    expect(await run(second, 'export', down)).toMatchObject({ code: 0, err: '' });
    expect(eventsIn(down)).toEqual(eventsIn(up));
    expect(await run(third, 'restore', down)).toMatchObject({ code: 0, err: '' });
    expect(await lookAt(third)).toEqual(before);
    expect(readFileSync(up, 'utf8')).not.toMatch(/low in mood|somebody is with them|1990-01-01/);
  });
});

describe('a move that cannot be made', () => {
  const exported = async () => {
    const env = onDisk();
    await program.run(['import', '-'], { env, input: JSON.stringify(HISTORY[0]) });
    const file = join(program.folder, `${++files}.ndjson.gz`);
    expect(await run(env, 'export', file)).toMatchObject({ code: 0 });
    return { env, file };
  };
  let files = 0;

  it('ends with 2 where the store holds something, or the master key is another, and writes nothing', async () => {
    const { env, file } = await exported();
    expect(await run(env, 'restore', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds something') as unknown,
    });
    const other = { ...onDisk(), MASTER_KEY: randomBytes(32).toString('base64') };
    expect(await run(other, 'restore', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('another master key') as unknown,
    });
    expect(await run({ ...other, MASTER_KEY }, 'restore', file)).toMatchObject({ code: 0 });
    expect(await run(env, 'export', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is there already') as unknown,
    });
  });

  it('ends with 1 and the line where the file is damaged, and with 2 where there is none', async () => {
    const { file } = await exported();
    writeFileSync(file, readFileSync(file).subarray(0, -20));
    const damaged = await run(onDisk(), 'restore', file);
    expect([damaged.code, damaged.err]).toEqual([1, expect.stringMatching(/\.gz:\d+:1 {2}.*cut short/)]);
    expect(await run(onDisk(), 'restore', `${file}.not-there`)).toMatchObject({ code: 2 });
  });

  it('ends with 3 where the event server is away or there is no log, and with 2 while records wait in the spool', async () => {
    const { env, file } = await exported();
    const away = { ...onServer(), EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' };
    expect(await run(away, 'restore', file)).toMatchObject({ code: 3 });
    expect(await run(onDisk(), 'export', `${file}.ndjson`)).toMatchObject({ code: 3 });
    mkdirSync(join(env['DATA_DIR'] ?? '', 'access-spool'));
    writeFileSync(join(env['DATA_DIR'] ?? '', 'access-spool/2026-11-22-0123456789ab-spool.ndjson'), '{}\n');
    expect(await run(env, 'export', `${file}.ndjson`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('who saw whom') as unknown,
    });
  });

  it('for demonstration data ends with 2 on an event server', async () => {
    const env = onDisk();
    await program.serveWith(env, '--demo');
    const file = join(program.folder, 'demo.ndjson.gz');
    expect(await run(env, 'export', file)).toMatchObject({ code: 0 });
    expect(await run(onServer(), 'restore', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('demonstration') as unknown,
    });
    expect(await run(onDisk(), 'restore', file)).toMatchObject({ code: 0 });
  });
});
