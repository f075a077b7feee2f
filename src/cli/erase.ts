import type { Command } from 'commander';
import { readSettings } from '../app/settings.js';
import { InvalidErasure, StillWatched } from '../custody/errors.js';
import { readErasure } from '../custody/erase-person.js';
import type { ErasureDone } from '../custody/erasures.js';
import { inWords } from '../prison/field-error.js';
import { ERASURE_REASONS } from '../custody/person-erased.js';
import type { WatchedOver } from '../custody/still-watched.js';
import { EXIT, WrongUsage } from './exit.js';
import { withErasures } from './open-erasures.js';
import { writeLines } from './output.js';

export const eraseVerb = (program: Command): void => {
  program
    .command('erase')
    .description(
      'Destroys the personal data of somebody for good: names, dates of birth, free text, notes. Ids, rules, instants and ' +
        'safety alerts stay. Safe to run again. If a service holds the store, the service does it.',
    )
    .argument('<prison-number>', 'such as A1234BC')
    .requiredOption('--reason <code>', ERASURE_REASONS.join(', '))
    .option(
      '--confirm-still-watched',
      'erase even if the person is in custody or has an open safety alert; this is recorded',
    )
    .option('--json', 'as JSON')
    .action(erase);
};

interface EraseOptions {
  readonly reason: string;
  readonly confirmStillWatched?: boolean;
  readonly json?: boolean;
}

const erase = async (number: string, { json, ...options }: EraseOptions): Promise<void> => {
  const order = asked(number, options);
  await withErasures(readSettings(process.env), async (eraseOne) => {
    const done = await eraseOne(order).catch((error: unknown) => {
      throw error instanceof StillWatched ? new WrongUsage(notErased(order.prisonNumber, error.stillWatched)) : error;
    });
    await writeLines(json ? [JSON.stringify(done)] : toldOf(done), String);
  });
  process.exitCode = EXIT.done;
};

const asked = (prisonNumber: string, options: Omit<EraseOptions, 'json'>) => {
  try {
    return readErasure({ prisonNumber, ...options });
  } catch (error) {
    if (error instanceof InvalidErasure) throw new WrongUsage(error.errors.map(inWords).join('; '));
    throw error;
  }
};

const notErased = (prisonNumber: string, watched: WatchedOver): string =>
  `Nothing was erased: ${prisonNumber} ${sayWatched(watched)}. Those who keep them safe need what is known of them. To ` +
  'erase it all the same: --confirm-still-watched';

/** `is in custody (XYI), and has open safety alerts: KW-01, KW-04` */
export const sayWatched = ({ inCustodyAt, openAlerts }: WatchedOver): string =>
  [
    ...(inCustodyAt === null ? [] : [`is in custody (${inCustodyAt})`]),
    ...(openAlerts.length === 0 ? [] : [`has open safety alerts: ${openAlerts.map(({ rule }) => rule).join(', ')}`]),
  ].join(', and ');

/** Erased for everybody who reads, but not from the disks. */
export const STILL_PENDING =
  'Pending: the destroyed key stays in the files of the event server until every node has been scavenged. Do that, then run: ' +
  'custody-watch keys scavenged --began INSTANT';

const toldOf = ({ prisonNumber, erasedAt, inClear, mergedFrom, pending }: ErasureDone): string[] => [
  `The personal data of ${prisonNumber} were erased at ${erasedAt}.`,
  ...(inClear > 0
    ? [`${inClear} events were written before personal data were sealed: see docs/personal-data.md.`]
    : []),
  ...(pending ? [STILL_PENDING] : []),
  ...mergedFrom.map((other) => `So was what had been recorded under ${other} before it was merged into this number.`),
];
