import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedKeyRing } from '../personal-data/embedded-key-ring.js';
import { LOG_SUBJECT } from '../personal-data/key-ring.js';
import { isSealed } from '../personal-data/seals.js';
import { beginChain } from '../store/chain/begin-chain.js';
import { type ChainRecords, type LogAcceptance, readChainRecords } from '../store/chain/chain-records.js';
import { ChainedEventStore } from '../store/chain/chained-event-store.js';
import type { ChainedLog } from '../store/chain/chained-log.js';
import { type ChainFinding, checkLog, type LogCheck } from '../store/chain/log-check.js';
import type { DigestMark } from '../store/chain/log-digest.js';
import type { Clock } from '../store/clock.js';
import type { StoreKind } from '../store/embedded/log-facts.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import { manifestIn } from '../store/embedded/backup-set.js';
import { LogMemory, type LogState } from '../store/embedded/log-memory.js';
import { StoreUnreadable } from '../store/errors.js';
import type { EventStore } from '../store/event-store.js';
import { DroppedEvents } from '../store/dropped/dropped-events.js';
import { withoutDropped } from '../store/dropped/remaining-event-store.js';
import { LogTimeSettings } from '../store/log-time/log-time-settings.js';
import { straightened } from '../store/log-time/straight-event-store.js';
import type { LogReading } from '../store/new-reading.js';
import { chainOn, keyOfChain } from './chain.js';
import { Oddities } from './oddities.js';
import { recordRestored } from './restored-log.js';
import { areKeysWith, type OpenKeys, openKeys } from './open-keys.js';
import { identityOf, openStore, type OpenStore } from './open-store.js';
import type { Settings } from './settings.js';

/** The log, with its keys, for reading and writing. */
export interface OpenLog extends OpenKeys, LogReading {
  readonly log: { readonly id: string };
  /** As everybody reads and writes it. */
  readonly store: EventStore;
  /** The same with its instants as they were written, and with what was dropped. */
  readonly chained: ChainedEventStore;
  /** The store itself, held by this process alone. */
  readonly held: OpenStore;
  /** Has come to its end, as it was when it was opened. */
  readonly check: LogCheck;
  /** Notes how the log is left. */
  readonly remember: (mark: DigestMark) => void;
  /** Closes the keys and the store. */
  readonly close: () => Promise<void>;
}

export interface LogOpening {
  /** What the log is or comes to be; without it, it is taken as it is. */
  readonly kind?: StoreKind | undefined;
  readonly clock: Clock;
  /** Somebody goes on with the log as it is, whatever it was before. */
  readonly acceptRestored?: boolean | undefined;
}

/**
 * Opens the log that the settings name, with its keys, and looks whether it is as it was left: all of it that came since
 * the last digest it holds. Its chain begins where it has not. An event that was changed keeps nothing from opening: whoever
 * reads sets it aside. That it was restored from a backup is recorded. What a print left that was killed is removed.
 * @throws LogNotAsLeft where something is missing and nobody accepts that; StoreInUse, StoreUnreadable, StoreUnavailable,
 *   StoreKindMismatch, UnusableMasterKey, WrongMasterKey
 */
export const openLog = async (settings: Settings, opening: LogOpening): Promise<OpenLog> => {
  const oddities = new Oddities(opening.acceptRestored ?? false);
  mustBeThere(settings, oddities);
  const held = await openStore(settings, opening.kind);
  try {
    return await openedAsLeft(settings, opening.clock, held, oddities);
  } catch (error) {
    await held.close();
    throw error;
  }
};

/** Before anything is made in its place. */
const mustBeThere = ({ dataDir, server }: Settings, oddities: Oddities): void => {
  if (server) return;
  const path = join(dataDir, 'log.db');
  if (manifestIn(dataDir) && !existsSync(path)) throw cutShort(dataDir);
  if (LogMemory.statesIn(dataDir).size === 0) return;
  if (!existsSync(path)) oddities.find('LOG_MISSING', path);
  else if (statSync(path).size === 0) oddities.find('LOG_EMPTY', path);
};

const cutShort = (dataDir: string): StoreUnreadable =>
  new StoreUnreadable(
    `A backup was being restored into ${dataDir}, and that was cut short. Run the same "restore-backup" again.`,
  );

const openedAsLeft = async (
  settings: Settings,
  clock: Clock,
  held: OpenStore,
  oddities: Oddities,
): Promise<OpenLog> => {
  const { streamPrefix: prefix, dataDir } = settings;
  const log = await identityOf(held, settings, true);
  const before = await readChainRecords(held, prefix);
  const memory = LogMemory.open(dataDir, prefix);
  const left = await sameAndAsLong(memory.recall(), log.id, held, oddities);
  if (left && !before.begun) oddities.find('LOG_ALTERED', left.upTo, 'it says nothing of its chain any more');
  if (await areKeysMissing(before, settings, held)) oddities.find('KEYS_MISSING', dataDir);
  const opened = await openKeys(settings, held, clock);
  const keysMade = () => (opened.keys instanceof EmbeddedKeyRing ? opened.keys.count() : 0);
  if (left && keysMade() < left.keys) oddities.find('KEYS_OLDER', join(dataDir, 'keys.db'));
  const found = await keyOfChain(before, opened.keys);
  if (before.begun && !found) oddities.find('KEYS_MISSING', dataDir);
  const key = found ?? (await opened.keys.current(LOG_SUBJECT));

  const chain = chainOn(held, prefix, key);
  const begin = () => beginChain(chain, key.id, () => clock.now(), acceptanceOf(oddities, held));
  let records = await begin();
  let check = await checkSince(left, { ...chain, records });
  const accepted = oddities.found.size;
  for (const finding of check.findings) judge(finding, oddities);
  if (oddities.found.size > accepted) {
    records = await begin();
    check = await checkSince(undefined, { ...chain, records });
  }
  const remember = (mark: DigestMark) => {
    memory.remember({ ...mark, log: log.id, keys: keysMade() });
  };
  remember(check.mark);
  const chained = new ChainedEventStore({ ...chain, records });
  await recordRestored(settings, chained, clock);
  const logTime = await LogTimeSettings.read(chained, prefix);
  const dropped = await DroppedEvents.read(chained, prefix);
  return {
    ...opened,
    ...{ log, held, check, remember, chained, logTime, dropped },
    store: withoutDropped(straightened(chained, logTime), dropped),
    close: async () => {
      memory.close();
      await opened.keys.close();
      await held.close();
    },
  };
};

/** That somebody goes on with the log as it is: then streams whose end is gone go on where they end now. */
const acceptanceOf = (oddities: Oddities, held: OpenStore): LogAcceptance | undefined => {
  const accepted = oddities.acceptance('local');
  if (!accepted || !(held instanceof EmbeddedEventStore)) return accepted;
  const shortened = held.shortenStreams();
  return shortened.length === 0 ? accepted : { ...accepted, shortened };
};

/** How the log was left, as far as the one that is here can be held against it. */
const sameAndAsLong = async (
  left: LogState | undefined,
  id: string,
  held: EventStore,
  oddities: Oddities,
): Promise<LogState | undefined> => {
  if (!left) return undefined;
  const end = await held.end();
  if (left.log !== id) oddities.find('LOG_OTHER', left.events);
  else if (held.compare(end, left.upTo) < 0) oddities.find('LOG_SHORTER', left.upTo, end);
  else return left;
  return undefined;
};

/** Asked before a ring of keys is made: what is put back later would not be taken for the right one. */
const areKeysMissing = async ({ begun }: ChainRecords, settings: Settings, held: OpenStore): Promise<boolean> => {
  if (await areKeysWith(held, settings)) return false;
  if (begun) return true;
  for await (const { data } of held.readAll()) if (isSealed(data)) return true;
  return false;
};

/** Looks at what came since the last digest, or since the one before the log was left, so that it can be held against that. */
const checkSince = (left: LogState | undefined, chain: ChainedLog): Promise<LogCheck> => {
  const { store, records } = chain;
  const from = records.marks.findLast(({ upTo }) => !left || store.compare(upTo, left.upTo) <= 0);
  return checkLog(chain, from ?? records.marks.at(-1), left && [left]);
};

const judge = ({ kind, position, what }: ChainFinding, oddities: Oddities): void => {
  if (kind !== 'changed' && kind !== 'unlinked') oddities.find('LOG_ALTERED', position, what);
  else if (oddities.areAccepted) oddities.find('EVENT_CHANGED', position, what);
};
