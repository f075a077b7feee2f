/** One cell of a table, and the column of the text at which it begins, from 1. */
export interface TableCell {
  readonly text: string;
  readonly column: number;
}

/** One line of a table: its cells, or what is wrong with it. Lines are counted from 1, blank ones too. */
export type TableLine =
  | { readonly line: number; readonly cells: readonly TableCell[] }
  | { readonly line: number; readonly column: number; readonly problem: string };

const CELL = /"((?:[^"]|"")*)"|([^",]*)/y;

/** The lines of a table in CSV (RFC 4180) that are not blank; no cell goes on in the next line. */
export const linesOfTable = (text: string): TableLine[] =>
  text.split(/\r?\n/).flatMap((line, index) => (line.trim() === '' ? [] : [cellsIn(line, index + 1)]));

const cellsIn = (text: string, line: number): TableLine => {
  const cells: TableCell[] = [];
  for (let at = 0; at <= text.length;) {
    CELL.lastIndex = at;
    const [all = '', quoted, plain = ''] = CELL.exec(text) ?? [];
    cells.push({ text: (quoted?.replaceAll('""', '"') ?? plain).trim(), column: at + 1 });
    const end = at + all.length;
    if (end < text.length && text[end] !== ',')
      return {
        line,
        column: end + 1,
        problem: 'has something beside a quoted cell, or a quotation mark that is not closed',
      };
    at = end + 1;
  }
  return { line, cells };
};
