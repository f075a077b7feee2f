import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { event, events } from '../../test/contract/store-under-test.js';
import { Seals } from '../personal-data/seals.js';
import { checkLog } from '../store/chain/log-check.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import { LogNotAsLeft } from '../store/errors.js';
import { chainToRead } from './chain.js';
import { type LogOpening, openLog, type OpenLog } from './open-log.js';
import { readSettings, type Settings } from './settings.js';

const PREFIX = 'custodywatch_';
const WHO = `${PREFIX}person-A0001AA`;
const clock = { now: () => Date.parse('2026-11-22T09:00:00Z') };

let place: string;
/** A folder in which a log was left, and how it was before the last that came to it. */
let left: string;
let older: string;
let dataDir: string;
let open: OpenLog | undefined;

const settingsOf = (folder: string): Settings => readSettings({ DATA_DIR: folder, MASTER_KEY });
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

const opened = async (folder = dataDir, more: Partial<LogOpening> = {}): Promise<OpenLog> =>
  (open = await openLog(settingsOf(folder), { clock, ...more }));

const closed = async (): Promise<void> => {
  await open?.close();
  open = undefined;
};

/** Something is told, about a person of whom nothing was, and the log is left. */
const told = async (folder: string, stream: string): Promise<void> => {
  const { store, keys } = await opened(folder);
  const about = event();
  const place = { subject: stream.slice(PREFIX.length), stream, id: about.id };
  const data = await new Seals(keys).seal({ firstName: 'John', what: 'a test' }, ['firstName'], place);
  await store.append(stream, 'no-stream', [{ ...about, data }, ...events(2)]);
  await closed();
  // The next start remembers what came since.
  await opened(folder);
  await closed();
};

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  [left, older] = [join(place, 'left'), join(place, 'older')];
  await told(left, WHO);
  cpSync(left, older, { recursive: true });
  await told(left, `${PREFIX}person-B0002BB`);
});
beforeEach(() => {
  dataDir = join(place, 'data');
  cpSync(left, dataDir, { recursive: true });
});
afterEach(async () => {
  await closed();
  rmSync(dataDir, { recursive: true });
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

const lose = (name: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, name + suffix), { force: true });
};

const putBack = (name: string, from: string): void => {
  lose(name);
  cpSync(join(from, name), join(dataDir, name));
};

/** What somebody does who has the file: nothing keeps them from it. */
const tamper = (sql: string, name = 'log.db'): void => {
  const db = new DatabaseSync(join(dataDir, name));
  if (name === 'log.db')
    db.exec('DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted; PRAGMA foreign_keys = OFF');
  db.exec(sql);
  db.close();
};

const renumbered = 'UPDATE events SET position = position - 1 WHERE position >';

const MISSING: [string, () => void, RegExp][] = [
  [
    'a log that is missing',
    () => {
      lose('log.db');
    },
    /log\.db is missing, and this folder held a log/,
  ],
  [
    'a log that is empty',
    () => {
      truncateSync(join(dataDir, 'log.db'), 0);
    },
    /log\.db is empty, and was not/,
  ],
  [
    'an older log',
    () => {
      putBack('log.db', older);
    },
    /was left at position 7, and ends at 4/,
  ],
  [
    'a log whose end was cut off',
    () => {
      tamper('DELETE FROM events WHERE position > 5; UPDATE streams SET revision = 0 WHERE stream_key = 3');
    },
    /was left at position 7, and ends at 5/,
  ],
  [
    'a log with a hole',
    () => {
      tamper('DELETE FROM events WHERE position = 6');
    },
    /up to position 7: position 6 is missing/,
  ],
  [
    'a log from which something was taken, and its place filled',
    () => {
      tamper(`DELETE FROM events WHERE position = 4; ${renumbered} 4`);
    },
    /was left at position 7, and ends at 6/,
  ],
  [
    'a log of which something stands elsewhere',
    () => {
      tamper(
        `UPDATE events SET position = 99 WHERE position = 4; UPDATE events SET position = 4 WHERE position = 5;
         UPDATE events SET position = 5 WHERE position = 99`,
      );
    },
    /up to position 7: after position 0 something is not where it was/,
  ],
  [
    'keys that are missing',
    () => {
      lose('keys.db');
    },
    /The keys that the log was sealed with are not in/,
  ],
  [
    'keys that are older',
    () => {
      putBack('keys.db', older);
    },
    /keys\.db is older than the log/,
  ],
];

describe('a log that is opened', () => {
  it.each(MISSING)(
    'is refused, with what was found and what to do, where there is %s; nothing is changed',
    async (_, spoil, found) => {
      spoil();
      for (let twice = 0; twice < 2; twice++) {
        const refusal = openLog(settingsOf(dataDir), { clock });
        await expect(refusal).rejects.toBeInstanceOf(LogNotAsLeft);
        await expect(refusal).rejects.toThrow(found);
        await expect(refusal).rejects.toThrow(/serve --accept-restored/);
      }
    },
  );

  it.each(MISSING)('is gone on with where somebody accepts %s, and records that', async (_, spoil) => {
    spoil();
    await opened(dataDir, { acceptRestored: true });
    await closed();
    const { held, keys, check } = await opened();
    expect(check.findings).toEqual([]);
    const log = await chainToRead(held, PREFIX, keys);
    expect(log?.records.begun?.accepted).toMatchObject({ by: 'local', found: expect.any(Array) as unknown });
    expect(log && (await checkLog(log)).findings).toEqual([]);
  });

  it('that is accepted though ends of streams are gone takes events where they end now, and records which', async () => {
    const other = `${PREFIX}person-B0002BB`;
    tamper(
      `DELETE FROM events WHERE stream_key = (SELECT stream_key FROM streams WHERE name = '${other}') AND revision > 0`,
    );
    const { store } = await opened(dataDir, { acceptRestored: true });
    expect(await store.append(other, 0, events(2))).toMatchObject({ outcome: 'appended', revision: 2 });
    await closed();
    const { held, keys } = await opened();
    const log = await chainToRead(held, PREFIX, keys);
    expect(log?.records.begun?.accepted?.shortened).toEqual([{ stream: other, from: 2, to: 0 }]);
    expect(log && (await checkLog(log)).findings).toEqual([]);
  });

  it('is refused where it says nothing of its chain any more', async () => {
    tamper(`DELETE FROM events WHERE type = 'ChainBegun'`);
    await expect(openLog(settingsOf(dataDir), { clock })).rejects.toThrow(/says nothing of its chain any more/);
  });

  it('is refused where another log stands in its place', async () => {
    const other = join(place, 'other');
    await told(other, WHO);
    putBack('log.db', other);
    putBack('keys.db', other);
    await expect(openLog(settingsOf(dataDir), { clock })).rejects.toThrow(
      /another log than the one that was left here, with 7/,
    );
  });

  it('is never made anew in the place of one that is missing', async () => {
    lose('log.db');
    lose('keys.db');
    await expect(openLog(settingsOf(dataDir), { clock })).rejects.toThrow(LogNotAsLeft);
    expect(['log.db', 'keys.db'].map((name) => existsSync(join(dataDir, name)))).toEqual([false, false]);
  });

  it('has no keys made beside what older ones sealed, also where no chain has begun', async () => {
    rmSync(join(dataDir, 'local.db'));
    const store = EmbeddedEventStore.open(join(place, 'unchained'));
    await store.append(WHO, 'no-stream', [event({ data: { $personal: { members: [], key: 'k', box: '' } } })]);
    await store.close();
    await expect(openLog(settingsOf(join(place, 'unchained')), { clock })).rejects.toThrow(/keys .* are not in/);
  });

  it('is opened where events in it were changed, and has found them; they are accepted with the rest', async () => {
    tamper(`UPDATE events SET data = '{}' WHERE position = 6`);
    const { check } = await opened();
    expect(check.findings).toMatchObject([{ kind: 'changed', position: '6' }]);
    await closed();
    await opened(dataDir, { acceptRestored: true });
    await closed();
    expect((await opened()).check.findings).toEqual([]);
  });

  it('is opened where nothing is known of it: a new folder, one of an older version, another prefix', async () => {
    rmSync(join(dataDir, 'local.db'));
    expect((await opened()).check.findings).toEqual([]);
    await closed();
    const settings = readSettings({ DATA_DIR: dataDir, MASTER_KEY, STREAM_PREFIX: 'other_' });
    await (await openLog(settings, { clock })).close();
    expect((await opened()).check.findings).toEqual([]);
  });

  it('is opened where more came to it than is remembered, as after a power cut', async () => {
    const { store } = await opened();
    await store.append(WHO, 2, events(2));
    await closed();
    expect((await opened()).check.findings).toEqual([]);
  });
});
