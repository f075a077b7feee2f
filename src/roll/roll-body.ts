import { isObject } from '../custody/envelope.js';
import { type FieldError, shown } from '../prison/field-error.js';
import { instantOf } from '../prison/iso-8601.js';
import { LocalDays } from '../prison/local-days.js';
import { isNoPrison, isPrisonId } from '../prison/prison-id.js';
import type { Roll } from './comparison.js';
import { InvalidRoll } from './errors.js';
import { isWrong, type RollEntry, rollEntry } from './roll-entry.js';

/** What somebody sent, and what is to be done with it. */
interface SentRoll {
  readonly roll: Roll;
  readonly correct: boolean;
  readonly accept: boolean;
}

const days = new LocalDays();
const MEMBERS = ['asAt', 'entries', 'correct', 'accept'];
const A_ROLL = 'must be an object: {"asAt": …, "entries": [{"prisonNumber": …}, …]}';

/** The roll of a prison as it is sent. @throws InvalidRoll, naming every field that is wrong */
export const readRollBody = (prisonId: string, body: unknown): SentRoll => {
  if (!isObject(body)) throw new InvalidRoll([{ field: 'body', value: shown(body), message: A_ROLL }]);
  const { asAt, entries, correct = false, accept = false } = body as Readonly<Record<string, unknown>>;
  const instant = typeof asAt === 'string' ? instantOf(asAt) : undefined;
  const list = Array.isArray(entries) ? (entries as readonly unknown[]) : undefined;
  const read = list?.map((entry, index) => entryAt(entry, index, prisonId)) ?? [];
  const errors: FieldError[] = [
    ...(isPrisonId(prisonId) && !isNoPrison(prisonId) ? [] : [wrong('prisonId', prisonId, 'must be a prison id')]),
    ...(instant === undefined ? [wrong('asAt', asAt, 'must be an instant with its offset from UTC')] : []),
    ...(list === undefined || list.length === 0 ? [wrong('entries', entries, 'must be a list of at least one')] : []),
    ...flag('correct', correct),
    ...flag('accept', accept),
    ...Object.keys(body)
      .filter((name) => !MEMBERS.includes(name))
      .map((name) => wrong(name, body[name], 'is no member of a roll')),
    ...read.flatMap((entry) => (isWrong(entry) ? entry : [])),
    ...twice(read),
  ];
  if (errors.length > 0 || instant === undefined) throw new InvalidRoll(errors);
  const roll = { prisonId, asAt: instant, entries: read.filter((entry) => !isWrong(entry)) as RollEntry[] };
  return { roll, correct: correct === true, accept: accept === true };
};

const wrong = (field: string, value: unknown, message: string): FieldError => ({ field, value: shown(value), message });

const flag = (field: string, value: unknown): FieldError[] =>
  typeof value === 'boolean' ? [] : [wrong(field, value, 'must be true or false')];

const entryAt = (entry: unknown, index: number, prisonId: string): RollEntry | readonly FieldError[] => {
  const field = `entries[${index}]`;
  if (!isObject(entry)) return [wrong(field, entry, 'must be an object: {"prisonNumber": …}')];
  const read = rollEntry({ prisonId, ...entry }, days);
  if (isWrong(read)) return read.map((error) => ({ ...error, field: `${field}.${error.field}` }));
  if (read.prisonId === prisonId) return read;
  return [wrong(`${field}.prisonId`, read.prisonId, `is another prison than ${prisonId}, whose roll this is`)];
};

const twice = (read: readonly (RollEntry | readonly FieldError[])[]): FieldError[] => {
  const seen = new Set<string>();
  return read.flatMap((entry, index) => {
    if (isWrong(entry) || !seen.has(entry.prisonNumber)) {
      if (!isWrong(entry)) seen.add(entry.prisonNumber);
      return [];
    }
    return [wrong(`entries[${index}].prisonNumber`, entry.prisonNumber, 'is on the roll twice')];
  });
};

/** For the description of the API. */
export const ENTRY_SCHEMA = {
  type: 'object',
  required: ['prisonNumber'],
  properties: {
    prisonNumber: { type: 'string', example: 'A1234BC' },
    prisonId: { type: 'string', example: 'XYI', description: 'The prison whose roll it is; may be left out' },
    location: { type: 'string', example: 'A-1-001' },
    since: { type: 'string', example: '2026-11-20', description: 'Since when they are there: a date or an instant' },
  },
};
