import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { generatedHistory, type HistoryOptions } from '../generate/history.js';
import { SHAPE_NAMES } from '../generate/population.js';
import { asError, codeOf } from '../prison/errors.js';
import type { Instant } from '../prison/instant.js';
import { isDate } from '../prison/iso-8601.js';
import { LocalDays } from '../prison/local-days.js';
import { WrongUsage } from './exit.js';

const AT_ONCE = 64 * 1024;

export const generateVerb = (program: Command): void => {
  program
    .command('generate')
    .description(
      'Writes an invented history of prisons as custody events, one JSON object a line, at the rates that are published ' +
        '(docs/generate.md). The same options write the same bytes. Nobody in it exists; never mix it with real data.',
    )
    .argument('[file]', 'where to write it; - is standard output', '-')
    .option('--people <number>', 'how many are in prison at a time', wholeOption, 1_000)
    .option(
      '--days <number>',
      'how many days it goes on; before them the prisons fill for four weeks',
      wholeOption,
      365,
    )
    .option('--seed <number>', 'another seed, another history', wholeOption, 1)
    .addOption(new Option('--shape <kind>', 'what kind of prisons').choices([...SHAPE_NAMES]).default('estate'))
    .option('--from <date>', 'the first of the days', dateOption, dateOption('2025-01-01'))
    .option('--every <days>', 'a key worker session at least so often, such as P14D, without fail', daysOption)
    .option('--calm', 'nothing goes wrong: no self-harm, no charges, no segregation')
    .action(generate);
};

const generate = async (file: string, options: HistoryOptions): Promise<void> => {
  const lines = Readable.from(inChunks(options));
  try {
    // Standard output stays open: what else the program has to say goes there too.
    if (file === '-') await pipeline(lines, process.stdout, { end: false });
    else await pipeline(lines, createWriteStream(file));
  } catch (error) {
    // Whoever reads it has had enough.
    if (codeOf(error) === 'EPIPE') return;
    throw new WrongUsage(`${file} cannot be written: ${asError(error).message}`);
  }
};

function* inChunks(options: HistoryOptions): Generator<string> {
  let chunk = '';
  for (const event of generatedHistory(options)) {
    chunk += `${JSON.stringify(event)}\n`;
    if (chunk.length < AT_ONCE) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function wholeOption(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number > 0 && number <= 1e9) return number;
  throw new InvalidArgumentError('Write a whole number above 0.');
}

function dateOption(text: string): Instant {
  const days = new LocalDays();
  if (isDate(text)) return days.startOf(days.named(text));
  throw new InvalidArgumentError('Write a date such as 2025-01-01.');
}

function daysOption(text: string): number {
  const [, days = ''] = /^P(\d{1,2})D$/.exec(text) ?? [];
  if (Number(days) >= 1 && Number(days) <= 28) return Number(days);
  throw new InvalidArgumentError('Write P7D, P14D or another number of days up to 28.');
}
