import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rulesOf } from '../app/estate.js';
import { identityOf, openStoreToRead, type ReadableStore } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import { EmbeddedCheckpointStore } from '../store/embedded/embedded-checkpoint-store.js';
import { verify, type Finding } from '../watch/verify.js';
import { loadCheckpoint } from '../watch/checkpoint.js';
import { EXIT, WrongUsage } from './exit.js';
import { writeLines } from './output.js';
import { table } from './table.js';

export const verifyVerb = (program: Command): void => {
  program
    .command('verify')
    .description(
      'Recomputes from the log, with the definitional evaluator, what should be open, and compares. Reads only, so it ' +
        'may run beside the service.',
    )
    .option('--json', 'print {"checked", "missing", "extra", "wrongTime"}')
    .action(verifyStore);
};

const checkpointsBeside = async (store: ReadableStore, settings: Settings): Promise<EmbeddedCheckpointStore> => {
  const { dataDir } = settings;
  if (existsSync(join(dataDir, 'local.db')))
    return EmbeddedCheckpointStore.openReadOnly(dataDir, await identityOf(store, settings));
  throw new WrongUsage(
    `No service has watched the log in ${dataDir} yet, so there is nothing to verify. Start it first.`,
  );
};

const verifyStore = async ({ json = false }: { readonly json?: boolean }): Promise<void> => {
  const settings = readSettings(process.env);
  const { ruleFiles, days } = rulesOf(settings);
  const store = await openStoreToRead(settings);
  const checkpoints = await checkpointsBeside(store, settings);
  try {
    const rules = ruleFiles.map(({ rule }) => rule);
    const { streamPrefix: prefix, watchPartition: partition } = settings;
    const upTo = await loadCheckpoint(checkpoints, partition);
    const { checked, findings } = await verify({ store, prefix, rules, days, upTo, partition });
    const count = (kind: Finding['kind']): number => findings.filter((finding) => finding.kind === kind).length;
    const summary = { checked, missing: count('missing'), extra: count('extra'), wrongTime: count('wrongTime') };
    if (json) await writeLines([summary], JSON.stringify);
    else
      await writeLines(
        [
          ...table(findings, ['kind', 'rule', 'prisonNumber', 'expected', 'found']),
          ...table([summary], ['checked', 'missing', 'extra', 'wrongTime']),
        ],
        String,
      );
    process.exitCode = findings.length > 0 ? EXIT.found : EXIT.done;
  } finally {
    await checkpoints.close();
    await store.close();
  }
};
