import type { Prisons } from '../../access/prisons.js';
import { type PersonLine, personLine } from '../lines/person-line.js';
import { formerlyOf, type KnownPeople, type PersonHead } from '../person/person-head.js';
import { english } from '../words/english.js';

const words = english.alerts.search;
const SHORTEST = 2;
const MOST = 100;

/** Somebody who was found, perhaps by a number that was merged into theirs. */
type FoundPerson = PersonLine & Pick<PersonHead, 'formerly'>;

/** Who was found. */
export interface SearchPage {
  readonly heading: string;
  readonly found: readonly FoundPerson[];
  readonly advice: readonly string[];
  /** What was looked for, back in the field. */
  readonly sent: string;
}

/** Nobody has been looked for yet. */
export const EMPTY: SearchPage = { heading: words.title, found: [], advice: [], sent: '' };

export const searchPage = (
  sent: string,
  found: readonly string[],
  people: Pick<KnownPeople, 'person' | 'prisonName'>,
  prisons: Prisons,
): SearchPage => ({
  sent,
  heading: found.length === 0 ? words.none : words.many(found.length),
  advice: adviceFor(sent, found.length),
  found: found.map((prisonNumber) => ({
    ...personLine(prisonNumber, people, prisons),
    formerly: formerlyOf(people.person(prisonNumber)),
  })),
});

const adviceFor = (sent: string, count: number): string[] => {
  if (sent.trim().length < SHORTEST) return [words.tooShort];
  if (count === 0) return [words.noneFor, words.refine];
  return count >= MOST ? [words.most] : [];
};
