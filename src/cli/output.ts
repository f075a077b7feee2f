import { once } from 'node:events';

const AT_ONCE = 64 * 1024;

/** Writes one line for each thing to standard output, waiting where the reader is slower. */
export const writeLines = async <T>(things: Iterable<T>, lineOf: (thing: T) => string): Promise<void> => {
  let waiting = '';
  const flush = async (): Promise<void> => {
    if (waiting !== '' && !process.stdout.write(waiting)) await once(process.stdout, 'drain');
    waiting = '';
  };
  for (const thing of things) {
    waiting += `${lineOf(thing)}\n`;
    if (waiting.length > AT_ONCE) await flush();
  }
  await flush();
};
/** Rows as lines of a table with a heading: every column as wide as its widest value, the last as it is. */
export const table = <T>(rows: readonly T[], columns: readonly (keyof T & string)[]): string[] => {
  const cells = [[...columns] as string[], ...rows.map((row) => columns.map((column) => textOf(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => (line[index] ?? '').length)));
  return cells.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
