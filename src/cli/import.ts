import type { Command } from 'commander';
import { openKeys } from '../app/open-keys.js';
import { openStore } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import type { CustodyEvent } from '../custody/custody-event.js';
import { CustodyLog } from '../custody/custody-log.js';
import { importHistory } from '../custody/import-history.js';
import { importLines, type ImportOptions, type ImportTotals } from '../custody/import-lines.js';
import { readNdjson, type NdjsonLine } from '../custody/ndjson.js';
import type { RecordingResult } from '../custody/recording-result.js';
import { Seals } from '../personal-data/seals.js';
import { systemClock } from '../store/clock.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import type { EventStore } from '../store/event-store.js';
import { holderOf } from '../store/embedded/writer-lock.js';
import { EXIT, WrongUsage } from './exit.js';
import { bytesOf } from './files.js';
import { Progress } from './progress.js';
import { throughService } from './through-service.js';

const APPENDS_AT_ONCE = 256;

export const importVerb = (program: Command): void => {
  program
    .command('import')
    .description(
      'Appends custody events to the store. May be stopped and run again: nothing is lost, nothing doubled. While a ' +
        'service holds the embedded store the events go through it.',
    )
    .argument('<files...>', 'custody events, one JSON object a line; - is standard input')
    .option('--history', 'known when recorded, delivers nothing; only into a store that holds no custody events yet')
    .action(importFiles);
};

type Lines = AsyncIterable<readonly NdjsonLine[]>;

const importFiles = async (files: readonly string[], { history = false }: { history?: boolean }): Promise<void> => {
  const progress = new Progress(process.stderr.isTTY);
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
  });
  const totals = await into(readSettings(process.env), files, history, (lines) => ({
    lines: progress.reading(lines, (file) => readNdjson(bytesOf(file))),
    now: () => systemClock.now(),
    signal: stop.signal,
    onProgress: (soFar) => {
      progress.show(soFar);
    },
    onRefused: (refused) => {
      progress.complain(refused);
    },
  }));
  progress.clear();
  process.stdout.write(`${JSON.stringify(totals)}\n`);
  if (stop.signal.aborted) process.stderr.write('Stopped. Run the same import again to complete it.\n');
  process.exitCode = totals.refused > 0 || stop.signal.aborted ? EXIT.found : EXIT.done;
};

type LineReading = (files: readonly string[]) => ImportOptions & { readonly lines: Lines };

const into = async (
  settings: Settings,
  files: readonly string[],
  history: boolean,
  read: LineReading,
): Promise<ImportTotals> => {
  const holder = holderOf(settings.dataDir);
  if (!holder) return intoStore(settings, files, history, read);
  if (history) throw new WrongUsage('Stop the service first: history goes only into a store that nobody is using.');
  return oneByOne(files, read, throughService(holder));
};

const intoStore = async (
  settings: Settings,
  files: readonly string[],
  history: boolean,
  read: LineReading,
): Promise<ImportTotals> => {
  const store = await openStore(settings, 'real');
  try {
    const { keys } = await openKeys(settings, store, systemClock);
    try {
      return await intoLog({ store, prefix: settings.streamPrefix, seals: new Seals(keys) }, files, history, read);
    } finally {
      await keys.close();
    }
  } finally {
    await store.close();
  }
};

interface Log {
  readonly store: EventStore;
  readonly prefix: string;
  readonly seals: Seals;
}

const intoLog = (
  { store, prefix, seals }: Log,
  files: readonly string[],
  history: boolean,
  read: LineReading,
): Promise<ImportTotals> => {
  if (history) {
    const { lines, ...options } = read(files);
    // Only the embedded store keeps appends that are under way together in their order.
    const inFlight = store instanceof EmbeddedEventStore ? APPENDS_AT_ONCE : 1;
    return importHistory(lines, { ...options, store, prefix, seals, inFlight });
  }
  const log = new CustodyLog(store, prefix, seals);
  return oneByOne(files, read, (events) => log.recordAll(events, { knownAt: () => systemClock.now() }));
};

const oneByOne = async (
  files: readonly string[],
  read: LineReading,
  record: (events: readonly CustodyEvent[]) => Promise<RecordingResult>,
): Promise<ImportTotals> => {
  const totals: ImportTotals = { accepted: 0, duplicate: 0, refused: 0 };
  for (const file of files) {
    const { lines, ...options } = read([file]);
    const ofFile = await importLines(lines, record, options);
    totals.accepted += ofFile.accepted;
    totals.duplicate += ofFile.duplicate;
    totals.refused += ofFile.refused;
  }
  return totals;
};
