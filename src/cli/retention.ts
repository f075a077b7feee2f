import type { Command } from 'commander';
import { openStoreToRead } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import { StillWatched } from '../custody/errors.js';
import { type FormerPrisoner, formerPrisonersBefore } from '../custody/gone-people.js';
import { toIso } from '../prison/instant.js';
import { systemClock } from '../store/clock.js';
import { sayWatched, STILL_PENDING } from './erase.js';
import { EXIT, WrongUsage } from './exit.js';
import { withErasures } from './open-erasures.js';
import { table, writeLines } from './output.js';

export const retentionVerb = (program: Command): void => {
  program
    .command('retention')
    .description(
      'Lists people who left custody RETENTION_YEARS or more years ago, with nothing recorded since. Erases nobody without ' +
        '--erase.',
    )
    .option('--erase', 'erase each of them, with a record (reason RETENTION_EXPIRED)')
    .option('--json', 'one JSON object a line')
    .action(retention);
};

interface RetentionOptions {
  readonly erase?: boolean;
  readonly json?: boolean;
}

const retention = async ({ erase = false, json = false }: RetentionOptions): Promise<void> => {
  const settings = readSettings(process.env);
  const gone = await goneFrom(settings);
  const rows = gone.map(({ since, ...person }) => ({ ...person, since: toIso(since) }));
  const columns = ['prisonNumber', 'prisonId', 'reason', 'since'] as const;
  await (json ? writeLines(rows, JSON.stringify) : writeLines(table(rows, columns), String));
  const left = erase && gone.length > 0 ? await eraseAll(settings, gone) : 0;
  process.exitCode = left > 0 ? EXIT.found : EXIT.done;
};

const goneFrom = async (settings: Settings): Promise<FormerPrisoner[]> => {
  const { streamPrefix, retentionYears } = settings;
  if (retentionYears === undefined)
    throw new WrongUsage('RETENTION_YEARS is not set, so nobody is kept too long. Set it to a number of years.');
  const before = new Date(systemClock.now());
  before.setUTCFullYear(before.getUTCFullYear() - retentionYears);
  const store = await openStoreToRead(settings);
  try {
    return await formerPrisonersBefore(before.getTime(), store, streamPrefix);
  } finally {
    await store.close();
  }
};

/** Tells how many were left, since they are still watched over. */
const eraseAll = async (settings: Settings, gone: readonly FormerPrisoner[]): Promise<number> => {
  const left: string[] = [];
  await withErasures(settings, async (eraseOne) => {
    let isPending = false;
    for (const { prisonNumber } of gone) {
      try {
        const { pending } = await eraseOne({ prisonNumber, reason: 'RETENTION_EXPIRED' });
        isPending ||= pending;
      } catch (error) {
        if (!(error instanceof StillWatched)) throw error;
        left.push(`${prisonNumber} ${sayWatched(error.stillWatched)}, and was not erased: see erase --help.`);
      }
    }
    const lines = [...left, `${gone.length - left.length} erased.`, ...(isPending ? [STILL_PENDING] : [])];
    process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  });
  return left.length;
};
