import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustodyEvent } from '../../src/custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../../src/custody/read-custody-event.js';

const FOLDER = join(import.meta.dirname, 'histories');

/** Histories as prisons have them, each with what has to come of it. */
export const CASES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.expected.ndjson'))
  .map((name) => name.replace('.expected.ndjson', ''));

/** A history of one person, or of a few; the others are of crowds, and take long. */
export const isLife = (name: string): boolean => !name.startsWith('many-');

export const fileOf = (name: string): string => join(FOLDER, `${name}.ndjson`);

const linesOf = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

/** A history's events, as they are read from a file. */
export const eventsOf = (name: string): CustodyEvent[] =>
  linesOf(fileOf(name)).map((raw) => {
    const event = readCustodyEvent(raw, { now: Infinity, recordedAtDefault: 'occurredAt' });
    if (isRefusal(event)) throw new Error(`${name}: ${JSON.stringify(event.errors)}`);
    return event;
  });

interface Line {
  readonly at: string;
  readonly prisonNumber: string;
  readonly rule: string;
  readonly transition: string;
  readonly severity: string;
}

/** A transition in one line, as cases are compared. */
export const inOneLine = ({ at, prisonNumber, rule, transition, severity }: Line): string =>
  [at, prisonNumber, rule, transition, severity].join(' ');

export const expectedOf = (name: string): string[] =>
  linesOf(fileOf(name).replace('.ndjson', '.expected.ndjson')).map((line) => inOneLine(line as Line));
