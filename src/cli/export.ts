import type { Command } from 'commander';
import { Spool } from '../access-records/spool.js';
import { chainToRead } from '../app/chain.js';
import { areKeysWith, openKeysToRead } from '../app/open-keys.js';
import { identityOf, openStoreToRead, type ReadableStore } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import { exportLog } from '../moving/export-log.js';
import { type LogCounts, FORMAT } from '../moving/moved-line.js';
import { writeMovedFile } from '../moving/moved-file.js';
import { ChainedEventStore } from '../store/chain/chained-event-store.js';
import { systemClock } from '../store/clock.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import { EXIT, WrongUsage } from './exit.js';
import { writeLines } from './output.js';
import { StatusLine } from './progress.js';

export const exportVerb = (program: Command): void => {
  program
    .command('export')
    .description(
      'Writes the whole log to a file: every event with its id, order and instants, every key, locked with the master key, ' +
        'and the records of erasures and of who saw whom. Only reads, so it can run beside the service; to move a log, ' +
        'stop the service first. Keep the file as safe as the store.',
    )
    .argument('<file>', 'a new file; compressed if its name ends in .gz')
    .option('--json', 'print {"events", "streams", "keys", "erasures"}')
    .action(exportTo);
};

const exportTo = async (file: string, { json = false }: { readonly json?: boolean }): Promise<void> => {
  const settings = readSettings(process.env);
  if (!Spool.in(settings.dataDir).isEmpty())
    throw new WrongUsage(
      `Some records of who saw whom are still in ${settings.dataDir}, not in the log. Start the service once, so that it ` +
        'adds them, and then export.',
    );
  const store = await openStoreToRead(settings);
  try {
    const counts = await exported(store, settings, file);
    await writeLines([json ? JSON.stringify(counts) : `${inWords(counts)} are in ${file}.`], String);
  } finally {
    await store.close();
  }
  process.exitCode = EXIT.done;
};

const exported = async (store: ReadableStore, settings: Settings, file: string): Promise<LogCounts> => {
  const status = new StatusLine(process.stderr.isTTY);
  let counts: LogCounts = { events: 0, streams: 0, keys: 0, erasures: 0 };
  const head = {
    format: FORMAT,
    kind: store instanceof EmbeddedEventStore ? (store.kind() ?? 'real') : 'real',
    log: (await identityOf(store, settings)).id,
    prefix: settings.streamPrefix,
  };
  const keys = (await areKeysWith(store, settings))
    ? (await openKeysToRead(settings, store, systemClock)).keys
    : undefined;
  try {
    const chain = keys && (await chainToRead(store, settings.streamPrefix, keys));
    const lines = exportLog(
      { store: chain ? new ChainedEventStore(chain) : store, keys, head },
      (events) => {
        if (events % 1_000 === 0) status.show(`${events} events`);
      },
      (all) => (counts = all),
    );
    await writeMovedFile(file, lines);
    return counts;
  } finally {
    status.clear();
    await keys?.close();
  }
};

/** The counts, for people. */
export const inWords = ({ events, streams, keys, erasures }: LogCounts): string =>
  `${events} events in ${streams} streams, ${keys} keys and ${erasures} erasures`;
