import type { Prisons } from '../../access/prisons.js';
import type { Name, PersonSummary } from '../../custody/people/person.js';
import { english } from '../words/english.js';

/** Somebody in a list, or at the head of a page. */
export interface PersonLine {
  readonly prisonNumber: string;
  readonly href: string;
  /** `Smith, John`. */
  readonly name: string;
  /** Where they are, as far as it is for the reader: a prison that they have left is not told. */
  readonly location: string;
  /** What is to be seen at once: an open ACCT, segregation. */
  readonly flags: readonly string[];
}

/** `Smith, John`, as lists have it. */
export const listName = ({ firstName, lastName }: Name): string => `${lastName}, ${firstName}`;

/** @param prisons those of the reader */
export const personLine = (prisonNumber: string, person: PersonSummary | undefined, prisons: Prisons): PersonLine => {
  const isHere = person?.prisonId !== undefined && prisons.has(person.prisonId);
  return {
    prisonNumber,
    href: `/prisoners/${prisonNumber}`,
    name: person?.name ? listName(person.name) : words.noName,
    location: isHere ? placeOf(person) : '',
    flags: isHere ? flagsOf(person) : [],
  };
};

const words = english.lines;

const placeOf = ({ prisonId, location, away }: PersonSummary): string =>
  away ? words.away : [prisonId, location].filter((part) => part !== undefined).join(' ');

const flagsOf = ({ acct, segregated }: PersonSummary): string[] => [
  ...(acct ? [acct.state === 'OPEN' ? words.acctOpen : words.acctPostClosure] : []),
  ...(segregated ? [words.segregated] : []),
];
