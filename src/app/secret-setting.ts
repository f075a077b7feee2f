import { readFileSync } from 'node:fs';
import { type Environment, WrongSetting } from './wrong-setting.js';

/** Stands for a secret wherever one would be told. */
export const NOT_TOLD = '…';

/**
 * A setting that is a secret: itself, or in the file that the setting of the same name with `_FILE` names. Empty where
 * neither is set. @throws WrongSetting where both are, or the file cannot be read; it never holds the secret
 */
export const secretOf = (name: string, environment: Environment): string => {
  const value = environment[name] ?? '';
  const file = environment[`${name}_FILE`];
  if (!file) return value;
  if (value) throw new WrongSetting(name, NOT_TOLD, `${name}_FILE is set too; use one`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new WrongSetting(`${name}_FILE`, file, `it cannot be read (${code ?? 'unknown'})`);
  }
};
