import { createHash, randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { openLog } from '../app/open-log.js';
import { readSettings, type Settings } from '../app/settings.js';
import { CustodyLog } from '../custody/custody-log.js';
import { importHistory } from '../custody/import-history.js';
import { importLines, type ImportOptions, type ImportTotals } from '../custody/import-lines.js';
import { readNdjson, type NdjsonLine } from '../custody/ndjson.js';
import { ownProgram } from '../custody/sender.js';
import { intoTheLog, OneTelling, type TellingPort } from '../custody/tellings/telling-port.js';
import type { TellingKind } from '../custody/tellings/telling.js';
import { Tellings } from '../custody/tellings/tellings.js';
import { Seals } from '../personal-data/seals.js';
import type { Clock } from '../store/clock.js';
import { holderOf } from '../store/embedded/writer-lock.js';
import { machineClock } from '../store/trusted-clock.js';
import { EXIT } from './exit.js';
import { bytesOf, isFile } from './files.js';
import { logAhead, LogTimeAhead } from './log-ahead.js';
import { ImportProgress } from './progress.js';
import { throughService } from './through-service.js';

export const importVerb = (program: Command): void => {
  program
    .command('import')
    .description(
      'Appends custody events to the store. They count once all of them are there. Safe to stop and run again: nothing is ' +
        'lost or doubled. If a service holds the embedded store, the events go through the service.',
    )
    .argument('<files...>', 'custody events, one JSON object a line; - is standard input')
    .option(
      '--history',
      'events count as known when they were recorded, and nothing is sent; only for people with nothing in the log yet',
    )
    .option(
      '--telling <name>',
      'a name for what is imported; the same name goes on with an import that was stopped. Files are named by their ' +
        'content; standard input gets a new name each time unless you give one',
    )
    .action(importFiles);
};

type Lines = AsyncIterable<readonly NdjsonLine[]>;

interface ImportFlags {
  readonly history?: boolean;
  readonly telling?: string;
}

const importFiles = async (files: readonly string[], { history = false, telling }: ImportFlags): Promise<void> => {
  const name = telling ?? (await nameOf(files));
  const isNamed = name !== undefined;
  const told: Told = { files, kind: history ? 'history' : 'import', name: name ?? randomUUID() };
  if (!isNamed) process.stderr.write(toGoOn(told.name)); // now, as nothing can be said once it is killed
  const progress = new ImportProgress(process.stderr.isTTY);
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
  });
  const clock = machineClock();
  const uncounted = new Map<string, number>();
  const totals = await into(readSettings(process.env), clock, told, (lines) => ({
    lines: progress.reading(lines, (file) => readNdjson(bytesOf(file))),
    now: () => clock.now(),
    signal: stop.signal,
    onProgress: (soFar) => {
      progress.show(soFar);
    },
    onRefused: (refused) => {
      progress.complain(refused);
    },
    onUncounted: (open) => {
      uncounted.set(open, (uncounted.get(open) ?? 0) + 1);
    },
  }));
  progress.clear();
  process.stdout.write(`${JSON.stringify(totals)}\n`);
  if (stop.signal.aborted)
    process.stderr.write(
      `Stopped. Run the same import again${isNamed ? '' : ` with --telling ${told.name}`} to complete it.\n`,
    );
  for (const [open, lines] of uncounted) process.stderr.write(toComplete(open, lines));
  process.exitCode = totals.refused > 0 || uncounted.size > 0 || stop.signal.aborted ? EXIT.found : EXIT.done;
};

const toComplete = (telling: string, lines: number): string =>
  `${lines} of these lines are duplicates that do not count: the import that brought them (telling ${telling}) was stopped ` +
  'half-way. Run that import again to complete it.\n';

const toGoOn = (name: string): string =>
  `Telling ${name}: to go on after an interruption, run the same import with --telling ${name}.\n`;

/** What is told. */
interface Told {
  readonly files: readonly string[];
  readonly kind: TellingKind;
  readonly name: string;
}

/** The same files have the same name, wherever they lie; none where one cannot be read twice, as a pipe cannot. */
const nameOf = async (files: readonly string[]): Promise<string | undefined> => {
  for (const file of files) if (!(await isFile(file))) return undefined;
  const digest = createHash('sha256');
  for (const file of files) for await (const bytes of bytesOf(file)) digest.update(bytes);
  return digest.digest('hex');
};

type LineReading = (files: readonly string[]) => ImportOptions & { readonly lines: Lines };

const into = async (settings: Settings, clock: Clock, told: Told, read: LineReading): Promise<ImportTotals> => {
  const holder = holderOf(settings.dataDir);
  if (holder) return tell(throughService(holder), told, read);
  const open = await openLog(settings, { kind: 'real', clock });
  try {
    const ahead = await logAhead(open, settings);
    if (ahead !== undefined) throw new LogTimeAhead(ahead);
    const log = new CustodyLog(open.store, settings.streamPrefix, new Seals(open.keys));
    const tellings = new Tellings(open.store, settings.streamPrefix, clock);
    return await tell(intoTheLog(log, tellings, clock, ownProgram('import')), told, read);
  } finally {
    await open.close();
  }
};

/** All files are one telling: what they bring becomes known together, once all of it is there. */
const tell = async (port: TellingPort, { files, kind, name }: Told, read: LineReading): Promise<ImportTotals> => {
  const telling = new OneTelling(port, kind, name);
  const { signal } = read(files);
  const totals = kind === 'history' ? await tellHistory(telling, read(files)) : await tellLines(telling, files, read);
  if (!signal?.aborted) await telling.complete();
  return totals;
};

const tellHistory = (telling: OneTelling, { lines, ...options }: ReturnType<LineReading>): Promise<ImportTotals> =>
  importHistory(lines, telling, options);

const tellLines = async (telling: OneTelling, files: readonly string[], read: LineReading): Promise<ImportTotals> => {
  const totals: ImportTotals = { accepted: 0, duplicate: 0, refused: 0 };
  await telling.begin();
  for (const file of files) {
    const { lines, ...options } = read([file]);
    const ofFile = await importLines(lines, (events) => telling.record(events), options);
    totals.accepted += ofFile.accepted;
    totals.duplicate += ofFile.duplicate;
    totals.refused += ofFile.refused;
  }
  return totals;
};
