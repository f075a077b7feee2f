import type { Command } from 'commander';
import { chainToRestore } from '../app/chain.js';
import { areKeysWith, type OpenKeys, openKeys } from '../app/open-keys.js';
import { type OpenStore, openStoreToRestore } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import { checkFile, type WholeFile } from '../moving/check-file.js';
import { restoreLog } from '../moving/restore-log.js';
import { Lock } from '../personal-data/lock.js';
import { masterKeyFrom } from '../personal-data/master-key.js';
import { systemClock } from '../store/clock.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import { EXIT } from './exit.js';
import { inWords } from './export.js';
import { writeLines } from './output.js';
import { StatusLine } from './progress.js';

const APPENDS_AT_ONCE = 256;

export const restoreVerb = (program: Command): void => {
  program
    .command('restore')
    .description(
      'Writes an exported file into an empty store of either kind. The whole file is checked first: if it was cut short or ' +
        'altered it is refused, and nothing is written. A restore that is interrupted leaves a store that refuses to ' +
        'serve; run it again to continue.',
    )
    .argument('<file>', 'written by export; use the same STREAM_PREFIX and master key')
    .option('--json', 'print {"events", "streams", "keys", "erasures"}')
    .action(restoreFrom);
};

const restoreFrom = async (file: string, { json = false }: { readonly json?: boolean }): Promise<void> => {
  const settings = readSettings(process.env);
  const checked = await checkFile(file, {
    prefix: settings.streamPrefix,
    isOnServer: settings.server !== undefined,
    lock: () =>
      new Lock(masterKeyFrom(settings.masterKey ?? {}, { dataDir: settings.dataDir, isLocked: true }).key, file),
  });
  const store = await openStoreToRestore(settings, checked.head.kind);
  try {
    await into(store, settings, checked);
  } finally {
    await store.close();
  }
  const { counts } = checked;
  await writeLines([json ? JSON.stringify(counts) : `${inWords(counts)} of ${file} are in the store.`], String);
  process.exitCode = EXIT.done;
};

const into = async (store: OpenStore, settings: Settings, checked: WholeFile): Promise<void> => {
  const status = new StatusLine(process.stderr.isTTY);
  let opened: OpenKeys | undefined;
  try {
    await restoreLog(checked, {
      store,
      hasKeys: await areKeysWith(store, settings),
      openLog: async () => {
        opened = await openKeys(settings, store, systemClock);
        const { keys } = opened;
        return { keys, store: await chainToRestore(store, settings.streamPrefix, keys, systemClock) };
      },
      inFlight: store instanceof EmbeddedEventStore ? APPENDS_AT_ONCE : 1,
      onProgress: (events) => {
        status.show(`${events} of ${checked.counts.events} events`);
      },
    });
  } finally {
    status.clear();
    await opened?.keys.close();
  }
};
