import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DamagedFile, UnfitFile } from '../../src/moving/errors.js';
import { checkFile } from '../../src/moving/check-file.js';
import { restoreLog } from '../../src/moving/restore-log.js';
import { WrongMasterKey } from '../../src/personal-data/errors.js';
import { EmbeddedKeyRing } from '../../src/personal-data/embedded-key-ring.js';
import type { MovableKeyRing } from '../../src/personal-data/key-ring.js';
import { Lock } from '../../src/personal-data/lock.js';
import { SharedKeyRing } from '../../src/personal-data/shared-key-ring.js';
import { chainToRestore } from '../../src/app/chain.js';
import { EmbeddedEventStore } from '../../src/store/embedded/embedded-event-store.js';
import { StoreNotEmpty, StoreUnavailable, StoreUnreadable } from '../../src/store/errors.js';
import type { EventStore, TruncatingEventStore } from '../../src/store/event-store.js';
import { mustBeWhole } from '../../src/store/log-stream.js';
import { all, event } from '../contract/store-under-test.js';
import { onServers } from '../eventstoredb/stores.js';
import { newMasterKey } from '../personal-data/keys.js';
import { VirtualClock } from '../virtual-clock.js';
import { byId, checked, exported, keptBy, MASTER, PREFIX, readableLog, told, toldKeys, toldLog } from './told-log.js';

let folder: string;
let embedded: EmbeddedEventStore[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moving-'));
  embedded = [];
});
afterEach(async () => {
  for (const store of embedded) await store.close();
  rmSync(folder, { recursive: true });
});

const { server, store: storeOn } = onServers(PREFIX);

/** An empty store of either kind, and its keys. */
interface Target {
  readonly store: EventStore;
  readonly inFlight: number;
  readonly openKeys: () => Promise<MovableKeyRing>;
}

const onDisk = (): Promise<Target> => {
  const dataDir = join(folder, `data-${embedded.length}`);
  const store = EmbeddedEventStore.open(dataDir);
  embedded.push(store);
  return Promise.resolve({
    store,
    inFlight: 3,
    openKeys: () => Promise.resolve(EmbeddedKeyRing.open(dataDir, MASTER)),
  });
};
const onServer = async (): Promise<Target> => {
  const store: TruncatingEventStore = storeOn((await server()).url);
  return { store, inFlight: 1, openKeys: () => SharedKeyRing.open(store, PREFIX, MASTER, new VirtualClock(0)) };
};
const KINDS: [string, () => Promise<Target>][] = [
  ['an embedded store', onDisk],
  ['an event server', onServer],
];

const clock = new VirtualClock(0);

/** With its chain, as `restore` does it. */
const restored = async (file: string, target: Target, store = target.store): Promise<void> => {
  const openLog = async () => {
    const keys = await target.openKeys();
    return { keys, store: await chainToRestore(store, PREFIX, keys, clock) };
  };
  await restoreLog(await checked(file), { ...target, openLog, store, hasKeys: false });
};

const readable = async ({ store, openKeys }: Target): Promise<EventStore> => readableLog(store, await openKeys());

describe.each(KINDS)('a log that is moved to %s', (_, openTarget) => {
  it('holds the same events, in the same order, decided on the same grounds, and the same keys', async () => {
    const [log, keys, target] = [await toldLog(), toldKeys(), await openTarget()];
    await restored(await exported(log, keys, folder), target);
    expect(await told(await readable(target))).toEqual(await told(log));
    const ring = await target.openKeys();
    expect(byId(await keptBy(ring))).toEqual(byId(keys));
    expect(await ring.find('person-A0001AA', 'a-key-that-is-gone')).toBe('erased');
    await ring.close();
    await mustBeWhole(target.store, PREFIX);
  });

  it('can be moved on, to a store of either kind, and is the same there', async () => {
    const [log, target] = [await toldLog(), await openTarget()];
    await restored(await exported(log, toldKeys(), folder), target);
    const ring = await target.openKeys();
    const onward = await exported(await readable(target), await keptBy(ring), folder, 'onward.ndjson.gz');
    for (const further of [await onDisk(), await onServer()]) {
      await restored(onward, further);
      expect(await told(await readable(further))).toEqual(await told(log));
      expect(byId(await keptBy(await further.openKeys()))).toEqual(byId(await keptBy(ring)));
    }
  });

  it('goes on where its streams end', async () => {
    const target = await openTarget();
    await restored(await exported(await toldLog(), [], folder), target);
    const appended = await (await readable(target)).append(`${PREFIX}person-A0001AA`, 3, [event()]);
    expect(appended).toMatchObject({ outcome: 'appended', revision: 4 });
  });

  it('is refused where there is anything already, which stays as it is', async () => {
    const target = await openTarget();
    await target.store.append(`${PREFIX}person-A0001AA`, 'no-stream', [event()]);
    const file = await exported(await toldLog(), [], folder);
    await expect(restored(file, target)).rejects.toThrow(StoreNotEmpty);
    expect(await all(target.store.readAll())).toHaveLength(1);
    const other = await openTarget();
    const openLog = () => Promise.reject(new Error('Too late.'));
    await expect(restoreLog(await checked(file), { ...other, openLog, hasKeys: true })).rejects.toThrow();
  });

  it('is not whole after a restore that was cut short anywhere, and is once the same is done again', async () => {
    const log = await toldLog();
    const file = await exported(log, toldKeys(), folder);
    for (let nth = 2; ; nth += 1) {
      const target = await openTarget();
      if (await restoredUntil(nth, file, target)) break;
      await expect(mustBeWhole(target.store, PREFIX)).rejects.toThrow(StoreUnreadable);
      await restored(file, target);
      expect(await told(await readable(target))).toEqual(await told(log));
    }
  });

  it('takes no other file to complete what was cut short', async () => {
    const target = await openTarget();
    await restoredUntil(3, await exported(await toldLog(), [], folder), target);
    const other = await exported(await toldLog(), [], folder, 'other.ndjson');
    await expect(restored(other, target)).rejects.toThrow(/another file/);
  });
});

/** Whether it came to its end before the n-th append, from which on nothing is written any more. */
const restoredUntil = async (nth: number, file: string, target: Target): Promise<boolean> => {
  let count = 0;
  const append: EventStore['append'] = (...args) =>
    ++count >= nth ? Promise.reject(new StoreUnavailable('Gone.')) : target.store.append(...args);
  const failing = Object.assign(Object.create(target.store) as EventStore, { append });
  try {
    await restored(file, target, failing);
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
};

describe('a file that was exported', () => {
  const given = async (name?: string) => exported(await toldLog(), toldKeys(), folder, name);

  it('is for its owner alone, has its name only once it is whole, and takes no other’s place', async () => {
    const file = await given();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(given()).rejects.toThrow(/is there already/);
    const dying = new (class extends Error {})('the log went away');
    const broken = Object.assign(Object.create(await toldLog()) as EventStore, {
      readAll: () => {
        throw dying;
      },
    });
    await expect(exported(broken, [], folder, 'broken.ndjson')).rejects.toThrow(dying);
    expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([]);
  });

  it('is refused where it was altered, saying in which line', async () => {
    const file = await given();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    for (const [index, line] of lines.entries()) {
      const altered = line.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10));
      const changes = [[altered], [line, line], index < lines.length - 1 ? [] : [altered], [`${line} `]];
      for (const [at, change] of changes.entries()) {
        writeFileSync(file, lines.toSpliced(index, 1, ...change).join('\n'));
        const where = at === 1 ? index + 2 : index + 1;
        await expect(checked(file)).rejects.toThrow(new RegExp(`^${file}:${where}:1 `));
      }
    }
  });

  it('is refused where it was cut short, at whatever byte, packed or not', async () => {
    for (const [name, step] of [
      ['cut.ndjson', 97],
      ['cut.ndjson.gz', 41],
    ] as const) {
      const file = await given(name);
      const whole = readFileSync(file);
      for (let length = whole.length - 2; length > 0; length -= step) {
        writeFileSync(file, whole);
        truncateSync(file, length);
        await expect(checked(file)).rejects.toThrow(DamagedFile);
      }
    }
  });

  it('is refused where it is none of ours, is not there, or is of another prefix', async () => {
    const other = join(folder, 'other');
    writeFileSync(other, '{"type":"PrisonerReceived"}\n');
    await expect(checked(other)).rejects.toThrow(/not a file that custody-watch exported/);
    writeFileSync(`${other}.gz`, 'not packed');
    await expect(checked(`${other}.gz`)).rejects.toThrow(DamagedFile);
    writeFileSync(`${other}.gz`, gzipSync(''));
    await expect(checked(`${other}.gz`)).rejects.toThrow(/last line is missing/);
    await expect(checked(join(folder, 'nowhere'))).rejects.toThrow(UnfitFile);
    const target = { prefix: 'other_', isOnServer: false, lock: () => new Lock(MASTER, 'a test') };
    await expect(checkFile(await given(), target)).rejects.toThrow(/STREAM_PREFIX=test_/);
  });

  it('is refused under another master key', async () => {
    const target = { prefix: PREFIX, isOnServer: false, lock: () => new Lock(newMasterKey(), 'the file') };
    await expect(checkFile(await given(), target)).rejects.toThrow(WrongMasterKey);
  });

  it('is refused by an event server that could not take one of its events', async () => {
    const log = await toldLog();
    await log.append(`${PREFIX}person-C0003CC`, 'no-stream', [event({ data: { text: 'x'.repeat(600_000) } })]);
    const file = await exported(log, [], folder);
    await expect(checked(file, true)).rejects.toThrow(/:13:1 .*larger than an event server takes/);
    await restored(file, await onDisk());
  });
});
