import { instant, listOf, objectOf, text } from '../answers/schema.js';
import { toIso } from '../prison/instant.js';
import type { PersonRecord } from './person-record.js';

/** A number under which somebody was recorded until their records were merged. */
export interface ToldFormerNumber {
  readonly prisonNumber: string;
  /** ISO in UTC. */
  readonly until: string;
}

export const toldFormerNumbers = ({ formerNumbers }: PersonRecord): ToldFormerNumber[] =>
  formerNumbers.map(({ prisonNumber, until }) => ({ prisonNumber, until: toIso(until) }));

export const FORMER_NUMBERS = listOf(
  objectOf<ToldFormerNumber>({
    prisonNumber: text('Such as A1234BC'),
    until: instant('When the records were merged'),
  }),
  'Numbers that were merged into this one: what was told under them is included',
);
