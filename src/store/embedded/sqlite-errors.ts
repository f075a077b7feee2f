import { StoreUnavailable, StoreUnreadable } from '../errors.js';

/** Does what touches the file. @throws StoreUnavailable or StoreUnreadable in place of any error of SQLite or the file system */
export const attempt = <T>(file: string, action: () => T): T => {
  try {
    return action();
  } catch (error) {
    throw asStoreError(file, error);
  }
};

/** True when another connection holds the lock that this one asked for. */
export const isBusy = (error: unknown): boolean => resultCode(traitsOf(error)) === 5;

/** What errors of SQLite and of the file system carry. `errcode` is SQLite's, `errno` the operating system's. */
interface Traits {
  readonly code?: unknown;
  readonly errcode?: unknown;
  readonly errno?: unknown;
  readonly message?: unknown;
}

const traitsOf = (error: unknown): Traits => (typeof error === 'object' && error !== null ? error : {});

/** SQLite's primary result code, of which the extended ones are refinements. */
const resultCode = ({ errcode }: Traits): number | undefined =>
  typeof errcode === 'number' ? errcode & 0xff : undefined;

const asStoreError = (file: string, cause: unknown): unknown => {
  const traits = traitsOf(cause);
  const code = resultCode(traits);
  if (code !== undefined) {
    const unreadable = UNREADABLE[code];
    if (unreadable) return new StoreUnreadable(`${file} ${unreadable}.`, { cause });
    return new StoreUnavailable(`${file} ${UNAVAILABLE[code] ?? `failed: ${String(traits.message)}`}.`, { cause });
  }
  if (traits.code === 'ERR_INVALID_STATE') return new StoreUnavailable(`${file} has been closed.`, { cause });
  if (traits.errno === undefined) return cause;
  return new StoreUnavailable(`${file}: ${FILE_SYSTEM[String(traits.code)] ?? String(traits.message)}.`, { cause });
};

/** By SQLite's result code: https://sqlite.org/rescode.html */
const UNREADABLE: Readonly<Record<number, string>> = {
  11: 'is damaged. Put a backup in its place, and keep the damaged file for examination',
  24: 'is in a format that this program does not know',
  26: 'is not a database. Move it away, or choose another DATA_DIR',
};

const UNAVAILABLE: Readonly<Record<number, string>> = {
  3: 'may not be used: give this user the right to read and write it',
  5: 'is locked by another process',
  8: 'is read-only: give this user the right to write it and its folder',
  10: 'failed to be read or written: check the disk',
  13: 'cannot grow: the disk is full. Nothing was stored: free some space, then try again',
  14: 'cannot be opened: check that its folder is there and that this user may read and write it',
};

const FILE_SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'this user has no right to use it',
  EPERM: 'this user has no right to use it',
  EROFS: 'the disk is read-only',
  EEXIST: 'a file stands where the data folder should be. Move it away, or choose another DATA_DIR',
  ENOTDIR: 'a file stands where a folder should be. Move it away, or choose another DATA_DIR',
  ENOSPC: 'the disk is full. Free some space, then try again',
};
