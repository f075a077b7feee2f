import { chainToRead } from '../app/chain.js';
import { areKeysWith, type OpenKeys, openKeysToRead } from '../app/open-keys.js';
import { identityOf, openStoreToRead, type ReadableStore } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import { Lock } from '../personal-data/lock.js';
import { type ChainFinding, checkLog } from '../store/chain/log-check.js';
import { type DigestMark, readMark, sayMark } from '../store/chain/log-digest.js';
import type { ChainedLog } from '../store/chain/chained-log.js';
import { type Position, START } from '../store/event-store.js';
import { keyOfSeal } from '../personal-data/seals.js';
import { systemClock } from '../store/clock.js';
import { LogMemory } from '../store/embedded/log-memory.js';
import { EXIT, WrongUsage } from './exit.js';
import { table, writeLines } from './output.js';

/**
 * Checks the chain of the whole log against the digests that it holds, that the service remembers, and that was kept
 * elsewhere; and that every key opens. @throws WrongUsage where there is no chain yet
 */
export const verifyLog = async (json: boolean, kept?: string): Promise<void> => {
  const elsewhere = kept === undefined ? [] : [markIn(kept)];
  const { findings, mark } = await proveLog(readSettings(process.env), elsewhere);
  await tell(findings, mark, json);
  process.exitCode = findings.length > 0 ? EXIT.found : EXIT.done;
};

/** What is wrong with a log or its keys. */
export type LogFinding = ChainFinding | DamagedKeys;

export interface LogProof {
  readonly findings: readonly LogFinding[];
  /** What the log comes to. */
  readonly mark: DigestMark;
}

/**
 * Looks at the whole log that the settings name, and at every key: whether each event is what was written there, hangs where
 * it hung, and was sealed with a key that is among the keys or was destroyed; and whether each key opens.
 * @param elsewhere what the log came to, as it was kept elsewhere
 * @throws WrongUsage where there is no chain yet; StoreUnavailable, StoreUnreadable, WrongMasterKey, UnusableMasterKey
 */
export const proveLog = async (settings: Settings, elsewhere: readonly DigestMark[] = []): Promise<LogProof> => {
  const store = await openStoreToRead(settings);
  try {
    if (!(await areKeysWith(store, settings))) throw noChain();
    const opened = await openKeysToRead(settings, store, systemClock);
    try {
      const chain = await chainToRead(store, settings.streamPrefix, opened.keys);
      if (!chain) throw noChain();
      const known = [...elsewhere, ...(await remembered(store, settings))];
      const { findings, mark } = await checkLog(chain, undefined, known);
      return { findings: [...findings, ...(await damagedKeys(opened)), ...(await missingKeys(opened, chain))], mark };
    } finally {
      await opened.keys.close();
    }
  } finally {
    await store.close();
  }
};

const noChain = (): WrongUsage =>
  new WrongUsage('The chain of this log has not begun: start the service once, and then verify it.');

const markIn = (line: string): DigestMark => {
  const mark = readMark(line);
  if (!mark) throw new WrongUsage(`--kept: "${line}" is no line "Log digest …" as the service tells it once a day.`);
  return mark;
};

/** What the service beside the log remembers of it, as long as it is of this one. */
const remembered = async (store: ReadableStore, settings: Settings): Promise<readonly DigestMark[]> => {
  const left = LogMemory.statesIn(settings.dataDir).get(settings.streamPrefix);
  return left?.log === (await identityOf(store, settings)).id ? [left] : [];
};

interface DamagedKeys {
  readonly kind: 'key';
  readonly position: string;
  readonly what: string;
}

const damagedKeys = async ({ keys, masterKey }: OpenKeys): Promise<DamagedKeys[]> => {
  const lock = new Lock(masterKey.key, 'the keys');
  let count = 0;
  for await (const key of keys.kept()) if (!lock.opens(key)) count += 1;
  return count === 0 ? [] : [{ kind: 'key', position: '', what: `${count} keys do not open: they are damaged` }];
};

/** Of what was sealed with a key that was lost, and accepted as such, nobody asks any more. */
const missingKeys = async ({ keys }: OpenKeys, { store, records }: ChainedLog): Promise<DamagedKeys[]> => {
  const known = new Set<string>();
  for await (const { id } of keys.kept()) known.add(id);
  const sealed: Position[] = [];
  const { keyedAfter = START } = records;
  for await (const { data, position } of store.readAll({ after: keyedAfter })) {
    const key = keyOfSeal(data);
    if (key !== undefined && !known.has(key)) sealed.push(position);
  }
  const [first] = sealed;
  if (first === undefined) return [];
  const what = `${sealed.length} events from here on were sealed with keys that are not among the keys`;
  return [{ kind: 'key', position: first, what }];
};

const tell = async (findings: readonly LogFinding[], mark: DigestMark, json: boolean): Promise<void> => {
  if (json) await writeLines([{ checked: mark.events, findings, digest: sayMark(mark) }], JSON.stringify);
  else await writeLines([...table(findings, ['kind', 'position', 'what']), sayMark(mark)], String);
};
