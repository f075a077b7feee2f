import type { Command } from 'commander';
import { openStoreToRead } from '../app/open-store.js';
import { readSettings, type Settings } from '../app/settings.js';
import { StillWatched } from '../custody/errors.js';
import { type FormerPrisoner, formerPrisonersBefore } from '../custody/gone-people.js';
import { toIso } from '../prison/instant.js';
import { systemClock } from '../store/clock.js';
import { sayWatched, STILL_PENDING } from './erase.js';
import { cutAccessRecords } from './cut-access-records.js';
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
    .option(
      '--access-records',
      'instead, on an event server: counts the access records that are older than ACCESS_RETENTION_DAYS. With --cut they ' +
        'are cut off, which the log records first',
    )
    .option('--cut', 'with --access-records: cut them off')
    .option('--erase', 'erase each of them, with a record (reason RETENTION_EXPIRED)')
    .option('--json', 'one JSON object a line')
    .action(retentionOfEither);
};

interface RetentionOptions {
  readonly accessRecords?: boolean;
  readonly cut?: boolean;
  readonly erase?: boolean;
  readonly json?: boolean;
}

const retentionOfEither = async ({
  accessRecords = false,
  cut = false,
  ...options
}: RetentionOptions): Promise<void> => {
  if (cut && !accessRecords) throw new WrongUsage('--cut goes with --access-records.');
  if (accessRecords && options.erase) throw new WrongUsage('--erase and --access-records do not go together.');
  await (accessRecords ? cutAccessRecords(readSettings(process.env), cut, options.json ?? false) : retention(options));
};

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
