import type { Request } from 'express';
import type { IncomingMessage } from 'node:http';
import { inCapitals, isPrisonNumber } from '../prison/prison-number.js';

const MEMBERS = new Set(['prisonNumber', 'prisonNumbers', 'removedPrisonNumber']);

/** Knows who a safety alert is about. */
export interface PersonOfAlert {
  /** The prison number; nothing for an alert that is not there. */
  personOf(alertId: string): string | undefined;
}

/** Nest's token for {@link PersonOfAlert}; the application provides it. */
export const PERSON_OF_ALERT = Symbol('PersonOfAlert');

/** The people whom requests are about, besides those named in the requests and answers. */
const noted = new WeakMap<IncomingMessage, Set<string>>();

/** Notes the prison numbers that a request is about, where its body is a stream or its answer is not JSON. */
export const noteSubjects = (request: IncomingMessage, prisonNumbers: Iterable<string>): void => {
  const people = noted.get(request) ?? new Set();
  noted.set(request, people);
  for (const prisonNumber of prisonNumbers) people.add(prisonNumber);
};

/** The prison numbers that {@link noteSubjects} noted. */
export const notedSubjects = (request: IncomingMessage): ReadonlySet<string> => noted.get(request) ?? new Set();

/** The prison numbers in the path, query and body of a request, and that of the alert in its path. */
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
