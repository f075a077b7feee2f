/** The kinds of value that members of custody events hold. */
import { isBroken, NOT_BROKEN } from '../../prison/broken-text.js';
import { isDate, isInstant } from '../../prison/iso-8601.js';
import { Is } from './members.js';
import { inCapitals, isPrisonNumber, PRISON_NUMBER } from '../../prison/prison-number.js';
import { FEED_NAME } from '../../prison/feed-name.js';
import { isUuid } from '../../prison/uuid.js';

export const OneOf = (values: readonly string[]): PropertyDecorator =>
  Is({
    check: (value) => typeof value === 'string' && values.includes(value),
    allowed: `must be one of ${values.join(', ')}`,
    schema: { type: 'string', enum: values },
    coded: true,
  });

export const YesNo = (): PropertyDecorator =>
  Is({
    check: (value) => typeof value === 'boolean',
    allowed: 'must be true or false, without quotation marks',
    schema: { type: 'boolean' },
    coded: true,
  });

/** @param more what else is to be said of it to whoever sent another value */
export const WholeNumber = (least: number, most: number, more = ''): PropertyDecorator =>
  Is({
    check: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
    allowed: `must be a whole number from ${least} ${most === Number.MAX_SAFE_INTEGER ? 'on' : `to ${most}`}, without quotation marks${more}`,
    schema: { type: 'integer', minimum: least, maximum: most },
    coded: true,
  });

/** An id of another system, such as a staff id, a user name or a charge number. It lies in the log in the clear. */
export const Id = (): PropertyDecorator =>
  Is({
    check: isId,
    allowed:
      "must be an id as its system writes it: at most 100 letters, digits and . _ : @ / + = # ' -, beginning with a letter " +
      'or digit, without spaces: words do not belong here, since an id cannot be erased',
    schema: { type: 'string', pattern: ID.source, example: 'XYI-000123' },
    coded: true,
  });

/** The code of a risk marker, as NOMIS writes it. */
export const MarkerCode = (): PropertyDecorator =>
  Is({
    check: (value) => typeof value === 'string' && MARKER_CODE.test(value),
    allowed: 'must be the NOMIS code of a risk marker: at most 12 capital letters and digits, such as HA',
    schema: { type: 'string', pattern: MARKER_CODE.source, example: 'HA' },
    coded: true,
  });

/** The name of a feed, as `config/feeds.yml` may have it. */
export const Feed = (): PropertyDecorator =>
  Is({
    check: (value) => typeof value === 'string' && FEED_NAME.pattern.test(value),
    allowed: `must be the name of a feed: ${FEED_NAME.allowed}`,
    schema: { type: 'string', pattern: FEED_NAME.pattern.source, example: 'case-notes' },
    coded: true,
  });

/** A name, or a few words. */
export const Words = (): PropertyDecorator => Is({ ...SHORT, coded: false });

export const ListOfText = (): PropertyDecorator =>
  Is({
    check: (value) => Array.isArray(value) && value.length <= 50 && value.every(isFreeText) && fitsTheLog(value),
    allowed: `must be a list of at most 50 texts, each of 1 to 4000 characters, together at most ${LONGEST_LIST}, ${NOT_BROKEN}`,
    schema: { type: 'array', maxItems: 50, items: { type: 'string', minLength: 1, maxLength: 4000 } },
    coded: false,
  });

export const FreeText = (): PropertyDecorator =>
  Is({
    check: isFreeText,
    allowed: `must be text of 1 to 4000 characters, ${NOT_BROKEN}`,
    schema: { type: 'string', minLength: 1, maxLength: 4000 },
    coded: false,
  });

/** A day of the prison's calendar. */
export const LocalDate = (): PropertyDecorator =>
  Is({
    check: isDate,
    allowed: 'must be a date that exists, such as 2026-11-20',
    schema: { type: 'string', format: 'date' },
    coded: true,
  });

export const Instant = (): PropertyDecorator =>
  Is({ check: isInstant, allowed: INSTANT_ALLOWED, schema: { type: 'string', format: 'date-time' }, coded: true });

export const DateOrInstant = (): PropertyDecorator =>
  Is({
    check: (value) => isDate(value) || isInstant(value),
    allowed: 'must be a date that exists, such as 2026-11-20, or a date and time with its offset from UTC',
    schema: { oneOf: [{ format: 'date' }, { format: 'date-time' }], type: 'string' },
    coded: true,
  });

/** The id of a custody event. */
export const Uuid = (): PropertyDecorator =>
  Is({
    check: isUuid,
    allowed: 'must be a UUID, such as 3f0c6a52-8f55-4c0e-9d6b-0a7a3a3c9f10',
    schema: { type: 'string', format: 'uuid' },
    coded: true,
    normalise: (text) => text.toLowerCase(),
  });

export const PrisonNumbers = (): PropertyDecorator =>
  Is({
    check: (value) => Array.isArray(value) && value.every(isPrisonNumber),
    allowed: 'must be a list of prison numbers, such as A1234BC',
    schema: { type: 'array', items: { type: 'string', pattern: PRISON_NUMBER.source } },
    coded: true,
  });

export const PrisonNumber = (): PropertyDecorator =>
  Is({
    check: isPrisonNumber,
    allowed: 'must be a prison number: a letter, four digits and two letters, such as A1234BC',
    schema: { type: 'string', pattern: PRISON_NUMBER.source, example: 'A1234BC' },
    coded: true,
    normalise: inCapitals,
  });

const INSTANT_ALLOWED =
  'must be a date and time that exist, with the offset from UTC (Z or +01:00), such as 2026-01-07T10:05:00+00:00';
const LONGEST_LIST = 30_000;
const ID = /^[A-Za-z0-9][A-Za-z0-9._:@/+=#'-]{0,99}$/;
const MARKER_CODE = /^[A-Z0-9]{1,12}$/;
const ONE_LINE = /^[^\s\p{C}](?:[^\p{C}\p{Zl}\p{Zp}]{0,98}[^\s\p{C}])?$/u;

const SHORT = {
  check: (value: unknown) => typeof value === 'string' && ONE_LINE.test(value),
  allowed: 'must be text of 1 to 100 characters on one line, with no space before or after it',
  schema: { type: 'string', minLength: 1, maxLength: 100 },
};

/** Whether a value looks like an id of another system: it cannot hold a line of words. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** Any event fits into one append of any store (store/append-size.ts), whatever characters it is written in. */
const fitsTheLog = (texts: readonly string[]): boolean =>
  texts.reduce((sum, text) => sum + text.length, 0) <= LONGEST_LIST;

const isFreeText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 4000 && value.trim().length > 0 && !isBroken(value);
