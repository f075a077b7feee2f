import type { Request } from 'express';
import type { IncomingMessage } from 'node:http';
import { inCapitals, isPrisonNumber } from '../prison/prison-number.js';

const MEMBERS = new Set(['prisonNumber', 'prisonNumbers', 'removedPrisonNumber']);

/** Where it is known whom a safety alert is about. */
export interface PersonOfAlert {
  /** The prison number; nothing for an alert that is not there. */
  personOf(alertId: string): string | undefined;
}

/** Nest's token for {@link PersonOfAlert}; the application provides it. */
export const PERSON_OF_ALERT = Symbol('PersonOfAlert');

/** Whom requests turned out to be about, besides those who are named in them and in their answers. */
const noted = new WeakMap<IncomingMessage, Set<string>>();

/** For routes whose request is a stream, or whose answer is no JSON: says whom it is about. Prison numbers. */
export const noteSubjects = (request: IncomingMessage, prisonNumbers: Iterable<string>): void => {
  const people = noted.get(request) ?? new Set();
  noted.set(request, people);
  for (const prisonNumber of prisonNumbers) people.add(prisonNumber);
};

/** Whom {@link noteSubjects} was told of. */
export const notedSubjects = (request: IncomingMessage): ReadonlySet<string> => noted.get(request) ?? new Set();

/** Whom a request names in its path, query and body; the person of the alert that its path names. */
export const subjectsNamedIn = ({ params, query, body }: Request, alerts: PersonOfAlert): Set<string> => {
  const { id } = params;
  const people = subjectsIn([params, query, body]);
  add(people, query['prn']);
  if (typeof id === 'string') add(people, alerts.personOf(id));
  return people;
};

/** No answer names anybody deeper than this; what is sent may nest without end. */
const DEEPEST = 8;

/** The prison numbers in a JSON value, as docs/events.md writes them. */
export const subjectsIn = (value: unknown, people = new Set<string>(), depth = 0): Set<string> => {
  // Bytes, a PDF say, have a member for each of them, and name nobody.
  if (depth > DEEPEST || ArrayBuffer.isView(value)) return people;
  if (Array.isArray(value)) for (const item of value) subjectsIn(item, people, depth + 1);
  else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      const member = (value as Record<string, unknown>)[name];
      if (MEMBERS.has(name)) for (const one of [member].flat()) add(people, one);
      else if (typeof member === 'object') subjectsIn(member, people, depth + 1);
    }
  }
  return people;
};

const add = (people: Set<string>, value: unknown): void => {
  if (typeof value !== 'string' || value.length > 50 || people.has(value)) return;
  const prisonNumber = inCapitals(value);
  if (isPrisonNumber(prisonNumber)) people.add(prisonNumber);
};
