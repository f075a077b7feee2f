import type { Prisons } from '../../access/prisons.js';
import type { People } from '../../custody/people/people.js';
import type { Name, PersonSummary } from '../../custody/people/person.js';
import type { AlertSummary } from '../../safety-alerts/list/alert-summary.js';
import { sayStaff } from './event-line.js';
import { sayFeed } from './feed-line.js';
import { english } from '../words/english.js';

/** Somebody in a list, or at the head of a page. */
export interface PersonLine {
  /** Empty where it is about no person. */
  readonly prisonNumber: string;
  /** Empty where there is no page about them. */
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
export const personLine = (
  prisonNumber: string,
  people: Pick<People, 'person' | 'prisonName'>,
  prisons: Prisons,
): PersonLine => {
  const person = people.person(prisonNumber);
  const isHere = person?.prisonId !== undefined && prisons.has(person.prisonId);
  return {
    prisonNumber,
    href: `/prisoners/${prisonNumber}`,
    name: person?.name ? listName(person.name) : words.noName,
    location: isHere ? placeOf(person, people) : '',
    flags: isHere ? flagsOf(person) : [],
  };
};

/** Whom a safety alert is about: a person, a key worker by the name of a member of staff, a prison, or a feed. */
export const aboutLine = (
  { prisonNumber, subject }: Pick<AlertSummary, 'prisonNumber' | 'subject'>,
  people: Pick<People, 'person' | 'prisonName' | 'staffName'>,
  prisons: Prisons,
): PersonLine => {
  if (prisonNumber !== null) return personLine(prisonNumber, people, prisons);
  const { kind = 'key-worker', id = '', prisonId = '' } = subject ?? {};
  const names = {
    'key-worker': () => words.keyWorker(sayStaff(id, (staffId) => people.staffName(staffId, prisons))),
    prison: () => words.prison,
    feed: () => words.feed(sayFeed(id)),
  };
  return { prisonNumber: '', href: '', name: names[kind](), location: people.prisonName(prisonId), flags: [] };
};

const words = english.lines;

const placeOf = ({ prisonId, location, away }: PersonSummary, people: Pick<People, 'prisonName'>): string => {
  if (away) return words.away;
  return [prisonId && people.prisonName(prisonId), location].filter((part) => part !== undefined).join(' ');
};

const flagsOf = ({ acct, segregated }: PersonSummary): string[] => [
  ...(acct ? [acct.state === 'OPEN' ? words.acctOpen : words.acctPostClosure] : []),
  ...(segregated ? [words.segregated] : []),
];
