import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  /** The file beside the data that it locks up: who takes the folder takes the key too. Not for production. */
  readonly beside?: string;
}

/**
 * The master key that was given. Where none was, the one in the data folder, which is made on the first start.
 * @param isLocked whether there are keys already, which only their own master key opens: then none is made
 * @throws UnusableMasterKey
 */
export const masterKeyFrom = ({ file, value }: MasterKeySource, dataDir: string, isLocked: boolean): MasterKey => {
  if (file !== undefined && value !== undefined)
    throw new UnusableMasterKey('MASTER_KEY_FILE and MASTER_KEY are both set. Leave one of them out.');
  if (file !== undefined) return { key: masterKeyIn(file) };
  if (value !== undefined) return { key: masterKeyOf(value, 'MASTER_KEY') };
  const beside = join(dataDir, 'master.key');
  if (!existsSync(beside)) {
    if (isLocked)
      throw new UnusableMasterKey(
        `The keys are locked, but ${beside} is not there. Put it back, or name the master key in MASTER_KEY_FILE.`,
      );
    writeFileSync(beside, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  }
  return { key: masterKeyIn(beside), beside };
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
