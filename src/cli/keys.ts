import type { Command } from 'commander';
import { openKeys } from '../app/estate.js';
import { readSettings } from '../app/settings.js';
import { EmbeddedKeyRing } from '../personal-data/embedded-key-ring.js';
import { masterKeyIn } from '../personal-data/master-key.js';
import { WriterLock } from '../store/embedded/writer-lock.js';
import { EXIT, WrongUsage } from './exit.js';
import { writeLines } from './output.js';

export const keysVerb = (program: Command): void => {
  program
    .command('keys')
    .description('The keys to personal data.')
    .command('rotate')
    .description(
      'Locks all keys with another master key. No event is rewritten. Stop the service first; afterwards give it the new ' +
        'key in MASTER_KEY_FILE.',
    )
    .requiredOption('--new-key-file <file>', '32 bytes as base64; make one with: openssl rand -base64 32')
    .action(rotate);
};

const rotate = async ({ newKeyFile }: { readonly newKeyFile: string }): Promise<void> => {
  const settings = readSettings(process.env);
  if (!EmbeddedKeyRing.isIn(settings.dataDir)) throw new WrongUsage(`There are no keys in ${settings.dataDir} yet.`);
  const next = masterKeyIn(newKeyFile);
  const lock = WriterLock.take(settings.dataDir);
  try {
    const { keys, masterKeyBeside } = openKeys(settings);
    const count = await keys.rotate(next);
    await keys.close();
    const leftover = masterKeyBeside === undefined ? [] : [`${masterKeyBeside} opens nothing any more: remove it.`];
    await writeLines(
      [`${count} keys are locked with ${newKeyFile} now: set MASTER_KEY_FILE to it.`, ...leftover],
      String,
    );
  } finally {
    lock.release();
  }
  process.exitCode = EXIT.done;
};
