import { copyFileSync, globSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from '../../src/generate/chance.js';

/** Data folders that are to be damaged, or have what takes the place of what was there. */
export interface Folders {
  /** As a service left it. */
  readonly left: string;
  /** The same, from before. */
  readonly older: string;
  /** Of another installation. */
  readonly other: string;
}

/** Something that becomes of a data folder. */
export interface Damage {
  readonly named: string;
  readonly to: (folder: string) => void;
}

/** In bytes, as SQLite writes. */
const PAGE = 4096;

const FILES = ['log.db', 'keys.db', 'local.db', 'master.key'];

/** What is in a data folder, by its path there; not the lock, which is nobody's once its holder is gone. */
const filesIn = (folder: string): string[] =>
  globSync('**', { cwd: folder })
    .filter((name) => statSync(join(folder, name)).isFile() && name !== 'lock.db')
    .sort();

const written = (path: string, change: (bytes: Buffer) => Buffer): void => {
  writeFileSync(path, change(readFileSync(path)));
};

/** So many damages: first each file missing, empty, older, of another installation and in place of each other; then by chance. */
export const damages = function* (count: number, folders: Folders, chance: Chance): Generator<Damage> {
  const all = [...wholeFiles(folders)];
  yield* chance.shuffled(all).slice(0, count);
  const files = filesIn(folders.left);
  for (let nth = all.length; nth < count; nth++) yield byChance(chance.of(String(nth)), files);
};

function* wholeFiles({ left, older, other }: Folders): Generator<Damage> {
  for (const file of filesIn(left)) {
    yield {
      named: `${file} is missing`,
      to: (folder) => {
        rmSync(join(folder, file));
      },
    };
    yield {
      named: `${file} is empty`,
      to: (folder) => {
        writeFileSync(join(folder, file), '');
      },
    };
  }
  for (const file of FILES)
    for (const [from, whose] of [
      [older, 'from before'],
      [other, 'of another installation'],
    ] as const)
      yield {
        named: `${file} is that ${whose}`,
        to: (folder) => {
          copyFileSync(join(from, file), join(folder, file));
        },
      };
  for (const [index, one] of FILES.entries())
    for (const another of FILES.slice(index + 1))
      yield {
        named: `${one} and ${another} are exchanged`,
        to: (folder) => {
          renameSync(join(folder, one), join(folder, 'aside'));
          renameSync(join(folder, another), join(folder, one));
          renameSync(join(folder, 'aside'), join(folder, another));
        },
      };
}

/** Something small becomes of one file; as often of the log as of all others. */
const byChance = (chance: Chance, files: readonly string[]): Damage => {
  const file = chance.happens(0.5) ? 'log.db' : chance.pick(files);
  const share = chance.next();
  const bit = chance.between(0, 7);
  const at = (bytes: Buffer): number => Math.floor(share * bytes.length);
  const kinds: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
    ['is cut', (bytes) => bytes.subarray(0, at(bytes))],
    ['has a bit turned', (bytes) => changed(bytes, at(bytes), (was) => Buffer.from([(was[0] ?? 0) ^ (1 << bit)]))],
    ['has a page of zeros', (bytes) => changed(bytes, at(bytes) - (at(bytes) % PAGE), () => Buffer.alloc(PAGE))],
    ['has a page of something else', (bytes) => changed(bytes, at(bytes), () => Buffer.alloc(PAGE, bit * 17 + 3))],
    ['has a digit changed', (bytes) => withOtherDigit(bytes, at(bytes))],
    ['goes on behind its end', (bytes) => Buffer.concat([bytes, Buffer.alloc(1 + at(bytes), 97)])],
  ];
  const [what, change] = chance.pick(kinds);
  return {
    named: `${file} ${what}, at ${share.toFixed(6)} of its length`,
    to: (folder) => {
      written(join(folder, file), change);
    },
  };
};

const changed = (bytes: Buffer, from: number, into: (was: Buffer) => Buffer): Buffer => {
  const before = bytes.subarray(0, from);
  const fits = into(bytes.subarray(from)).subarray(0, bytes.length - from);
  return Buffer.concat([before, fits, bytes.subarray(from + fits.length)]);
};

/** The next digit becomes another: a date or a number that reads as well as before. */
const withOtherDigit = (bytes: Buffer, from: number): Buffer => {
  const place = bytes.findIndex((byte, index) => index >= from && byte >= 48 && byte <= 57);
  return place < 0 ? bytes : changed(bytes, place, (was) => Buffer.from([48 + (((was[0] ?? 48) - 48 + 1) % 10)]));
};
