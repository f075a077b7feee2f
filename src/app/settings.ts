import { resolve } from 'node:path';
import { isSafe } from '../access/issuer-keys.js';
import type { Issuer } from '../access/oidc-sign-in.js';
import type { MasterKeySource } from '../personal-data/master-key.js';
import type { LapseTerms } from '../safety-alerts/alert/terms.js';
import type { RollFeed } from '../roll/nightly-rolls.js';
import type { Partition } from '../watch/partition.js';
import {
  type ClientName,
  type ServerAddress,
  serverAddress,
  WrongServerAddress,
} from '../store/eventstoredb/server-address.js';
import { peopleOf, type PeopleSignIn } from './people-settings.js';
import { lapsesOf } from './lapses-setting.js';
import { proxiesOf } from './proxies-setting.js';
import { rollsOf } from './rolls-setting.js';
import { secretOf } from './secret-setting.js';
import { type Environment, WrongSetting } from './wrong-setting.js';
import { canRun, chromiumOn } from '../web/review-pack/chromium-here.js';

/** Where a server listens. Port 0 is any free port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** How the service was told to run (docs/settings.md). */
export interface Settings extends Address {
  /** Whose tokens sign people in. Without it nobody signs in, and only this machine is let in. */
  readonly issuer?: Issuer | undefined;
  /** How people sign in at the issuer, on pages. Without it only programs do, with tokens. */
  readonly people?: PeopleSignIn | undefined;
  /** A second address that offers figures and health only. */
  readonly management?: Address | undefined;
  /** For each caller; without it, as many as they like. */
  readonly requestsPerMinute?: number | undefined;
  /** Proxies whose forwarded addresses are believed: addresses, networks, or names of networks. */
  readonly trustedProxies?: readonly string[];
  /** Whether it is recorded who saw whom; it is, where this is missing. */
  readonly keepsAccessRecords?: boolean;
  /** The event server that holds the log; without it, the log is in the data folder. */
  readonly server?: ServerAddress | undefined;
  readonly dataDir: string;
  readonly configDir: string;
  readonly streamPrefix: string;
  readonly logLevel: LogLevel;
  readonly masterKey?: MasterKeySource;
  /** Where the figures are to be seen over time; pages link to it. */
  readonly grafanaUrl?: string | undefined;
  /** People gone for so many years are to be erased; nobody, where it is missing. */
  readonly retentionYears?: number | undefined;
  /** Access records of so many days ago may go from an event server; none, where it is missing. */
  readonly accessRetentionDays?: number | undefined;
  /** The path of the Chromium that makes PDFs; without one there are none. */
  readonly chromium?: string | undefined;
  /** How long acknowledgements hold, by severity; as long as by default, where it is missing. */
  readonly acknowledgementLapses?: LapseTerms;
  /** Where and when the rolls of prisons are fetched; nowhere, where it is missing. */
  readonly rolls?: RollFeed | undefined;
  /** The share of the people that this instance watches; everybody, if left out. */
  readonly watchPartition?: Partition;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Reads the settings from the environment. @throws WrongSetting, naming the setting, its value and what is allowed */
export const readSettings = (environment: Environment): Settings => {
  const text = (name: string, otherwise: string): string => environment[name] || otherwise;
  const oneOf = <T extends string>(name: string, allowed: readonly T[], otherwise: T, why = ''): T => {
    const value = text(name, otherwise);
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new WrongSetting(name, value, `use ${allowed.join(', ')}${why}`);
    return found;
  };
  const auth = oneOf('AUTH', ['off', 'oidc'], 'off');
  const store = oneOf('STORE', ['embedded', 'eventstoredb', 'kurrentdb'], 'embedded');
  const port = portOf('PORT', text('PORT', '3000'));
  const host =
    auth === 'oidc'
      ? hostOf('HOST', text('HOST', '127.0.0.1'))
      : oneOf('HOST', HERE, '127.0.0.1', '; without sign-in (AUTH=oidc) only this machine is let in');
  return {
    port,
    host,
    issuer: issuerOf(auth, environment),
    people: peopleOf(auth, environment),
    management: managementOf({ host, port }, environment),
    trustedProxies: proxiesOf(text('TRUST_PROXY', '')),
    requestsPerMinute: auth === 'oidc' ? limitOf(text('RATE_LIMIT', '6000')) : undefined,
    keepsAccessRecords: recordsOf(auth, environment['ACCESS_RECORDS']),
    server: serverOf(store, secretOf('EVENTSTORE_URL', environment)),
    dataDir: resolve(text('DATA_DIR', './data')),
    configDir: resolve(text('CONFIG_DIR', './config')),
    streamPrefix: prefixOf(text('STREAM_PREFIX', 'custodywatch_')),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    masterKey: { file: environment['MASTER_KEY_FILE'] || undefined, value: environment['MASTER_KEY'] || undefined },
    grafanaUrl: linkOf('GRAFANA_URL', environment['GRAFANA_URL']),
    retentionYears: yearsOf(environment['RETENTION_YEARS']),
    accessRetentionDays: daysOf('ACCESS_RETENTION_DAYS', environment['ACCESS_RETENTION_DAYS']),
    chromium: chromiumOf(environment),
    acknowledgementLapses: lapsesOf(text('ACKNOWLEDGEMENT_LAPSES', '')),
    rolls: rollsOf(environment),
    watchPartition: partitionOf(text('WATCH_PARTITION', '1/1')),
  };
};

/** What is said of a wrong one leaves out the password, wherever the mistake is. */
const serverOf = (store: 'embedded' | ClientName, url: string): ServerAddress | undefined => {
  const shown = url.replace(/\/\/.*@/, '//…@');
  if (store === 'embedded') {
    if (url) throw new WrongSetting('EVENTSTORE_URL', shown, 'it goes with STORE=eventstoredb or kurrentdb');
    return undefined;
  }
  try {
    return serverAddress(url, store);
  } catch (error) {
    throw error instanceof WrongServerAddress ? new WrongSetting('EVENTSTORE_URL', shown, error.message) : error;
  }
};

const HERE = ['127.0.0.1', 'localhost', '::1'] as const;

/** Whether only this machine reaches what listens at an address. */
export const isLoopback = (host: string): boolean =>
  HERE.some((own) => own === host) || /^127\.\d+\.\d+\.\d+$/.test(host);

const hostOf = (name: string, value: string): string => {
  if (/^[\w.:-]+$/.test(value)) return value;
  throw new WrongSetting(name, value, 'use an address of this machine, such as 0.0.0.0, or a host name');
};

/** Settings of a sign-in that is off are refused: somebody takes it to be on. */
const issuerOf = (auth: 'off' | 'oidc', environment: Environment): Issuer | undefined => {
  const { OIDC_ISSUER: issuer = '', OIDC_AUDIENCE: audience = '' } = environment;
  if (auth === 'off') {
    if (issuer) throw new WrongSetting('OIDC_ISSUER', issuer, 'it goes with AUTH=oidc');
    if (audience) throw new WrongSetting('OIDC_AUDIENCE', audience, 'it goes with AUTH=oidc');
    return undefined;
  }
  if (!isSafe(issuer)) throw new WrongSetting('OIDC_ISSUER', issuer, 'AUTH=oidc needs the https address of the issuer');
  if (!audience)
    throw new WrongSetting('OIDC_AUDIENCE', audience, 'AUTH=oidc needs what the issuer calls this service');
  return { issuer, audience };
};

/** As the service's own address, where nothing else is said: then there is no second listener. */
const managementOf = (own: Address, environment: Environment): Address | undefined => {
  const { MANAGEMENT_HOST: host, MANAGEMENT_PORT: port } = environment;
  if (!host && !port) return undefined;
  const address = {
    host: host ? hostOf('MANAGEMENT_HOST', host) : own.host,
    port: port ? portOf('MANAGEMENT_PORT', port) : own.port,
  };
  const isOwn = address.host === own.host && address.port === own.port && own.port !== 0;
  return isOwn ? undefined : address;
};

const limitOf = (value: string): number | undefined => {
  if (/^\d{1,7}$/.test(value)) return Number(value) || undefined;
  throw new WrongSetting(
    'RATE_LIMIT',
    value,
    'use requests a minute for each caller as a whole number, 0 for no limit',
  );
};

/** With a sign-in they are the law; without one they name nobody but `local`. */
const recordsOf = (auth: 'off' | 'oidc', value: string | undefined): boolean => {
  const allowed = auth === 'oidc' ? ['on'] : ['on', 'off'];
  if (!value) return auth === 'oidc';
  if (allowed.includes(value)) return value === 'on';
  throw new WrongSetting(
    'ACCESS_RECORDS',
    value,
    auth === 'oidc' ? 'with AUTH=oidc it is always recorded who saw whom' : 'use on or off',
  );
};

const portOf = (name: string, value: string): number => {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new WrongSetting(name, value, 'use a whole number from 0 (any free port) to 65535');
};

/** A browser follows it, so that it may lie anywhere. */
const linkOf = (name: string, value: string | undefined): string | undefined => {
  if (!value) return undefined;
  if (/^https?:$/.test(URL.parse(value)?.protocol ?? '')) return value;
  throw new WrongSetting(name, value, 'use an address that begins with https:// or http://');
};

const yearsOf = (value: string | undefined): number | undefined => {
  if (!value) return undefined;
  if (/^[1-9]\d?$/.test(value)) return Number(value);
  throw new WrongSetting('RETENTION_YEARS', value, 'use a whole number of years from 1 to 99, or leave it out');
};

const daysOf = (name: string, value: string | undefined): number | undefined => {
  if (!value) return undefined;
  if (/^[1-9]\d{1,4}$/.test(value)) return Number(value);
  throw new WrongSetting(name, value, 'use a whole number of days from 10 to 99999, or leave it out');
};

const chromiumOf = ({ CHROMIUM: named, PATH: searchPath }: Environment): string | undefined => {
  if (named === 'none') return undefined;
  if (!named) return chromiumOn(searchPath);
  if (canRun(named)) return named;
  throw new WrongSetting('CHROMIUM', named, 'use the path of a Chromium that may be run, or none, or leave it out');
};

const MOST_SHARES = 1_000;

const partitionOf = (value: string): Partition => {
  const [, share = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(value) ?? []).map(Number);
  if (share >= 1 && share <= of && of <= MOST_SHARES) return { share, of };
  throw new WrongSetting(
    'WATCH_PARTITION',
    value,
    `use the share that this instance watches and how many there are, such as 2/8; at most ${MOST_SHARES}`,
  );
};

const prefixOf = (value: string): string => {
  if (/^[a-z][a-z0-9]*_$/.test(value)) return value;
  throw new WrongSetting('STREAM_PREFIX', value, 'use lower-case letters and digits, ended by an underscore');
};
