import type { Command } from 'commander';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readSettings, type Settings } from '../app/settings.js';
import {
  type BackupManifest,
  flush,
  MANIFEST,
  manifestIn,
  mustBeAsWritten,
  putManifest,
  readSet,
} from '../store/embedded/backup-set.js';
import { EmbeddedKeyRing } from '../personal-data/embedded-key-ring.js';
import { masterKeyFrom } from '../personal-data/master-key.js';
import { closeToOthers } from '../store/embedded/private-files.js';
import { WriterLock } from '../store/embedded/writer-lock.js';
import { DamagedBackup, StoreNotEmpty, UnfitBackup } from '../store/errors.js';
import { inShort, mustBeEmbedded } from './backup.js';
import { EXIT, WrongUsage } from './exit.js';
import { writeLines } from './output.js';
import { type AlertComparison, compareAlerts } from './verify.js';
import { proveLog } from './verify-log.js';

export const restoreBackupVerb = (program: Command): void => {
  program
    .command('restore-backup')
    .description(
      'Puts a backup into an empty DATA_DIR. All of it is checked first: every file, the chain of the log, every key, and ' +
        'the safety alerts against the rules. What was cut short, altered or mixed is refused with 1, and nothing is ' +
        'written. The next start records in the log that it was restored. If it is interrupted, run it again.',
    )
    .argument('<folder>', 'made by backup; use the same STREAM_PREFIX and master key')
    .option(
      '--erasures-from <folder>',
      'the DATA_DIR from before: what was erased there since the backup is erased again',
    )
    .option('--json', 'print {"events", "upTo", "madeAt", "erasedAgain", "checked", "missing", "extra", "wrongTime"}')
    .action(restoreBackup);
};

interface RestoreChoices {
  readonly erasuresFrom?: string;
  readonly json?: boolean;
}

const restoreBackup = async (folder: string, { erasuresFrom, json = false }: RestoreChoices): Promise<void> => {
  const settings = readSettings(process.env);
  mustBeEmbedded(settings);
  const manifest = await readSet(folder);
  if (manifest.prefix !== settings.streamPrefix)
    throw new UnfitBackup(`${folder} is of STREAM_PREFIX=${manifest.prefix}, which is not the prefix here.`);
  const lock = WriterLock.take(settings.dataDir);
  try {
    mustTake(settings.dataDir, manifest);
    const { compared, erasedAgain } = await restored(folder, settings, manifest, erasuresFrom);
    await tell(folder, manifest, compared, erasedAgain, json);
  } finally {
    lock.release();
  }
};

/** What a data folder may hold before anything of ours is in it. */
const NOT_DATA = new Set(['lock.db', 'lock.db-journal', 'holder.json', 'master.key']);

/** @throws StoreNotEmpty unless the folder is empty, or the same backup was being put there */
const mustTake = (dataDir: string, { id }: BackupManifest): void => {
  if (manifestIn(dataDir)?.id === id) return;
  if (readdirSync(dataDir).some((name) => !NOT_DATA.has(name))) throw new StoreNotEmpty();
};

/** Until the log is in its place, the manifest beside it keeps everybody else from the folder. */
const restored = async (
  folder: string,
  settings: Settings,
  manifest: BackupManifest,
  erasuresFrom: string | undefined,
): Promise<{ readonly compared: AlertComparison | undefined; readonly erasedAgain: number }> => {
  const { dataDir } = settings;
  const staging = join(dataDir, 'restoring');
  rmSync(staging, { recursive: true, force: true });
  putManifest(dataDir, manifest);
  try {
    for (const name of Object.keys(manifest.files)) copyDown(join(folder, name), join(staging, name));
    await mustBeAsWritten(staging, manifest);
    const staged = stagedSettings(settings, staging);
    await prove(folder, staged, manifest);
    const erasedAgain = erasuresFrom === undefined ? 0 : await eraseAgain(erasuresFrom, staged);
    const compared = 'local.db' in manifest.files ? await compareAlerts(staged).catch(unlessUndecided) : undefined;
    putInPlace(staging, dataDir, Object.keys(manifest.files));
    return { compared, erasedAgain };
  } catch (error) {
    if (!existsSync(join(dataDir, 'log.db'))) rmSync(join(dataDir, MANIFEST), { force: true });
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
};

const copyDown = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyFileSync(from, to);
  closeToOthers(to);
};

/** The settings for the log before it is in its place. The master key may come with it. */
const stagedSettings = (settings: Settings, staging: string): Settings => {
  const { file, value } = settings.masterKey ?? {};
  const beside = join(settings.dataDir, 'master.key');
  if (value !== undefined || (file !== undefined && resolve(file) !== resolve(beside)))
    return { ...settings, dataDir: staging };
  const brought = join(staging, 'master.key');
  return { ...settings, dataDir: staging, masterKey: { file: existsSync(brought) ? brought : beside } };
};

/** @throws DamagedBackup where the log, its keys or its digest are not those of the backup */
const prove = async (folder: string, staged: Settings, manifest: BackupManifest): Promise<void> => {
  const { findings, mark } = await proveLog(staged, [manifest.mark]);
  const found = findings.map(inShort);
  const [first] = findings.filter((_, index) => !manifest.findings.includes(found[index] ?? ''));
  if (first) throw new DamagedBackup(folder, `${inShort(first)}: ${first.what}.`);
  if (!isDeepStrictEqual(mark, manifest.mark))
    throw new DamagedBackup(folder, 'its log does not come to what it came to when the backup was made.');
};

/** What was erased since the backup would come back with its keys. */
const eraseAgain = async (from: string, staged: Settings): Promise<number> => {
  if (!EmbeddedKeyRing.isIn(from)) throw new WrongUsage(`--erasures-from: there are no keys in ${from}.`);
  const { key } = masterKeyFrom(staged.masterKey ?? {}, { dataDir: staged.dataDir, isLocked: true });
  const [former, ring] = [EmbeddedKeyRing.openReadOnly(from, key), EmbeddedKeyRing.open(staged.dataDir, key)];
  try {
    let count = 0;
    for (const { subject, id, reason, by, at, confirmed } of await former.erasures()) {
      if (typeof (await ring.find(subject, id)) !== 'object') continue;
      await ring.erase(subject, { reason, by, at, ...(confirmed && { confirmed }) });
      count += 1;
    }
    return count;
  } finally {
    await ring.close();
    await former.close();
  }
};

const unlessUndecided = (error: unknown): undefined => {
  if (!(error instanceof WrongUsage)) throw error;
};

/** The log comes last: without it nothing starts here. What lay there is of the same backup. */
const putInPlace = (staging: string, dataDir: string, names: readonly string[]): void => {
  const isLog = (name: string): boolean => name === 'log.db';
  for (const name of [...names.filter((other) => !isLog(other)), ...names.filter(isLog)]) {
    for (const suffix of ['-wal', '-shm']) rmSync(join(dataDir, name + suffix), { force: true });
    mkdirSync(dirname(join(dataDir, name)), { recursive: true, mode: 0o700 });
    flush(join(staging, name));
    renameSync(join(staging, name), join(dataDir, name));
  }
  flush(dataDir);
  rmSync(staging, { recursive: true, force: true });
};

const tell = async (
  folder: string,
  { madeAt, mark: { events, upTo }, findings }: BackupManifest,
  compared: AlertComparison | undefined,
  erasedAgain: number,
  json: boolean,
): Promise<void> => {
  const { summary, findings: differences = [], parked = 0 } = compared ?? {};
  const lines = [
    ...findings.map((finding) => `${finding}: so it was when the backup was made.`),
    `${folder}, made at ${madeAt}, is restored: ${events} events, up to position ${upTo}.`,
    `Every file, event and key in it is what it was. Send again what came in since.`,
    ...(erasedAgain > 0 ? [`${erasedAgain} erasures from after the backup were made again.`] : []),
    summary
      ? `Safety alerts: ${JSON.stringify(summary)}`
      : 'Safety alerts were not compared: no service had decided anything.',
  ];
  await writeLines(json ? [JSON.stringify({ events, upTo, madeAt, erasedAgain, ...summary })] : lines, String);
  process.exitCode = findings.length + differences.length + parked > 0 ? EXIT.found : EXIT.done;
};
