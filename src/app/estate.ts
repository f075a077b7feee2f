import { join } from 'node:path';
import { readFeedsFile } from '../custody/feeds-file.js';
import { type NotWatched, notWatchedWith, withoutNotWatched } from '../kernel/coverage.js';
import type { FeedRegister } from '../kernel/feed-terms.js';
import { LocalDays } from '../prison/local-days.js';
import { EVERY_OTHER } from '../kernel/prison-settings.js';
import { Rulebook } from '../kernel/rulebook.js';
import type { PrisonFile } from '../kernel/language/read-prison-file.js';
import type { RuleFile } from '../kernel/language/read-rule-file.js';
import type { SourcePoints } from '../kernel/language/read-sources.js';
import type { CheckpointStore } from '../store/checkpoint-store.js';
import { type Clock, systemClock } from '../store/clock.js';
import type { KeyRing } from '../personal-data/key-ring.js';
import type { MasterKey } from '../personal-data/master-key.js';
import { EmbeddedCheckpointStore } from '../store/embedded/embedded-checkpoint-store.js';
import { SnapshotFiles } from '../store/embedded/snapshot-files.js';
import type { StoreKind } from '../store/embedded/log-facts.js';
import { DigestKeeper } from '../store/chain/digest-keeper.js';
import type { EventStore } from '../store/event-store.js';
import type { LogReading } from '../store/new-reading.js';
import type { SnapshotStore } from '../store/snapshot-store.js';
import { withoutMistakes } from '../watch/rule-folder.js';
import { type OpenLog, openLog } from './open-log.js';
import type { Settings } from './settings.js';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';

/** What the service stands on. */
export interface Estate extends LogReading {
  readonly settings: Settings;
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly snapshots?: SnapshotStore;
  readonly digests: DigestKeeper;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly ruleFiles: readonly RuleFile[];
  readonly sources: readonly SourcePoints[];
  /** Those prisons that say something for themselves. */
  readonly prisons: readonly PrisonFile[];
  /** Of each of these, the rules that cannot be watched there, as nobody tells of what it takes. */
  readonly notWatched: ReadonlyMap<string, NotWatched>;
  readonly rulebook: Rulebook;
  readonly days: LocalDays;
  readonly feeds: FeedRegister;
  /** The people in the store are invented. */
  readonly demonstration: boolean;
  readonly masterKey: MasterKey;
}

/** What is read in place of the files of the configuration: folders of rules and prisons, and a file of feeds. */
export interface RuleFolders {
  readonly rules?: string | undefined;
  readonly prisons?: string | undefined;
  readonly feeds?: string | undefined;
}

/** What an estate has of its rules. */
export type ConfiguredRules = Pick<
  Estate,
  'ruleFiles' | 'sources' | 'prisons' | 'notWatched' | 'rulebook' | 'days' | 'feeds'
>;

/** Nest's token for the {@link Estate}. */
export const ESTATE = Symbol('Estate');

/** The rules of the configuration, with what prisons say of them for themselves. @throws InvalidRules, NoRules, InvalidFeedsFile */
export const rulesOf = (
  { configDir }: Pick<Settings, 'configDir'>,
  {
    rules: ruleFolder = join(configDir, 'rules'),
    prisons: prisonFolder = join(configDir, 'prisons'),
    feeds: feedsFile,
  }: RuleFolders = {},
): ConfiguredRules => {
  const feeds = feedsOf({ configDir }, { feeds: feedsFile });
  const { files, sources, prisons } = withoutMistakes(ruleFolder, prisonFolder, feeds);
  const days = new LocalDays();
  const rules = files.map(({ rule }) => rule);
  const notWatched = new Map(
    prisons.map((prison) => [prison.settings.prisonId, notWatchedWith(prison.feeds, feeds, rules)] as const),
  );
  const settings = [
    ...prisons.map((prison) =>
      withoutNotWatched(prison.settings, notWatched.get(prison.settings.prisonId) ?? new Map()),
    ),
    withoutNotWatched({ prisonId: EVERY_OTHER, keyWork: [], rules: [] }, notWatchedWith(undefined, feeds, rules)),
  ];
  const rulebook = new Rulebook(rules, days, settings);
  return { ruleFiles: files, sources, prisons, notWatched, days, feeds, rulebook };
};

/** The feeds that the configuration knows of. @throws InvalidFeedsFile */
export const feedsOf = (
  { configDir }: Pick<Settings, 'configDir'>,
  { feeds = join(configDir, 'feeds.yml') }: Pick<RuleFolders, 'feeds'> = {},
): FeedRegister => readFeedsFile(feeds);

/** The demonstration has prisons and feeds of its own: those of the configuration are of real prisons. */
export const foldersOf = (
  { configDir }: Pick<Settings, 'configDir'>,
  kind: StoreKind | undefined = 'real',
): RuleFolders => {
  const own = join(configDir, 'demonstration');
  return kind === 'real' ? {} : { prisons: join(own, 'prisons'), feeds: join(own, 'feeds.yml') };
};

/** An estate whose log this process holds. */
export interface OpenEstate extends Estate, OpenLog {
  readonly keys: OpenLog['keys'];
}

/**
 * Opens the log for this process alone, with everything that the service stands on. What is configured comes first, so that
 * a mistake in it leaves the log alone.
 * @param acceptRestored somebody goes on with the log as it is, whatever it was before
 * @throws InvalidRules, NoRules, InvalidFeedsFile, StoreInUse, StoreUnreadable, StoreUnavailable, StoreKindMismatch: demonstration data
 *   never mixes with real data; UnusableMasterKey, WrongMasterKey, LogNotAsLeft
 */
export const openEstate = async (
  settings: Settings,
  demonstration: boolean,
  clock: Clock = systemClock,
  acceptRestored = false,
): Promise<OpenEstate> => {
  const kind = demonstration ? 'demonstration' : 'real';
  const rules = rulesOf(settings, foldersOf(settings, kind));
  const opened = await openLog(settings, { kind, clock, acceptRestored });
  const { store, log } = opened;
  try {
    const checkpoints = EmbeddedCheckpointStore.open(settings.dataDir, log);
    const snapshots = new SnapshotFiles(settings.dataDir, log, programVersion(opened));
    await snapshots.keepOnlyThoseOf(store);
    const digests = new DigestKeeper({ ...opened, store: opened.chained, prefix: settings.streamPrefix });
    return { settings, checkpoints, snapshots, digests, clock, demonstration, ...opened, ...rules };
  } catch (error) {
    await opened.close();
    throw error;
  }
};

const ROOT = join(import.meta.dirname, '../..');

/**
 * Tells this program from every other: the code that runs, the packages it names, Node and its time zone data. What one
 * program has worked out, another may work out in another way; and the same one, once the log is read in another way.
 */
const programVersion = ({ logTime, dropped }: LogReading): string => {
  const code = globSync('**/*.{js,ts}', { cwd: join(import.meta.dirname, '..') }).sort();
  const hash = createHash('sha256').update(
    JSON.stringify([process.version, process.versions.tz, logTime.count, dropped.count]),
  );
  for (const file of code) hash.update(file).update(readFileSync(join(import.meta.dirname, '..', file)));
  return hash.update(readFileSync(join(ROOT, 'package.json'))).digest('hex');
};
