import { csvOf } from '../answers/csv.js';
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

/** The records as one table, a record a line. */
export const recordsCsv = (records: readonly AccessRecordBody[]): string =>
  csvOf(
    COLUMNS,
    records.map((record) =>
      COLUMNS.map((column) => (column === 'prisonNumbers' ? record[column].join(' ') : record[column])),
    ),
  );
