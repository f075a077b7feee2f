import type { Command } from 'commander';
import { readSettings } from '../app/settings.js';
import { InvalidErasure } from '../custody/errors.js';
import { readErasure } from '../custody/erase-person.js';
import type { ErasureDone } from '../custody/erasures.js';
import { inWords } from '../prison/field-error.js';
import { ERASURE_REASONS } from '../custody/person-erased.js';
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
    .option('--json', 'as JSON')
    .action(erase);
};

const erase = async (number: string, options: { readonly reason: string; readonly json?: boolean }): Promise<void> => {
  const { prisonNumber, reason } = asked(number, options.reason);
  await withErasures(readSettings(process.env), async (eraseOne) => {
    const done = await eraseOne(prisonNumber, reason);
    await writeLines(options.json ? [JSON.stringify(done)] : toldOf(done), String);
  });
  process.exitCode = EXIT.done;
};

const asked = (prisonNumber: string, reason: string) => {
  try {
    return readErasure({ prisonNumber, reason });
  } catch (error) {
    if (error instanceof InvalidErasure) throw new WrongUsage(error.errors.map(inWords).join('; '));
    throw error;
  }
};

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
