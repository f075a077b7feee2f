import { isUtf8 } from 'node:buffer';
import type { NextFunction, Request, Response } from 'express';
import { onlyReads } from '../access/sign-in.js';
import { columnOfError } from '../custody/json-column.js';
import { saysTwice } from '../custody/ndjson.js';
import { doubledMember } from '../prison/doubled-member.js';
import { asForm, takesForms } from '../web/forms.js';

const JSON_TYPE = 'application/json';
const NDJSON_TYPE = 'application/x-ndjson';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const TAKES_NDJSON = /^\/custody-events\/?$/i;

/** A body that cannot be read. Nothing was stored, and the message repeats nothing of it. */
class UnreadableBody extends Error {
  constructor(
    readonly status: 400 | 413 | 415,
    readonly code: string,
    message: string,
  ) {
    super(`${message} Nothing was stored.`);
  }
}

/** Lets through what can be understood: a body of another type would be passed over, and what it says be lost. */
export const onlyKnownTypes = (request: Request, _response: Response, next: NextFunction): void => {
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = request.headers;
  const known = typesFor(request.path);
  if (length !== '0' && request.is(known) === false)
    throw unsupported(`The body must be ${known.join(' or ')}: say so in Content-Type.`);
  if (request.is(NDJSON_TYPE) && encoding !== 'identity')
    throw unsupported(`NDJSON must not be compressed: leave out Content-Encoding.`);
  next();
};

const typesFor = (path: string): string[] => {
  if (takesForms(path)) return [FORM_TYPE];
  return TAKES_NDJSON.test(path) ? [JSON_TYPE, NDJSON_TYPE] : [JSON_TYPE];
};

const unsupported = (message: string) => new UnreadableBody(415, 'UNSUPPORTED_MEDIA_TYPE', message);

/** The body parser would put a substitute for every byte that it cannot read. */
const onlyUtf8 = (_request: unknown, _response: unknown, body: Buffer, encoding: string): void => {
  if (encoding !== 'utf-8' || !isUtf8(body)) throw new TypeError('not UTF-8');
};

/** The parser would keep the last of two members with one name, and lose what the first one says. */
class DoubledMember extends Error {
  readonly type = 'member.doubled';
  constructor(readonly member: string) {
    super('A member stands twice in one object.');
  }
}

const onlyPlainJson = (request: unknown, response: unknown, body: Buffer, encoding: string): void => {
  onlyUtf8(request, response, body, encoding);
  const json = body.toString();
  const doubled = doubledMember(json, parsed(json));
  if (doubled !== undefined) throw new DoubledMember(doubled);
};

/** Nothing where it is no JSON: the parser says so. */
const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

/** In bytes. An array of 10,000 custody events takes about 4 MB; more belongs into NDJSON, which is streamed. */
const JSON_LIMIT = 8 * 1024 * 1024;

/** For the body parser. */
export const JSON_PARSING = { limit: JSON_LIMIT, strict: false, verify: onlyPlainJson };

/** Browsers send a form's letters as their UTF-8 bytes, each as `%` and two digits. */
const onlyUtf8Within = (request: unknown, response: unknown, body: Buffer, encoding: string): void => {
  onlyUtf8(request, response, body, encoding);
  decodeURIComponent(body.toString());
};

/** For the body parser. What people type into a form of a page is short. */
export const FORM_PARSING = { limit: '64kb', extended: false, verify: onlyUtf8Within };

/** A form is a form even where nothing was filled in, and says each thing once: see {@link asForm}. */
export const onlyPlainForms = (request: Request, _response: Response, next: NextFunction): void => {
  if (takesForms(request.path) && !onlyReads(request)) {
    const form = asForm((request.body ?? {}) as Readonly<Record<string, unknown>>);
    if (!form)
      throw new UnreadableBody(400, 'UNREADABLE_FORM', 'The form says the same thing twice. Send it from its page.');
    request.body = form;
  }
  next();
};

/** What the body parser refuses, in words that say what to do and quote nothing of what was sent. */
export const inOurWords = (error: unknown, _request: Request, _response: Response, next: NextFunction): void => {
  const { type, body, limit, member } = error as Readonly<Record<'type' | 'body' | 'limit' | 'member', unknown>>;
  if (type === 'entity.parse.failed') next(invalidJson(String(body)));
  else if (type === 'entity.verify.failed') next(notUtf8());
  else if (type === 'member.doubled') next(doubledIn(String(member)));
  else if (type === 'entity.too.large') next(tooLarge(Number(limit)));
  else next(error);
};

const invalidJson = (text: string): UnreadableBody => {
  const before = text.slice(0, columnOfError(text) - 1).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return new UnreadableBody(400, 'INVALID_JSON', `The body is not valid JSON from ${place} on.`);
};

const doubledIn = (member: string) => new UnreadableBody(400, 'DOUBLED_MEMBER', `The body ${saysTwice(member)}.`);

const notUtf8 = () => new UnreadableBody(400, 'NOT_UTF8', 'The body must be valid UTF-8.');

/** @param limit in bytes */
const tooLarge = (limit: number) =>
  new UnreadableBody(
    413,
    'PAYLOAD_TOO_LARGE',
    limit < JSON_LIMIT
      ? 'The form is larger than 64 kB.'
      : 'The body is larger than 8 MB. Send it in parts, or custody events as NDJSON, which may be larger.',
  );
