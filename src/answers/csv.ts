/** One cell: text, a number, yes or no, or nothing. */
export type Cell = string | number | boolean | null | undefined;

const BYTE_ORDER_MARK = '\uFEFF';
const FORMULA = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * A table as RFC 4180 has it: UTF-8 with a byte order mark, so that spreadsheets read names right, and lines that end in
 * CRLF. Text that a spreadsheet would take for a formula gets an apostrophe before it.
 */
export const csvOf = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK +
  [columns, ...rows].map((row) => `${columns.map((_, index) => cellOf(row[index])).join(',')}\r\n`).join('');

const cellOf = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
