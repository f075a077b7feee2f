import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { session } from '../../test/any-custody-event.js';
import { SENDER } from '../../test/sender.js';
import { openLog, type OpenLog } from '../app/open-log.js';
import { readSettings, type Settings } from '../app/settings.js';
import { CustodyLog } from '../custody/custody-log.js';
import { openedFromLog } from '../custody/stored-custody-event.js';
import { Seals } from '../personal-data/seals.js';
import { systemClock } from '../store/clock.js';
import { copies } from './backup.js';
import { proveLog } from './verify-log.js';

const settingsOf = (dataDir: string): Settings =>
  readSettings({ DATA_DIR: dataDir, CONFIG_DIR: 'config', MASTER_KEY: Buffer.alloc(32, 7).toString('base64') });

let folder: string;
let live: Settings;
let copied: Settings;
let people: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  [live, copied] = ['live', 'copy'].map((name) => settingsOf(join(folder, name))) as [Settings, Settings];
  mkdirSync(copied.dataDir, { mode: 0o700 });
  people = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const log = (settings: Settings): Promise<OpenLog> => openLog(settings, { kind: 'real', clock: systemClock });

/** Somebody comes of whom nothing was known: with them comes a key, and the service notes what the log comes to. */
const somebodyComes = async ({ store, keys, remember }: OpenLog): Promise<void> => {
  const custody = new CustodyLog(store, live.streamPrefix, new Seals(keys));
  const prisonNumber = `A${String(++people).padStart(4, '0')}AA`;
  const data = { firstName: `John${people}`, lastName: 'Smith' };
  const event = session(people, { type: 'PersonDetailsChanged', prisonNumber, data });
  await custody.recordAll([event], { knownAt: () => systemClock.now(), sender: SENDER });
  remember((await proveLog(live)).mark);
};

/** The first names of everybody in a log, as they can be read with its keys. */
const namesIn = async ({ store, keys }: OpenLog): Promise<unknown[]> => {
  const sealing = { seals: new Seals(keys), prefix: live.streamPrefix };
  const names: unknown[] = [];
  for await (const recorded of store.readAll({ filter: { streamPrefixes: [`${live.streamPrefix}person-`] } }))
    names.push((await openedFromLog(recorded, sealing)).event.data['firstName']);
  return names;
};

describe('a backup', () => {
  it('opens, whatever came in between its files: no key is missing for what is in the log', async () => {
    const open = await log(live);
    await somebodyComes(open);
    for (const name of copies(live.dataDir, copied.dataDir, false)) {
      expect(name).not.toBe('');
      await somebodyComes(open);
    }
    await open.close();
    expect((await proveLog(copied)).findings).toEqual([]);
    const restored = await log(copied);
    const names = await namesIn(restored);
    await restored.close();
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual(names.map((_, index) => `John${index + 1}`));
  });
});
