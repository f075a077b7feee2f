import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { ALL_PRISONS } from '../access/prisons.js';
import { createApp } from '../app/create-app.js';
import { openEstate } from '../app/estate.js';
import { ServiceLog } from '../app/log.js';
import { secretOf } from '../app/secret-setting.js';
import { readSettings, type Settings } from '../app/settings.js';
import { ownProgram } from '../custody/sender.js';
import { codeOf } from '../prison/errors.js';
import { type Instant, toIso } from '../prison/instant.js';
import { LocalDays } from '../prison/local-days.js';
import type { Roll } from '../roll/comparison.js';
import { fetchRoll } from '../roll/nightly-rolls.js';
import { asWritten } from '../roll/roll-entry.js';
import { readRoll } from '../roll/roll-file.js';
import { type RollReport, toldTo } from '../roll/roll-checked.js';
import { RollChecks } from '../roll/roll-checks.js';
import { systemClock } from '../store/clock.js';
import { holderOf } from '../store/embedded/writer-lock.js';
import { machineClock } from '../store/trusted-clock.js';
import { EXIT, WrongUsage } from './exit.js';
import { instantOption } from './instant-option.js';
import { table, writeLines } from './output.js';
import { postToService } from './through-service.js';

export const rollVerb = (program: Command): void => {
  program
    .command('roll')
    .description('The roll of a prison, held against the log.')
    .command('check')
    .description(
      'Tells who is in the prison by its roll and not by the log, and the other way round. Whom the log never heard of is ' +
        'known from then on, and DATA-04 asks for their arrival; nothing else is changed without --correct. Ends with 1 ' +
        'where anything differs.',
    )
    .argument('<file>', 'CSV or NDJSON (docs/roll.md), or the http address of one')
    .option('--as-at <instant>', 'the instant of which the roll speaks; by default, now', instantOption)
    .option('--correct', 'record the arrival of whom the roll has and the log does not; needs --as-at')
    .option('--accept', 'the roll is right, however much differs')
    .option('--json', 'as JSON')
    .action(check);
};

interface CheckOptions {
  readonly asAt?: Instant;
  readonly correct?: boolean;
  readonly accept?: boolean;
  readonly json?: boolean;
}

const check = async (file: string, { asAt, correct = false, accept = false, json }: CheckOptions): Promise<void> => {
  if (correct && asAt === undefined)
    throw new WrongUsage('--correct needs --as-at: an old roll, taken for one of now, would undo what happened since.');
  const roll = await rollIn(file, asAt ?? systemClock.now());
  if (!roll) {
    process.exitCode = EXIT.found;
    return;
  }
  const settings = readSettings(process.env);
  const holder = holderOf(settings.dataDir);
  const terms = { correct, accept };
  const checked = holder
    ? await postToService<RollReport>(holder, `/prisons/${roll.prisonId}/roll`, {
        ...{ asAt: toIso(roll.asAt), entries: roll.entries.map(asWritten) },
        ...terms,
      })
    : await checkHere(settings, roll, terms);
  await writeLines(json ? [JSON.stringify(checked)] : saidOf(checked), String);
  process.exitCode = checked.findings.length > (checked.corrected ?? 0) ? EXIT.found : EXIT.done;
};

/** The roll that a file or an address holds; nothing where it has mistakes, which are told with line and column. */
const rollIn = async (file: string, asAt: Instant): Promise<Roll | undefined> => {
  const { entries, problems } = await readRoll(await textOf(file), new LocalDays());
  const told = problems.map(({ line, column, message }) => `${file}:${line}:${column}  ${message}`);
  const [prisonId = '', ...others] = new Set(entries.map((entry) => entry.prisonId));
  if (others.length > 0)
    told.push(`${file}:1:1  holds several prisons, ${[prisonId, ...others].join(' and ')}: check each by itself.`);
  for (const line of told) process.stderr.write(`${line}\n`);
  return told.length > 0 ? undefined : { prisonId, asAt, entries };
};

const textOf = async (file: string): Promise<string> => {
  if (/^https?:\/\//.test(file)) return fetchRoll(file, { token: secretOf('ROLL_TOKEN', process.env) || undefined });
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new WrongUsage(`${file} cannot be read: ${codeOf(error)}.`);
  }
};

/** Without a service beside it. @throws StoreInUse, StoreUnavailable, StoreUnreadable, RollUnlike */
const checkHere = async (
  settings: Settings,
  roll: Roll,
  terms: { readonly correct: boolean; readonly accept: boolean },
): Promise<RollReport> => {
  const estate = await openEstate(settings, false, machineClock());
  try {
    const app = await createApp(estate, new ServiceLog('warn', false));
    try {
      await app.init();
      const check = await app.get(RollChecks).check(roll, { ...terms, by: 'local', sender: ownProgram('roll') });
      return toldTo(ALL_PRISONS, check);
    } finally {
      await app.close();
    }
  } finally {
    await estate.checkpoints.close();
    await estate.close();
  }
};

const saidOf = ({ prisonId, asAt, people, findings, unlike, corrected = 0, differences }: RollReport): string[] => [
  ...(findings.length > 0 ? table(findings, ['prisonNumber', 'kind', 'heldBy']) : []),
  `The roll of ${prisonId} as at ${asAt} has ${people} people. ${countsOf(differences)}`,
  ...(unlike
    ? ['More than a fifth differs: it looks like another roll, or like half of one. Nothing was done. See --accept.']
    : []),
  ...(corrected > 0 ? [`${corrected} corrections were recorded.`] : []),
];

const countsOf = (differences: RollReport['differences']): string => {
  const found = Object.entries(differences).filter(([, count]) => count > 0);
  return found.length === 0 ? 'The log says the same.' : found.map(([kind, count]) => `${kind}: ${count}`).join(', ');
};
