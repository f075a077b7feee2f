import type { Command } from 'commander';
import { openKeys } from '../app/open-keys.js';
import { openLog } from '../app/open-log.js';
import { openStoreToRead } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import type { Instant } from '../prison/instant.js';
import { toIso } from '../prison/instant.js';
import { EmbeddedKeyRing } from '../personal-data/embedded-key-ring.js';
import { masterKeyIn } from '../personal-data/master-key.js';
import { type PendingErasure, SharedKeyRing } from '../personal-data/shared-key-ring.js';
import { systemClock } from '../store/clock.js';
import { EXIT, WrongUsage } from './exit.js';
import { instantOption } from './instant-option.js';
import { table, writeLines } from './output.js';

export const keysVerb = (program: Command): void => {
  const keys = program.command('keys').description('Manages the keys to personal data.');
  keys
    .command('rotate')
    .description(
      'Locks all keys with a new master key. No event is rewritten. Stop the service first, and give it the new key in ' +
        'MASTER_KEY_FILE afterwards. Only for the embedded store.',
    )
    .requiredOption('--new-key-file <file>', '32 bytes as base64; make one with: openssl rand -base64 32')
    .action(rotate);
  keys
    .command('pending')
    .description(
      'Lists erasures whose key may still be in the files of the event server, because nobody has confirmed that every ' +
        'node was scavenged since. The embedded store has none. Exits with 1 if there are any.',
    )
    .option('--json', 'one JSON object a line')
    .action(pending);
  keys
    .command('scavenged')
    .description(
      'Records that every node of the event server has been scavenged since an instant: erasures before it are no longer ' +
        'pending. Refused, with exit code 1, if the leader still holds a key that should be gone. Scavenging each node ' +
        'once is not enough: see docs/personal-data.md.',
    )
    .requiredOption('--began <instant>', 'when the first scavenge of the first round began', instantOption)
    .action(scavenged);
};

const rotate = async ({ newKeyFile }: { readonly newKeyFile: string }): Promise<void> => {
  const settings = readSettings(process.env);
  if (settings.server)
    throw new WrongUsage(
      'To change the master key of an event server, move its log: see docs/operations.md, "Moving".',
    );
  if (!EmbeddedKeyRing.isIn(settings.dataDir)) throw new WrongUsage(`There are no keys in ${settings.dataDir} yet.`);
  const next = masterKeyIn(newKeyFile);
  const { keys, masterKey, close } = await openLog(settings, { clock: systemClock });
  try {
    const count = keys instanceof EmbeddedKeyRing ? await keys.rotate(next) : 0;
    const leftover = masterKey.exposure === undefined ? [] : [`${masterKey.file} opens nothing any more: remove it.`];
    await writeLines(
      [`${count} keys are locked with ${newKeyFile} now: set MASTER_KEY_FILE to it.`, ...leftover],
      String,
    );
  } finally {
    await close();
  }
  process.exitCode = EXIT.done;
};

const pending = async ({ json = false }: { readonly json?: boolean }): Promise<void> => {
  const found = await onServer((keys) => keys.pending());
  await tell(found, json);
  process.exitCode = found.length > 0 ? EXIT.found : EXIT.done;
};

const scavenged = async ({ began }: { readonly began: Instant }): Promise<void> => {
  if (began > systemClock.now())
    throw new WrongUsage(`${toIso(began)} is in the future. Give the instant at which the first scavenge began.`);
  const disproof = await onServer((keys) => keys.confirmScavenge(toIso(began)));
  if (disproof.length === 0) {
    process.exitCode = EXIT.done;
    return;
  }
  process.stderr.write(
    'Not recorded: the leader still holds these keys. Its scavenge has not finished, began before the erasure, or was ' +
      'told to keep something: see docs/personal-data.md.\n',
  );
  await tell(disproof, false);
  process.exitCode = EXIT.found;
};

const COLUMNS = ['subject', 'at', 'reason', 'by', 'onLeader'] as const satisfies (keyof PendingErasure)[];

const tell = (erasures: readonly PendingErasure[], json: boolean): Promise<void> =>
  json ? writeLines(erasures, JSON.stringify) : writeLines(table(erasures, COLUMNS), String);

/** Beside whatever service is running. On the embedded store nothing is ever pending. */
const onServer = async (
  work: (keys: SharedKeyRing) => Promise<readonly PendingErasure[]>,
): Promise<readonly PendingErasure[]> => {
  const settings: Settings = readSettings(process.env);
  if (!settings.server) return [];
  const store = await openStoreToRead(settings);
  try {
    const { keys } = await openKeys(settings, store, systemClock);
    return keys instanceof SharedKeyRing ? await work(keys) : [];
  } finally {
    await store.close();
  }
};
