import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { onlyReads } from '../../access/sign-in.js';
import { WrongCsrfToken } from './errors.js';
import { sessionOf } from './session.js';

/** The member of a form that holds the token. */
const MEMBER = '_csrf';

/**
 * With the cookie of a sign-in, only a form of that sign-in changes anything: other sites can make a browser send the
 * cookie, but do not know the token. Stands before what every route does, and takes the token out of the form.
 * @throws WrongCsrfToken
 */
export const onlyOurForms = (request: Request): void => {
  const { person, csrfToken = '' } = sessionOf(request) ?? {};
  const { [MEMBER]: inForm, ...form } = formIn(request);
  if (person && !onlyReads(request) && !same(inForm ?? request.headers['x-csrf-token'], csrfToken))
    throw new WrongCsrfToken();
  if (inForm !== undefined) request.body = form;
};

const formIn = (request: Request): Readonly<Record<string, unknown>> =>
  request.is('application/x-www-form-urlencoded') ? (request.body as Record<string, unknown>) : {};

const same = (sent: unknown, expected: string): boolean => {
  if (typeof sent !== 'string' || expected === '') return false;
  const [a, b] = [Buffer.from(sent), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};
