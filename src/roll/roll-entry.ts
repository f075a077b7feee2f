import { DateOrInstant, PrisonNumber, Words } from '../custody/catalogue/kinds.js';
import { Is, Optional } from '../custody/catalogue/members.js';
import { Shape } from '../custody/catalogue/shape.js';
import type { FieldError } from '../prison/field-error.js';
import type { Instant } from '../prison/instant.js';
import { instantOf } from '../prison/iso-8601.js';
import type { LocalDays } from '../prison/local-days.js';
import { isNoPrison, isPrisonId, PRISON_ID } from '../prison/prison-id.js';
import type { Json } from '../store/event-store.js';

/** Somebody on the roll of a prison. */
export interface RollEntry {
  readonly prisonNumber: string;
  readonly prisonId: string;
  /** The cell, as the roll has it. Personal. */
  readonly location?: string;
  /** Since when they have been in this prison. */
  readonly since?: Instant;
}

/** An entry as a roll writes it. */
class WrittenEntry {
  @PrisonNumber() prisonNumber!: string;
  @Is({
    check: (value) => typeof value === 'string' && isPrisonId(value) && !isNoPrison(value),
    allowed: 'must be a prison id: three capital letters, such as XYI',
    schema: { type: 'string', pattern: PRISON_ID.source, example: 'XYI' },
    coded: true,
  })
  prisonId!: string;
  @Optional() @Words() location?: string;
  @Optional() @DateOrInstant() since?: string;
}

const SHAPE = new Shape(WrittenEntry);

/** The members of an entry, in the order in which a table has them. */
export const ROLL_COLUMNS = ['prisonNumber', 'prisonId', 'location', 'since'] as const;

/** What an entry is, or everything that is wrong with it. A date is the beginning of that day. */
export const rollEntry = (written: Json, days: LocalDays): RollEntry | readonly FieldError[] => {
  const { normal, errors } = SHAPE.read(written);
  if (errors.length > 0) return errors;
  const { since, ...entry } = normal as unknown as WrittenEntry;
  if (since === undefined) return entry;
  return { ...entry, since: instantOf(since) ?? days.startOf(days.named(since)) };
};

/** Whether it is what is wrong with an entry. */
export const isWrong = (entry: RollEntry | readonly FieldError[]): entry is readonly FieldError[] =>
  Array.isArray(entry);

/** As {@link rollEntry} reads it. */
export const asWritten = ({ since, ...entry }: RollEntry): Json => ({
  ...entry,
  ...(since !== undefined && { since: new Date(since).toISOString() }),
});
