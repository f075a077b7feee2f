import { chainToRead } from '../app/chain.js';
import { areKeysWith, type OpenKeys, openKeys } from '../app/open-keys.js';
import { identityOf, openStoreToRead, type ReadableStore } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import { Lock } from '../personal-data/lock.js';
import { type ChainFinding, checkLog } from '../store/chain/log-check.js';
import { type DigestMark, readMark, sayMark } from '../store/chain/log-digest.js';
import { systemClock } from '../store/clock.js';
import { LogMemory } from '../store/embedded/log-memory.js';
import { EXIT, WrongUsage } from './exit.js';
import { table, writeLines } from './output.js';

/**
 * Checks the chain of the whole log against the digests that it holds, that the service remembers, and that was kept
 * elsewhere; and that every key opens. @throws WrongUsage where there is no chain yet
 */
export const verifyLog = async (json: boolean, kept?: string): Promise<void> => {
  const settings = readSettings(process.env);
  const elsewhere = kept === undefined ? [] : [markIn(kept)];
  const store = await openStoreToRead(settings);
  try {
    if (!(await areKeysWith(store, settings))) throw noChain();
    const opened = await openKeys(settings, store, systemClock);
    const chain = await chainToRead(store, settings.streamPrefix, opened.keys);
    if (!chain) throw noChain();
    const { findings, mark } = await checkLog(chain, undefined, [...elsewhere, ...(await remembered(store, settings))]);
    const all = [...findings, ...(await damagedKeys(opened))];
    await tell(all, mark, json);
    process.exitCode = all.length > 0 ? EXIT.found : EXIT.done;
    await opened.keys.close();
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

const tell = async (
  findings: readonly (ChainFinding | DamagedKeys)[],
  mark: DigestMark,
  json: boolean,
): Promise<void> => {
  if (json) await writeLines([{ checked: mark.events, findings, digest: sayMark(mark) }], JSON.stringify);
  else await writeLines([...table(findings, ['kind', 'position', 'what']), sayMark(mark)], String);
};
