import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, cpSync, existsSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EmbeddedKeyRing } from '../../src/personal-data/embedded-key-ring.js';
import { masterKeyIn } from '../../src/personal-data/master-key.js';
import { type Ended, programOfFile, type Serving } from './program.js';

const program = programOfFile();
/** A folder of a service with data, and a backup of it. */
let left: string;
let backup: string;
/** Copies of them, for one test. */
let set: string;
let dataDir: string;

const numberOf = (person: number): string => `A${String(person).padStart(4, '0')}AA`;
const event = (person: number, occurredAt: string, type: string, data: object) => ({
  ...{ type, prisonNumber: numberOf(person), prisonId: 'XYI', occurredAt, data },
});
const about = (person: number): object[] => [
  event(person, '2026-01-05T15:20:00Z', 'PrisonerReceived', { reason: 'NEW_ADMISSION' }),
  event(person, '2026-01-05T16:00:00Z', 'PersonDetailsChanged', { firstName: `John${person}`, lastName: 'Smith' }),
  event(person, '2026-01-06T09:00:00Z', 'AcctOpened', { concern: 'said that he cannot go on' }),
];

/** @returns the position up to which they are in the log */
const send = async (url: string, events: readonly object[]): Promise<string> => {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/custody-events`, { method: 'POST', headers, body: JSON.stringify(events) });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { position: string }).position;
};

/** The same, once everything up to there has been decided on; what is there already is told where it stands. */
const sendAndDecide = async ({ url }: Serving, events: readonly object[]): Promise<void> => {
  const answer = await fetch(`${url}/safety-alerts?atLeast=${await send(url, events)}`);
  expect(answer.status).toBe(200);
};

const run = (folder: string, ...args: readonly string[]): Promise<Ended> =>
  program.run(args, { env: { DATA_DIR: folder } });

const rowsOf = (folder: string, name: string, sql: string): Record<string, unknown>[] => {
  const db = new DatabaseSync(join(folder, name), { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
};

/** Every event of a log by stream, in order, with its link. */
const streamsOf = (folder: string): Map<string, string[]> => {
  const select =
    'SELECT name, event_id || type || data || metadata AS event FROM events JOIN streams USING (stream_key)';
  const rows = rowsOf(folder, 'log.db', `${select} ORDER BY position`);
  return new Map(
    [...Map.groupBy(rows, ({ name }) => String(name))].map(([name, of]) => [
      name,
      of.map((row) => String(row['event'])),
    ]),
  );
};

/** Of people whose events came in anew, the instant of a safety alert is a later one. */
const openAlerts = async ({ url }: Serving, sameUpTo = 0): Promise<unknown[]> => {
  const content: Record<string, string>[] = [];
  for (let page = 0, pages = 1; page < pages; page++) {
    const answer = await fetch(`${url}/safety-alerts?state=OPEN&size=500&page=${page}`);
    const listed = (await answer.json()) as { content: Record<string, string>[]; totalPages: number };
    content.push(...listed.content);
    pages = listed.totalPages;
  }
  return content
    .map(({ id = '', rule, prisonNumber = '', severity, raisedAt }) => ({
      ...{ id, rule, prisonNumber, severity },
      ...(prisonNumber < numberOf(sameUpTo) && { raisedAt }),
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
};

beforeAll(async () => {
  left = program.freshFolder();
  backup = program.freshFolder();
  const serving = await program.serve(left);
  await sendAndDecide(serving, about(1));
  expect(await run(left, 'backup', backup)).toMatchObject({ code: 0 });
  await program.stop();
});
beforeEach(() => {
  [set, dataDir] = [program.freshFolder(), program.freshFolder()];
  cpSync(backup, set, { recursive: true });
});

const LOG_RESTORED = `SELECT count(*) AS count FROM events WHERE type = 'LogRestored'`;

describe('a backup that was made while events came in', () => {
  it('holds all that was accepted before it; restored elsewhere, every stream and open safety alert is the same', async () => {
    const original = program.freshFolder();
    const made = program.freshFolder();
    const serving = await program.serve(original);
    for (let person = 0; person < 20; person++) await send(serving.url, about(person));
    const before = streamsOf(original);
    const { url } = serving;
    const sending = new AbortController();
    let last = 20;
    const load = (async () => {
      while (!sending.signal.aborted) await send(url, about(last++));
    })();
    const backedUp = await run(original, 'backup', made, '--json');
    sending.abort();
    await load;
    await sendAndDecide(serving, about(last - 1));
    const wanted = await openAlerts(serving, 20);
    expect(wanted).not.toEqual([]);
    await program.stop();

    expect(backedUp).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(backedUp.out)).toMatchObject({ findings: [], masterKey: true });
    const { code, err } = await run(dataDir, 'restore-backup', made);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [all, some] = [streamsOf(original), streamsOf(dataDir)];
    for (const [name, events] of some) expect(all.get(name)?.slice(0, events.length)).toEqual(events);
    for (const [name, events] of before) expect(some.get(name)?.slice(0, events.length)).toEqual(events);

    const restored = await program.serve(dataDir);
    for (let person = 0; person < last; person++) await send(restored.url, about(person));
    await sendAndDecide(restored, about(last - 1));
    expect(await openAlerts(restored, 20)).toEqual(wanted);
    await program.stop();
    expect(await run(dataDir, 'verify', '--log')).toMatchObject({ code: 0 });
  }, 90_000);
});

describe('a restored backup', () => {
  it('is recorded in the log by the next start, once, and that is told', async () => {
    expect(await run(dataDir, 'restore-backup', set)).toMatchObject({ code: 0 });
    expect(rowsOf(dataDir, 'log.db', LOG_RESTORED)).toEqual([{ count: 0 }]);
    for (const told of [true, false]) {
      const serving = await program.serve(dataDir);
      const { out, err } = await serving.stop();
      expect((out + err).includes('was restored from the backup')).toBe(told);
      expect(rowsOf(dataDir, 'log.db', LOG_RESTORED)).toEqual([{ count: 1 }]);
    }
    expect(await run(dataDir, 'restore-backup', set)).toMatchObject({ code: 2, err: expect.stringMatching(/empty/) });
  });

  it('can be put there again while it has not been started, as when that was interrupted', async () => {
    for (const again of [1, 2]) expect([again, (await run(dataDir, 'restore-backup', set)).code]).toEqual([again, 0]);
    rmSync(join(dataDir, 'log.db'));
    expect(await run(dataDir, 'serve')).toMatchObject({ code: 3, err: expect.stringMatching(/cut short/) });
    expect(await run(dataDir, 'restore-backup', set)).toMatchObject({ code: 0 });
    const serving = await program.serve(dataDir);
    await sendAndDecide(serving, about(1));
    expect(await openAlerts(serving)).not.toEqual([]);
  });

  it('brings back nothing that was erased since, where the former data folder is named', async () => {
    const former = program.freshFolder();
    cpSync(left, former, { recursive: true });
    const ring = EmbeddedKeyRing.open(former, masterKeyIn(join(former, 'master.key')));
    const erasure = { reason: 'COURT_ORDER', by: 'somebody', at: '2026-02-01T09:00:00Z', confirmed: ['OPEN_ALERTS'] };
    await ring.erase(`person-${numberOf(1)}`, erasure);
    await ring.close();
    const nothing = program.freshFolder();
    expect(await run(dataDir, 'restore-backup', set, '--erasures-from', nothing)).toMatchObject({ code: 2 });
    expect(readdirSync(dataDir)).not.toContain('log.db');
    expect(await run(dataDir, 'restore-backup', set, '--erasures-from', former)).toMatchObject({ code: 0 });
    await program.serve(dataDir);
    await program.stop();
    const erased = `SELECT data ->> 'by' AS by, data ->> 'confirmed' AS confirmed FROM events WHERE type = 'PersonErased'`;
    expect(rowsOf(dataDir, 'log.db', erased)).toEqual([{ by: 'somebody', confirmed: '["OPEN_ALERTS"]' }]);
    const keys = `SELECT count(*) AS count FROM keys WHERE subject = 'person-${numberOf(1)}' AND wrapped IS NOT NULL`;
    expect(rowsOf(dataDir, 'keys.db', keys)).toEqual([{ count: 0 }]);
  });
});

describe('what is no whole backup', () => {
  const DAMAGES: [string, () => void, RegExp][] = [
    [
      'a file that is missing',
      () => {
        rmSync(join(set, 'keys.db'));
      },
      /keys\.db is missing/,
    ],
    [
      'a log that was cut',
      () => {
        truncateSync(join(set, 'log.db'), 8192);
      },
      /log\.db was cut short or altered/,
    ],
    [
      'a file that is longer',
      () => {
        appendFileSync(join(set, 'local.db'), 'x');
      },
      /local\.db was cut short or altered/,
    ],
    [
      'a file more',
      () => {
        appendFileSync(join(set, 'log.db-wal'), '');
      },
      /log\.db-wal does not belong to it/,
    ],
    [
      'no manifest, as where it was killed',
      () => {
        rmSync(join(set, 'backup.json'));
      },
      /backup\.json is missing/,
    ],
    [
      'an altered manifest',
      () => {
        appendFileSync(join(set, 'backup.json'), ' x');
      },
      /backup\.json was cut short/,
    ],
  ];

  it.each(DAMAGES)('is refused with 1, by name, and nothing is written: %s', async (_, damage, words) => {
    damage();
    expect(await run(dataDir, 'restore-backup', set)).toMatchObject({ code: 1, err: expect.stringMatching(words) });
    expect(existsSync(join(dataDir, 'log.db'))).toBe(false);
  });

  it('is one with files of another backup, also where it says that they belong', async () => {
    const other = program.freshFolder();
    const otherBackup = program.freshFolder();
    cpSync(left, other, { recursive: true });
    const serving = await program.serve(other);
    await sendAndDecide(serving, about(2));
    await program.stop();
    expect(await run(other, 'backup', otherBackup)).toMatchObject({ code: 0 });
    cpSync(join(otherBackup, 'keys.db'), join(set, 'keys.db'));
    expect(await run(dataDir, 'restore-backup', set)).toMatchObject({
      ...{ code: 1, err: expect.stringMatching(/keys\.db was cut short or altered, or is of another backup/) },
    });
  });
});

describe('backup', () => {
  it('refuses a folder that holds something, and a log on an event server, with 2 and what to do', async () => {
    expect(await run(left, 'backup', set)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/a folder of its own/),
    });
    const env = { STORE: 'eventstoredb', EVENTSTORE_URL: 'esdb://localhost:1?tls=false' };
    for (const verb of ['backup', 'restore-backup'])
      expect(await program.run([verb, program.freshFolder()], { env })).toMatchObject({
        ...{ code: 2, err: expect.stringMatching(/custody-watch export FILE/) },
      });
  });

  it('is for its owner alone, and holds the master key only where that lies in the data folder', async () => {
    for (const name of readdirSync(set)) expect([name, statSync(join(backup, name)).mode & 0o077]).toEqual([name, 0]);
    expect(readdirSync(set)).toContain('master.key');
    const env = { DATA_DIR: left, MASTER_KEY_FILE: program.file('') };
    cpSync(join(left, 'master.key'), env.MASTER_KEY_FILE);
    const apart = program.freshFolder();
    expect(await program.run(['backup', apart], { env })).toMatchObject({
      ...{ code: 0, out: expect.stringMatching(/master key is not in it/) },
    });
    expect(readdirSync(apart).sort()).toEqual(['backup.json', 'keys.db', 'local.db', 'log.db']);
    const wrong = { DATA_DIR: dataDir, MASTER_KEY: Buffer.alloc(32, 1).toString('base64') };
    expect(await program.run(['restore-backup', apart], { env: wrong })).toMatchObject({ code: 2 });
    expect(existsSync(join(dataDir, 'log.db'))).toBe(false);
    expect(await program.run(['restore-backup', apart], { env: { ...env, DATA_DIR: dataDir } })).toMatchObject({
      code: 0,
    });
  });

  it('of a log in which something was changed says so, ends with 1, and can be restored with the same words', async () => {
    const changed = program.freshFolder();
    cpSync(left, changed, { recursive: true });
    const log = new DatabaseSync(join(changed, 'log.db'));
    log.exec(`DROP TRIGGER events_are_never_changed;
      UPDATE events SET data = json_set(data, '$.reason', 'RECALL') WHERE type = 'PrisonerReceived'`);
    log.close();
    const made = program.freshFolder();
    expect(await run(changed, 'backup', made)).toMatchObject({ code: 1, out: expect.stringMatching(/^changed at/) });
    expect(await run(dataDir, 'restore-backup', made)).toMatchObject({
      ...{ code: 1, out: expect.stringMatching(/so it was when the backup was made/) },
    });
    expect(existsSync(join(dataDir, 'log.db'))).toBe(true);
  });
});
