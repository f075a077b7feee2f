import { accessSync, constants, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreInUse } from '../errors.js';
import { closeToOthers, makePrivateFile } from './private-files.js';
import { attempt, isBusy } from './sqlite-errors.js';

/** Who writes the log: its process, and where it serves, as far as it has said so. */
export interface LockHolder {
  readonly pid?: number;
  readonly url?: string;
}

/** A probe by {@link holderOf} holds the lock for an instant; a writer that starts just then waits this long, in ms. */
const PROBE_PATIENCE = 250;

/**
 * One writer a folder. The lock is the operating system's, on `lock.db`, and dies with the process that holds it;
 * `holder.json` beside it says who that is, and holds by itself where somebody has removed the lock. Local disks only:
 * network file systems do not keep such locks reliably.
 */
export class WriterLock {
  private constructor(
    private readonly folder: string,
    private readonly lock: DatabaseSync,
  ) {}

  /** Makes the folder when missing. From now on nobody else may use anything in it. @throws StoreInUse, StoreUnavailable */
  static take(folder: string): WriterLock {
    const path = lockIn(folder);
    if (!existsSync(path) && runs(noteOf(folder))) throw inUse(folder, LOCK_REMOVED);
    attempt(folder, () => {
      makePrivateFile(path);
      closeToOthers(folder);
    });
    const lock = attempt(path, () => new DatabaseSync(path, { timeout: PROBE_PATIENCE }));
    try {
      attempt(path, () => {
        accessSync(path, constants.W_OK); // on a file that it may not write SQLite locks nothing, in silence
        if (isHeld(lock, 'BEGIN EXCLUSIVE')) throw inUse(folder);
      });
      const taken = new WriterLock(folder, lock);
      taken.announce();
      return taken;
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /** Leaves a note for other processes: this one holds the lock, and serves there. @throws StoreUnavailable */
  announce(url?: string): void {
    const note: LockHolder = { pid: process.pid, ...(url === undefined ? {} : { url }) };
    const draft = `${noteIn(this.folder)}.new`;
    attempt(this.folder, () => {
      writeFileSync(draft, `${JSON.stringify(note)}\n`, { mode: 0o600 });
      renameSync(draft, noteIn(this.folder));
    });
  }

  release(): void {
    attempt(this.folder, () => {
      rmSync(noteIn(this.folder), { force: true });
      this.lock.close();
    });
  }
}

/** Who holds the folder's log just now; nothing when nobody does, whatever note a crash left behind. */
export const holderOf = (folder: string): LockHolder | undefined => {
  const path = lockIn(folder);
  if (!existsSync(path)) return undefined;
  return attempt(path, () => {
    const probe = new DatabaseSync(path, { readOnly: true });
    try {
      return isHeld(probe, 'SELECT count(*) FROM sqlite_schema') ? noteOf(folder) : undefined;
    } finally {
      probe.close();
    }
  });
};

const isHeld = (lock: DatabaseSync, sql: string): boolean => {
  try {
    lock.exec(sql);
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  }
};

const noteOf = (folder: string): LockHolder =>
  existsSync(noteIn(folder)) ? (JSON.parse(readFileSync(noteIn(folder), 'utf8')) as LockHolder) : {};

const LOCK_REMOVED =
  ' Its lock.db was removed: two that write damage the log. If that process is no Custody Watch, remove holder.json.';

/** Whether the process that a note names is there, and another one. */
const runs = ({ pid }: LockHolder): boolean => {
  if (pid === undefined || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const inUse = (folder: string, more = ''): StoreInUse => {
  const { pid, url } = noteOf(folder);
  const who = pid === undefined ? 'another process' : `process ${pid}${url === undefined ? '' : ` (${url})`}`;
  return new StoreInUse(`The log in ${folder} is in use by ${who}. Stop that one, or choose another DATA_DIR.${more}`);
};

const lockIn = (folder: string): string => join(folder, 'lock.db');
const noteIn = (folder: string): string => join(folder, 'holder.json');
