import type { People } from '../../custody/people/people.js';
import type { PersonSummary } from '../../custody/people/person.js';
import { comesToAge } from '../../prison/age.js';
import { sayDate, sayMoment } from '../frame/moments.js';
import { sayStaff, type StaffNames } from '../lines/event-line.js';
import { listName } from '../lines/person-line.js';
import { english } from '../words/english.js';

const words = english.person.who;

/** Where people and staff are looked up by number. */
export type KnownPeople = Pick<People, 'person' | 'prisonName'> & {
  readonly staffName: StaffNames;
  /** `2026-11-20`, the local day that it is. */
  readonly today: string;
};

/** The person that a page is about. */
export interface PersonHead {
  readonly prisonNumber: string;
  /** `Recorded under A1234BC until 3 March 2026; the records were merged`, for each number that was merged into this one. */
  readonly formerly: readonly string[];
  /** `Smith, John`; the prison number where no name is known. */
  readonly heading: string;
  /** Read aloud and shown as a badge; nothing where no ACCT is open. */
  readonly acct: string | undefined;
  readonly acctSince: string | undefined;
  readonly segregated: boolean;
  /** `On remand since 3 March 2026`; nothing where they are in no prison. */
  readonly legal: string | undefined;
  /** Nothing where the service knows who is where. */
  readonly location: string | undefined;
  /** `Under 18 until 3 March 2027`; nothing for who is 21, or whose date of birth is not known. Personal. */
  readonly age: string | undefined;
  readonly keyWorker: string | undefined;
  /** `Received at XYM on 4 January 2026 at 10:05. No departure from XYI is recorded.` */
  readonly takeover: string | undefined;
}

/** What the head of a page says of somebody. */
export const personHead = (prisonNumber: string, people: KnownPeople): PersonHead => {
  const person = people.person(prisonNumber);
  const { name, acct, takeover } = person ?? {};
  return {
    prisonNumber,
    formerly: formerlyOf(person),
    heading: name ? listName(name) : prisonNumber,
    acct: acct && words.acct[acct.state],
    acctSince: acct && words.acctSince(words.acct[acct.state], sayDate(acct.since)),
    segregated: person?.segregated ?? false,
    age: person && ageOf(person, people.today),
    legal: person?.inCustody ? legalOf(person) : undefined,
    location: person && locationOf(person, people),
    keyWorker: person && keyWorkerOf(person, people),
    takeover:
      takeover &&
      words.takenOver(people.prisonName(takeover.to), sayMoment(takeover.at), people.prisonName(takeover.from)),
  };
};

/** The numbers that were merged into somebody's, a line each. */
export const formerlyOf = (person: PersonSummary | undefined): readonly string[] =>
  (person?.formerNumbers ?? []).map(({ prisonNumber, until }) => words.recordedUnder(prisonNumber, sayDate(until)));

/** The names of staff, where they are known. */
export const staffNamesOf = (people: KnownPeople): StaffNames => people.staffName;

const locationOf = ({ prisonId, location, inCustody, away }: PersonSummary, people: KnownPeople): string => {
  if (prisonId === undefined) return words.locationNotKnown;
  const prison = people.prisonName(prisonId);
  if (!inCustody) return words.left(prison);
  const place = location === undefined ? prison : `${location}, ${prison}`;
  return away ? words.away(place) : place;
};

const YOUNG = [18, 21] as const;

/** The youngest of these ages to which they have yet to come. */
const ageOf = ({ dateOfBirth }: PersonSummary, today: string): string | undefined => {
  const ages = YOUNG.map((years) => ({ years, from: comesToAge(dateOfBirth, years) ?? '' }));
  const next = ages.find(({ from }) => today < from);
  return next && words.under(next.years, sayDate(next.from));
};

const legalOf = ({ legal }: PersonSummary): string =>
  legal ? words.legal(legal.status, sayDate(legal.since)) : words.legalNotRecorded;

const keyWorkerOf = ({ inCustody, keyWorker }: PersonSummary, people: KnownPeople): string | undefined => {
  if (!inCustody) return undefined;
  return keyWorker === undefined ? words.noKeyWorker : sayStaff(keyWorker, staffNamesOf(people));
};

/** The pages about somebody. @param active the one that is shown */
export const sectionsOf = (
  prisonNumber: string,
  active: 'overview' | 'events' | 'reviewPack',
  mayReadHistory: boolean,
) => {
  const at = `/prisoners/${prisonNumber}`;
  const { sections } = english.person;
  const item = (name: 'overview' | 'events' | 'reviewPack', href: string) => ({
    text: sections[name],
    href,
    active: name === active,
  });
  const all = [item('overview', at), item('events', `${at}/events`), item('reviewPack', `${at}/review-pack`)];
  return mayReadHistory ? all : all.slice(0, 1);
};
