import type { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readSettings, type Settings } from '../app/settings.js';
import { completeSet } from '../store/embedded/backup-set.js';
import { UnfitBackup } from '../store/errors.js';
import { codeOf } from '../prison/errors.js';
import { toIso } from '../prison/instant.js';
import { sayMark } from '../store/chain/log-digest.js';
import { systemClock } from '../store/clock.js';
import { copyDatabase } from '../store/embedded/database-file.js';
import { closeToOthers } from '../store/embedded/private-files.js';
import { EXIT, WrongUsage } from './exit.js';
import { writeLines } from './output.js';
import { type LogFinding, proveLog } from './verify-log.js';

export const backupVerb = (program: Command): void => {
  program
    .command('backup')
    .description(
      'Copies the log, the keys, local.db and the records that wait for the log into a folder, as they belong together, ' +
        'and checks the copy. The service may go on meanwhile. The master key is in it only where it lies in DATA_DIR. ' +
        'Keep the folder as safe as DATA_DIR. Exits with 1 if something is wrong with the log.',
    )
    .argument('<folder>', 'a new or empty folder')
    .option('--json', 'print {"events", "upTo", "findings", "digest", "masterKey"}')
    .action(backUp);
};

const backUp = async (folder: string, { json = false }: { readonly json?: boolean }): Promise<void> => {
  const settings = readSettings(process.env);
  mustBeEmbedded(settings);
  makeEmpty(folder);
  const madeAt = toIso(systemClock.now());
  const masterKey = hasMasterKeyBeside(settings);
  Array.from(copies(settings.dataDir, folder, masterKey));
  const { findings, mark } = await proveLog({ ...settings, dataDir: folder, ...(masterKey && { masterKey: {} }) });
  closeToOthers(folder);
  const about = { id: randomUUID(), madeAt, prefix: settings.streamPrefix, mark, findings: findings.map(inShort) };
  await completeSet(folder, about);
  const { events, upTo } = mark;
  await writeLines(
    json
      ? [JSON.stringify({ events, upTo, findings, digest: sayMark(mark), masterKey })]
      : [
          ...findings.map(({ kind, position, what }) => `${kind} at position ${position}: ${what}`),
          `${events} events, up to position ${upTo}, and their keys are in ${folder}.`,
          masterKey ? WITH_MASTER_KEY : WITHOUT_MASTER_KEY,
          sayMark(mark),
        ],
    String,
  );
  process.exitCode = findings.length > 0 ? EXIT.found : EXIT.done;
};

const WITH_MASTER_KEY =
  'The master key lay in DATA_DIR, and so it is in the backup: whoever has that reads everything.';
const WITHOUT_MASTER_KEY = 'The master key is not in it: without that nothing can be restored. Keep it elsewhere.';

/** A finding, as the manifest of a backup has it. */
export const inShort = ({ kind, position }: LogFinding): string => `${kind} ${position}`.trim();

/** @throws WrongUsage for a log on an event server, which has its own backups */
export const mustBeEmbedded = ({ server }: Settings): void => {
  if (!server) return;
  throw new WrongUsage(
    'The log and its keys are on the event server: back that up as its makers say, or use "custody-watch export FILE", ' +
      'which has both, and "custody-watch restore FILE". What is in DATA_DIR is made anew at a start: see docs/operations.md.',
  );
};

/** @throws UnfitBackup where there is something, or nothing can be written */
const makeEmpty = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (readdirSync(folder).length === 0) return;
  } catch (cause) {
    throw new UnfitBackup(`${folder} cannot be written (${codeOf(cause)}).`, { cause });
  }
  throw new UnfitBackup(`${folder} holds something already. Each backup needs a folder of its own.`);
};

const hasMasterKeyBeside = ({ dataDir, masterKey: { file, value } = {} }: Settings): boolean => {
  const beside = join(dataDir, 'master.key');
  const isMeant = value === undefined && (file === undefined || resolve(file) === resolve(beside));
  return isMeant && existsSync(beside);
};

/**
 * In this order the copies fit together, whatever goes on meanwhile. Records that wait come into the log later, so that they
 * may be in both, and are taken once. What `local.db` knows of the log and of the keys is no more than they hold. A key is
 * made before anything is sealed with it; and one that is destroyed meanwhile is in no copy.
 * @returns the name of each, once it has been copied
 */
export function* copies(from: string, to: string, masterKey: boolean): Generator<string> {
  copySpool(join(from, 'access-spool'), join(to, 'access-spool'));
  yield 'access-spool';
  for (const name of ['local.db', 'log.db', 'keys.db']) {
    if (existsSync(join(from, name))) copyDatabase(join(from, name), join(to, name));
    yield name;
  }
  if (masterKey) copyPrivately(join(from, 'master.key'), join(to, 'master.key'));
}

const copySpool = (from: string, to: string): void => {
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) {
    try {
      copyPrivately(join(from, name), join(to, name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error; // it has come into the log, which is copied next
    }
  }
};

const copyPrivately = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyFileSync(from, to);
};
