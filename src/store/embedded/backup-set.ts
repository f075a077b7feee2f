import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, fsyncSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { codeOf } from '../../prison/errors.js';
import type { DigestMark } from '../chain/log-digest.js';
import { DamagedBackup, UnfitBackup } from '../errors.js';

/** The file that makes a set of files a backup. It is written last; in a data folder it means: restored, and not started yet. */
export const MANIFEST = 'backup.json';

/** Raise it whenever a reader of the format before would misread a set. */
const FORMAT = 1;

interface FileSum {
  readonly bytes: number;
  /** Base64url. */
  readonly sha256: string;
}

/** What a backup says of itself. */
export interface BackupManifest {
  readonly format: number;
  /** A UUID: tells it from every other backup. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** What the streams of its log begin with. */
  readonly prefix: string;
  /** What its log comes to. */
  readonly mark: DigestMark;
  /** What was wrong with the log already when the backup was made. */
  readonly findings: readonly string[];
  /** By path within the set. */
  readonly files: Readonly<Record<string, FileSum>>;
}

/** Makes the files of a folder a backup: they are all on the disk when it returns. @throws Error of the file system */
export const completeSet = async (
  folder: string,
  about: Omit<BackupManifest, 'format' | 'files'>,
): Promise<BackupManifest> => {
  const files: Record<string, FileSum> = {};
  for (const name of filesIn(folder)) {
    flush(join(folder, name));
    files[name] = await sumOf(join(folder, name));
  }
  const manifest = { format: FORMAT, ...about, files };
  putManifest(folder, manifest);
  return manifest;
};

/** Puts a manifest into a folder, in one piece. @throws Error of the file system */
export const putManifest = (folder: string, manifest: BackupManifest): void => {
  const draft = join(folder, `${MANIFEST}.new`);
  writeFileSync(draft, `${JSON.stringify({ ...manifest, sha256: sumOfText(manifest) }, null, 2)}\n`, {
    ...{ mode: 0o600, flush: true },
  });
  renameSync(draft, join(folder, MANIFEST));
  flush(folder);
};

/** The manifest in a folder; nothing where there is none. @throws DamagedBackup, UnfitBackup */
export const manifestIn = (folder: string): BackupManifest | undefined => {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return undefined;
  const { sha256, ...manifest } = manifestOf(folder, readFileSync(path, 'utf8'));
  if (sha256 !== sumOfText(manifest)) throw new DamagedBackup(folder, `${MANIFEST} is not what was written there.`);
  if (manifest.format === FORMAT) return manifest;
  throw new UnfitBackup(`${path} is of format ${manifest.format}, and this program knows ${FORMAT}. Use a newer one.`);
};

/** A backup of which every file is there, is what was written, and nothing else is. @throws DamagedBackup, UnfitBackup */
export const readSet = async (folder: string): Promise<BackupManifest> => {
  const names = filesIn(folder);
  const manifest = manifestIn(folder);
  if (!manifest) throw new DamagedBackup(folder, `${MANIFEST} is missing. It was cut short, or is something else.`);
  for (const name of Object.keys(manifest.files))
    if (!names.includes(name)) throw new DamagedBackup(folder, `${name} is missing.`);
  for (const name of names)
    if (!(name in manifest.files)) throw new DamagedBackup(folder, `${name} does not belong to it.`);
  await mustBeAsWritten(folder, manifest);
  return manifest;
};

/** @throws DamagedBackup where a file of the set is not what was written when it was made */
export const mustBeAsWritten = async (folder: string, { files }: BackupManifest): Promise<void> => {
  for (const [name, written] of Object.entries(files))
    if (!isDeepStrictEqual(await sumOf(join(folder, name)), written))
      throw new DamagedBackup(folder, `${name} was cut short or altered, or is of another backup.`);
};

/** Paths within a folder, but for the manifest. @throws UnfitBackup */
const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .filter((name) => name !== MANIFEST)
      .sort();
  } catch (cause) {
    throw new UnfitBackup(`${folder} cannot be read (${codeOf(cause)}).`, { cause });
  }
};

/** On the disk, and not only in its memory. */
export const flush = (path: string): void => {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const sumOf = async (path: string): Promise<FileSum> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('base64url') };
};

const sumOfText = (manifest: BackupManifest): string =>
  createHash('sha256').update(JSON.stringify(manifest)).digest('base64url');

const manifestOf = (folder: string, text: string): BackupManifest & { readonly sha256: string } => {
  try {
    return JSON.parse(text) as BackupManifest & { readonly sha256: string };
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new DamagedBackup(folder, `${MANIFEST} was cut short or altered.`);
    throw cause;
  }
};
