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
