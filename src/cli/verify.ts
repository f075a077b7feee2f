import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { feedsOf, foldersOf, rulesOf } from '../app/estate.js';
import { identityOf, openStoreToRead, type ReadableStore } from '../app/open-store.js';
import { Lapses } from '../safety-alerts/alert/terms.js';
import { readSettings, type Settings } from '../app/settings.js';
import type { CheckpointStore } from '../store/checkpoint-store.js';
import { systemClock } from '../store/clock.js';
import { EmbeddedCheckpointStore } from '../store/embedded/embedded-checkpoint-store.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import { START } from '../store/event-store.js';
import { DroppedEvents } from '../store/dropped/dropped-events.js';
import { withoutDropped } from '../store/dropped/remaining-event-store.js';
import { LogTimeSettings } from '../store/log-time/log-time-settings.js';
import { straightened } from '../store/log-time/straight-event-store.js';
import { verify, type Difference } from '../watch/verify.js';
import { type CheckpointTerms, loadCheckpoint, NOTHING_DONE, type WatchCheckpoint } from '../watch/checkpoint.js';
import { EVERYBODY, sayPartition } from '../watch/partition.js';
import { Tick } from '../watch/tick.js';
import { EXIT, WrongUsage } from './exit.js';
import { table, writeLines } from './output.js';
import { verifyLog } from './verify-log.js';

export const verifyVerb = (program: Command): void => {
  program
    .command('verify')
    .description(
      'Works out from the log what should be open, with an independent evaluator, and compares it with what is. Only ' +
        'reads, so it can run beside the service.',
    )
    .option('--json', 'print {"checked", "missing", "extra", "wrongTime"}, and "parked" where events cannot be read')
    .option(
      '--log',
      'instead: check the chain of the whole log, and the keys; every event that was changed, removed, moved or cut off is ' +
        'named by its position. With --json: {"checked", "findings", "digest"}',
    )
    .option('--kept <line>', 'with --log: a line "Log digest …" that was kept elsewhere, to hold the log against')
    .action(verifyEither);
};

interface VerifyChoices {
  readonly json?: boolean;
  readonly log?: boolean;
  readonly kept?: string;
}

const verifyEither = async ({ json = false, log = false, kept }: VerifyChoices): Promise<void> => {
  if (kept !== undefined && !log) throw new WrongUsage('--kept goes with --log.');
  await (log ? verifyLog(json, kept) : verifyStore(json));
};

const checkpointsBeside = async (store: ReadableStore, settings: Settings): Promise<EmbeddedCheckpointStore> => {
  const { dataDir } = settings;
  if (existsSync(join(dataDir, 'local.db')))
    return EmbeddedCheckpointStore.openReadOnly(dataDir, await identityOf(store, settings));
  throw new WrongUsage(
    `No service has watched the log in ${dataDir} yet, so there is nothing to verify. Start it first.`,
  );
};

/** A service that has just begun saves its first checkpoint soon: look for it this often, a second apart. */
const LOOKS = 5;

/** Where the watch was when it last saved. @throws StoreUnavailable, StoreUnreadable */
const decidedSoFar = async (checkpoints: CheckpointStore, terms: CheckpointTerms): Promise<WatchCheckpoint> => {
  const found = Promise.withResolvers<WatchCheckpoint>();
  let attempts = 0;
  const look = async (): Promise<void> => {
    const upTo = await loadCheckpoint(checkpoints, terms);
    if (upTo !== NOTHING_DONE || attempts++ === LOOKS) found.resolve(upTo);
  };
  await look();
  const tick = new Tick(systemClock, () => look().catch(found.reject));
  tick.start();
  try {
    return await found.promise;
  } finally {
    await tick.stop();
  }
};

/** To have looked at nothing must never look like having found nothing. @throws WrongUsage */
const failUnlessNobodyIsThere = (
  upTo: WatchCheckpoint,
  { streamPrefix, watchPartition = EVERYBODY }: Settings,
): void => {
  if (upTo !== NOTHING_DONE && (upTo.position === START || watchPartition.of > 1)) return;
  throw new WrongUsage(
    `Nothing was verified: no service has decided anything yet with STREAM_PREFIX=${streamPrefix} and ` +
      `WATCH_PARTITION=${sayPartition(watchPartition)} here. Use the settings of the service, or wait until it has begun.`,
  );
};

const notRead = (events: number): string =>
  `This version cannot read ${events} event${events === 1 ? '' : 's'} of the log, so that nothing was compared of those ` +
  'whom they are about. Run the version that wrote them.';

const verifyStore = async (json: boolean): Promise<void> => {
  const { findings, summary, parked } = await compareAlerts(readSettings(process.env));
  const all = parked === 0 ? summary : { ...summary, parked };
  if (json) await writeLines([all], JSON.stringify);
  else
    await writeLines(
      [
        ...table(findings, ['kind', 'about', 'rule', 'prisonNumber', 'expected', 'found']),
        ...table([summary], ['checked', 'missing', 'extra', 'wrongTime']),
        ...(parked === 0 ? [] : [notRead(parked)]),
      ],
      String,
    );
  process.exitCode = findings.length + parked > 0 ? EXIT.found : EXIT.done;
};

/** How the safety alerts of a log compare with what should be open. */
export interface AlertComparison {
  readonly findings: readonly Difference[];
  readonly summary: Readonly<Record<'checked' | Difference['kind'], number>>;
  /** Events that cannot be read. */
  readonly parked: number;
}

/**
 * Works out what should be open in the log that the settings name, as far as its service had decided, and compares.
 * @throws WrongUsage where no service has decided anything; InvalidRules, NoRules, StoreUnavailable, StoreUnreadable
 */
export const compareAlerts = async (settings: Settings): Promise<AlertComparison> => {
  const store = await openStoreToRead(settings);
  const checkpoints = await checkpointsBeside(store, settings);
  try {
    const folders = foldersOf(settings, store instanceof EmbeddedEventStore ? store.kind() : undefined);
    const { rulebook, days } = rulesOf(settings, folders);
    const feeds = feedsOf(settings, folders);
    const { streamPrefix: prefix, watchPartition: partition } = settings;
    const logTime = await LogTimeSettings.read(store, prefix);
    const upTo = await decidedSoFar(checkpoints, { partition, logTime });
    const lapses = new Lapses(settings.acknowledgementLapses);
    const asRead = withoutDropped(straightened(store, logTime), await DroppedEvents.read(store, prefix));
    const { checked, findings, parked } = await verify({
      store: asRead,
      prefix,
      rulebook,
      days,
      feeds,
      upTo,
      partition,
      lapses,
    });
    if (checked + parked === 0) failUnlessNobodyIsThere(upTo, settings);
    const count = (kind: Difference['kind']): number => findings.filter((finding) => finding.kind === kind).length;
    const summary = { checked, missing: count('missing'), extra: count('extra'), wrongTime: count('wrongTime') };
    return { findings, summary, parked };
  } finally {
    await checkpoints.close();
    await store.close();
  }
};
