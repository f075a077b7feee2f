import { type NdjsonLine, readNdjson } from '../custody/ndjson.js';
import { isObject } from '../custody/envelope.js';
import { type FieldError, inWords } from '../prison/field-error.js';
import type { LocalDays } from '../prison/local-days.js';
import { isWrong, ROLL_COLUMNS, type RollEntry, rollEntry } from './roll-entry.js';
import { linesOfTable, type TableCell, type TableLine } from './roll-table.js';

/** Something that is wrong with a file: where, from 1. */
interface RollProblem {
  readonly line: number;
  readonly column: number;
  /** May hold the value: for whoever has the file, never for a log. */
  readonly message: string;
}

/** What a file says: its entries, or everything that is wrong with it. */
export interface RollReading {
  readonly entries: readonly RollEntry[];
  readonly problems: readonly RollProblem[];
}

/** An entry, and where each member of it stands. */
interface PlacedEntry {
  readonly line: number;
  readonly written: Readonly<Record<string, unknown>>;
  readonly columnOf: (field: string) => number;
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads the roll of a prison: CSV with a heading, or NDJSON (docs/roll.md). Half a roll looks as if people were missing, so
 * nothing is taken from a file in which something is wrong.
 */
export const readRoll = async (text: string, days: LocalDays): Promise<RollReading> => {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const lines = content.trimStart().startsWith('{') ? await linesOfNdjson(content) : entriesOfTable(content);
  const entries: RollEntry[] = [];
  const problems: RollProblem[] = [];
  const seen = new Map<string, number>();
  for (const one of lines) {
    const found = 'problem' in one ? [one] : problemsIn(one, days, entries, seen);
    problems.push(...found.map((each) => ('problem' in each ? asProblem(each) : each)));
  }
  if (entries.length + problems.length === 0)
    problems.push({ line: 1, column: 1, message: 'holds nobody: this is no roll.' });
  return { entries: problems.length > 0 ? [] : entries, problems };
};

interface LineProblem {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

const asProblem = ({ line, column, problem }: LineProblem): RollProblem => ({ line, column, message: problem });

/** Takes an entry in, or says what is wrong with it. */
const problemsIn = (
  { line, written, columnOf }: PlacedEntry,
  days: LocalDays,
  entries: RollEntry[],
  seen: Map<string, number>,
): RollProblem[] => {
  const entry = rollEntry(written, days);
  if (isWrong(entry)) return entry.map((error) => placed(error, line, columnOf));
  const before = seen.get(entry.prisonNumber);
  if (before !== undefined) {
    const column = columnOf('prisonNumber');
    return [{ line, column, message: `prisonNumber: ${entry.prisonNumber} is on line ${before} already` }];
  }
  seen.set(entry.prisonNumber, line);
  entries.push(entry);
  return [];
};

const placed = (error: FieldError, line: number, columnOf: (field: string) => number): RollProblem => ({
  line,
  column: columnOf(error.field),
  message: inWords(error),
});

const linesOfNdjson = async (text: string): Promise<(PlacedEntry | LineProblem)[]> => {
  const texts = text.split('\n');
  const found: (PlacedEntry | LineProblem)[] = [];
  for await (const lines of readNdjson(bytesOf(text))) found.push(...lines.map((line) => entryOf(line, texts)));
  return found;
};

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

const entryOf = (line: NdjsonLine, texts: readonly string[]): PlacedEntry | LineProblem => {
  if (!('value' in line)) return { line: line.line, column: line.column ?? 1, problem: line.problem };
  if (!isObject(line.value))
    return { line: line.line, column: 1, problem: 'must be a JSON object: {"prisonNumber": …}' };
  const text = texts[line.line - 1] ?? '';
  return {
    line: line.line,
    written: line.value,
    columnOf: (field) => Math.max(text.indexOf(`"${field}"`), 0) + 1,
  };
};

const entriesOfTable = (text: string): (PlacedEntry | LineProblem)[] => {
  const [heading, ...lines] = linesOfTable(text);
  if (!heading) return [];
  const columns = headingOf(heading);
  if ('problem' in columns) return [columns];
  return lines.map((line) => ('problem' in line ? line : entryOfCells(line.line, line.cells, columns.names)));
};

const headingOf = (heading: TableLine): LineProblem | { readonly names: readonly string[] } => {
  if ('problem' in heading) return heading;
  const names = heading.cells.map(({ text }) => text);
  const wrong = heading.cells.find(({ text }, index) => text !== ROLL_COLUMNS[index]);
  if (wrong === undefined && names.length === ROLL_COLUMNS.length) return { names };
  const problem = `the heading must be ${ROLL_COLUMNS.join(',')}`;
  return { line: heading.line, column: wrong?.column ?? heading.cells.at(-1)?.column ?? 1, problem };
};

const entryOfCells = (
  line: number,
  cells: readonly TableCell[],
  names: readonly string[],
): PlacedEntry | LineProblem => {
  if (cells.length !== names.length) {
    const problem = `has ${cells.length} cells, and the heading ${names.length}`;
    return { line, column: cells.at(Math.min(cells.length, names.length) - 1)?.column ?? 1, problem };
  }
  const filled = cells.flatMap(({ text }, index) => (text === '' ? [] : [[names[index] ?? '', text] as const]));
  return {
    line,
    written: Object.fromEntries(filled),
    columnOf: (field) => cells[names.indexOf(field)]?.column ?? 1,
  };
};
