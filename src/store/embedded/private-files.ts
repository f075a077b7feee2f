import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** For the user of the service alone, whatever the umask. SQLite gives what it puts beside a database the same rights. */
const FOLDER = 0o700;
const FILE = 0o600;
const OTHERS = 0o077;

/** Makes a folder where it is missing. @throws Error of the file system */
const makePrivateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: FOLDER });
};

/** Makes a file, and its folder, where they are missing. @throws Error of the file system */
export const makePrivateFile = (file: string): void => {
  makePrivateFolder(dirname(file));
  closeSync(openSync(file, 'a', FILE));
};

/**
 * Takes from everybody else what they may do with a folder and what is in it: an earlier version, or whoever put a backup
 * there, may have left it open. @throws Error of the file system where that is not ours to do
 */
export const closeToOthers = (path: string): void => {
  const { mode, uid } = lstatSync(path);
  const isFolder = (mode & 0o170000) === 0o040000;
  const isFile = (mode & 0o170000) === 0o100000;
  if (!isFolder && !isFile) return;
  if ((mode & OTHERS) !== 0) chmodSync(path, mode & FOLDER);
  if (isFolder && isOurs(uid)) for (const name of readdirSync(path)) closeToOthers(join(path, name));
};

/** A disk that is mounted as the folder has a folder in it that only root may look into. */
const isOurs = (uid: number): boolean => [0, uid].includes(process.getuid?.() ?? uid);
