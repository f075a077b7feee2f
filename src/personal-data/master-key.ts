import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UnusableMasterKey } from './errors.js';

const KEY_BYTES = 32;
const HOW = 'Make one with: openssl rand -base64 32';

/** Where the master key comes from: settings MASTER_KEY_FILE and MASTER_KEY. At most one is given. */
export interface MasterKeySource {
  readonly file?: string | undefined;
  readonly value?: string | undefined;
}

/** The key that locks all others. */
export interface MasterKey {
  readonly key: KeyObject;
  /** The file that holds it, where it is in one. */
  readonly file?: string;
  /** How its file lies open to those from whom it keeps the data. Not for production. */
  readonly exposure?: string;
}

/** Where a master key is wanted. */
export interface MasterKeyPlace {
  readonly dataDir: string;
  /** There are keys already, which only their own master key opens: then none is made. */
  readonly isLocked: boolean;
  /** Real people are in the data: a master key whose file lies open is refused. */
  readonly mustBeApart?: boolean;
}

/**
 * The master key that was given. Where none was, the one in the data folder, which is made on the first start.
 * @throws UnusableMasterKey
 */
export const masterKeyFrom = (
  { file, value }: MasterKeySource,
  { dataDir, isLocked, mustBeApart = false }: MasterKeyPlace,
): MasterKey => {
  if (file !== undefined && value !== undefined)
    throw new UnusableMasterKey('MASTER_KEY_FILE and MASTER_KEY are both set. Leave one of them out.');
  if (value !== undefined) return { key: masterKeyOf(value, 'MASTER_KEY') };
  const beside = join(dataDir, 'master.key');
  if (file === undefined && !existsSync(beside)) makeIn(beside, isLocked, mustBeApart);
  const from = file ?? beside;
  const key = masterKeyIn(from);
  const exposure = exposureOf(from, dataDir);
  if (exposure !== undefined && mustBeApart)
    throw new UnusableMasterKey(`${from} ${exposure}. With AUTH=oidc that is refused. ${APART}`);
  return { key, file: from, ...(exposure !== undefined && { exposure }) };
};

const APART =
  'Keep it elsewhere, readable by the user of the service alone (chmod 400), and set MASTER_KEY_FILE to it.';

const makeIn = (file: string, isLocked: boolean, mustBeApart: boolean): void => {
  if (isLocked)
    throw new UnusableMasterKey(
      `The keys are locked, but ${file} is not there. Put it back, or name the master key in MASTER_KEY_FILE.`,
    );
  if (mustBeApart) throw new UnusableMasterKey(`AUTH=oidc needs a master key. ${HOW}. ${APART}`);
  writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
};

/** Who takes the folder takes the key too; and who may read the file need not even take the folder. */
const exposureOf = (file: string, dataDir: string): string | undefined => {
  if (!relative(realpathSync(dataDir), realpathSync(file)).startsWith('..'))
    return 'lies in the folder of the data that it locks up';
  if ((statSync(file).mode & 0o077) !== 0) return 'can be read by other users of this machine';
  return undefined;
};

/** The master key in a file: base64 of 32 bytes. @throws UnusableMasterKey */
export const masterKeyIn = (file: string): KeyObject => masterKeyOf(textIn(file), file);

const textIn = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as { readonly code?: unknown };
    throw new UnusableMasterKey(`${file} cannot be read (${String(code)}). It must hold the master key. ${HOW}`, {
      cause,
    });
  }
};

const masterKeyOf = (text: string, from: string): KeyObject => {
  const base64 = text.trim();
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== base64)
    throw new UnusableMasterKey(`${from} must hold ${KEY_BYTES} bytes as base64, and does not. ${HOW}`);
  return createSecretKey(bytes);
};
