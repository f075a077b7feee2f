import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newMasterKey } from '../../test/personal-data/keys.js';
import { EmbeddedKeyRing } from './embedded-key-ring.js';
import { WrongMasterKey } from './errors.js';
import type { DataKey } from './key-ring.js';

const WHO = 'person-A1234BC';
const erasure = { reason: 'COURT_ORDER', by: 'local', at: '2026-11-22T09:00:00.000Z' };

let folder: string;
let master: KeyObject;
let rings: EmbeddedKeyRing[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  master = newMasterKey();
  rings = [];
});

afterEach(async () => {
  for (const ring of rings) await ring.close();
  rmSync(folder, { recursive: true });
});

const open = (key = master): EmbeddedKeyRing => {
  const ring = EmbeddedKeyRing.open(folder, key);
  rings.push(ring);
  return ring;
};
const bytesOf = ({ key }: DataKey) => key.export();
const onDisk = () =>
  Buffer.concat(['keys.db', 'keys.db-wal'].map((name) => readFileSync(join(folder, name)))).toString('latin1');
/** The locked keys, as the file holds them. */
const lockedKeys = (): string[] => {
  const db = new DatabaseSync(join(folder, 'keys.db'), { readOnly: true });
  const rows = db.prepare('SELECT wrapped FROM keys WHERE wrapped IS NOT NULL').all() as { wrapped: Uint8Array }[];
  db.close();
  return rows.map(({ wrapped }) => Buffer.from(wrapped).toString('latin1'));
};

describe('the keys of the embedded store', () => {
  it('lie in a file that only their owner may read, and never unlocked', async () => {
    const made = await open().current(WHO);
    expect(statSync(join(folder, 'keys.db')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'keys.db-wal')).mode & 0o777).toBe(0o600);
    expect(onDisk()).not.toContain(bytesOf(made).toString('latin1'));
    expect(onDisk()).toContain(lockedKeys()[0]);
  });

  it('do not open with another master key, and nothing is changed', async () => {
    const made = await open().current(WHO);
    expect(() => open(newMasterKey())).toThrow(WrongMasterKey);
    expect((await open().current(WHO)).id).toBe(made.id);
  });
});

describe('erasing a subject', () => {
  it('leaves no byte of the locked key in any file', async () => {
    const ring = open();
    for (let n = 0; n < 200; n++) await ring.current(`person-A${String(n).padStart(4, '0')}BC`);
    await ring.current(WHO);
    const locked = lockedKeys();
    await ring.erase(WHO, erasure);
    const gone = locked.filter((key) => !lockedKeys().includes(key));
    expect(gone).toHaveLength(1);
    // Each part of it: initialisation vector, tag and key.
    for (const part of [gone[0]?.slice(0, 12), gone[0]?.slice(12, 28), gone[0]?.slice(28)])
      expect(onDisk()).not.toContain(part);
  });
});

describe('another master key', () => {
  it('locks the same keys, and the one before opens nothing any more', async () => {
    const ring = open();
    const made = await ring.current(WHO);
    const lockedBefore = lockedKeys();
    const next = newMasterKey();
    expect(await ring.rotate(next)).toBe(1);
    expect(bytesOf(await ring.current(WHO))).toEqual(bytesOf(made));
    expect(bytesOf(await open(next).current(WHO))).toEqual(bytesOf(made));
    expect(() => open()).toThrow(WrongMasterKey);
    for (const locked of lockedBefore) expect(onDisk()).not.toContain(locked.slice(28));
  });

  it('makes a process that still has the one before say so', async () => {
    const [one, other] = [open(), open()];
    await other.current(WHO);
    await one.rotate(newMasterKey());
    await expect(other.current(WHO)).rejects.toThrow(WrongMasterKey);
  });
});
