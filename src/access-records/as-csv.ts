import type { AccessRecordBody } from './list-access-records.js';

const COLUMNS = [
  'at',
  'kind',
  'user',
  'client',
  'address',
  'access',
  'operation',
  'reason',
  'people',
  'prisonNumbers',
] as const satisfies (keyof AccessRecordBody)[];

/** The records as RFC 4180 has it, with a line of names. */
export const asCsv = (records: readonly AccessRecordBody[]): string =>
  [COLUMNS.join(','), ...records.map((record) => COLUMNS.map((column) => cell(record[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');

const cell = (value: string | number | readonly string[] = ''): string => {
  const text = typeof value === 'object' ? value.join(' ') : String(value);
  const plain = unlessFormula(text);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** A spreadsheet would carry out what begins like a formula; an apostrophe makes it text. */
const unlessFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
