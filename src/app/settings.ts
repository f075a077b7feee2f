import { resolve } from 'node:path';
import type { MasterKeySource } from '../personal-data/master-key.js';

/** How the service was told to run (contract, §5). */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly configDir: string;
  readonly streamPrefix: string;
  readonly logLevel: LogLevel;
  readonly masterKey?: MasterKeySource;
  /** People gone for so many years are to be erased; nobody, where it is missing. */
  readonly retentionYears?: number | undefined;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting that the service cannot run with. Nothing was started. */
class WrongSetting extends Error {
  readonly code = 'WRONG_SETTING';
  constructor(name: string, value: string, allowed: string) {
    super(`${name}=${value} is not allowed: ${allowed}.`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings from the environment. @throws WrongSetting, naming the setting, its value and what is allowed */
export const readSettings = (environment: Environment): Settings => {
  const text = (name: string, otherwise: string): string => environment[name] || otherwise;
  const oneOf = <T extends string>(name: string, allowed: readonly T[], otherwise: T, why = ''): T => {
    const value = text(name, otherwise);
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new WrongSetting(name, value, `use ${allowed.join(', ')}${why}`);
    return found;
  };
  oneOf('AUTH', ['off'], 'off', '. Sign-in is not there yet');
  oneOf('STORE', ['embedded'], 'embedded', '. Other stores are not there yet');
  oneOf('WATCH_PARTITION', ['1/1'], '1/1', '. One instance watches everybody on the embedded store');
  return {
    port: portOf(text('PORT', '3000')),
    host: oneOf(
      'HOST',
      ['127.0.0.1', 'localhost', '::1'],
      '127.0.0.1',
      ': without sign-in only this machine is let in',
    ),
    dataDir: resolve(text('DATA_DIR', './data')),
    configDir: resolve(text('CONFIG_DIR', './config')),
    streamPrefix: prefixOf(text('STREAM_PREFIX', 'custodywatch_')),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    masterKey: { file: environment['MASTER_KEY_FILE'] || undefined, value: environment['MASTER_KEY'] || undefined },
    retentionYears: yearsOf(environment['RETENTION_YEARS']),
  };
};

const portOf = (value: string): number => {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new WrongSetting('PORT', value, 'use a whole number from 0 (any free port) to 65535');
};

const yearsOf = (value: string | undefined): number | undefined => {
  if (!value) return undefined;
  if (/^[1-9]\d?$/.test(value)) return Number(value);
  throw new WrongSetting('RETENTION_YEARS', value, 'use a whole number of years from 1 to 99, or leave it out');
};

const prefixOf = (value: string): string => {
  if (/^[a-z][a-z0-9]*_$/.test(value)) return value;
  throw new WrongSetting('STREAM_PREFIX', value, 'use lower-case letters and digits, ended by an underscore');
};
