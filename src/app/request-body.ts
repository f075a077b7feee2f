import { isUtf8 } from 'node:buffer';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Request, type RequestHandler, type Response, text, urlencoded } from 'express';
import { onlyReads } from '../access/sign-in.js';
import { BODY_TERMS, type BodyTerms, SHORT } from '../answers/body-terms.js';
import { asForm, takesForms } from '../web/forms.js';
import { onlyOurForms } from '../web/sign-in/csrf.js';
import { jsonInTurns } from './json-in-turns.js';
import { UnreadableBody } from './unreadable-body.js';

const JSON_TYPE = 'application/json';
const NDJSON_TYPE = 'application/x-ndjson';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/**
 * Reads the body of a request, for the routes. Stands behind the guard that knows the roles: of who may not use a route
 * nothing is read, however much they send.
 */
@Injectable()
export class BodyReader implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws UnreadableBody, WrongCsrfToken */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    const terms = this.reflector.get<BodyTerms | undefined>(BODY_TERMS, context.getHandler()) ?? SHORT;
    onlyKnownTypes(request, terms);
    onlyAsLong(request, terms);
    const { json, form } = parsersFor(terms.limit);
    await parsedBy(json, request, response);
    if (typeof request.body === 'string') request.body = await jsonInTurns(request.body);
    await parsedBy(form, request, response);
    onlyPlainForms(request);
    onlyOurForms(request);
    return true;
  }
}

/** Lets through what can be understood: a body of another type would be passed over, and what it says be lost. */
const onlyKnownTypes = (request: Request, { ndjson }: BodyTerms): void => {
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = request.headers;
  const known = takesForms(request.path) ? [FORM_TYPE] : [JSON_TYPE, ...(ndjson ? [NDJSON_TYPE] : [])];
  if (length !== '0' && request.is(known) === false)
    throw unsupported(`The body must be ${known.join(' or ')}: say so in Content-Type.`);
  if (request.is(NDJSON_TYPE) && encoding !== 'identity')
    throw unsupported(`NDJSON must not be compressed: leave out Content-Encoding.`);
};

/** The parser would answer only once all has come that was announced. */
const onlyAsLong = (request: Request, { limit }: BodyTerms): void => {
  if (!request.is(NDJSON_TYPE) && Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
};

const unsupported = (message: string) => new UnreadableBody(415, 'UNSUPPORTED_MEDIA_TYPE', message);

/** The body parser would put a substitute for every byte that it cannot read. */
const onlyUtf8 = (_request: unknown, _response: unknown, body: Buffer, encoding: string): void => {
  if (encoding !== 'utf-8' || !isUtf8(body)) throw new TypeError('not UTF-8');
};

/** Browsers send a form's letters as their UTF-8 bytes, each as `%` and two digits. */
const onlyUtf8Within = (request: unknown, response: unknown, body: Buffer, encoding: string): void => {
  onlyUtf8(request, response, body, encoding);
  decodeURIComponent(body.toString());
};

interface BodyParsers {
  /** Leaves JSON as text. */
  readonly json: RequestHandler;
  readonly form: RequestHandler;
}

const parsers = new Map<number, BodyParsers>();

/** @param limit in bytes */
const parsersFor = (limit: number): BodyParsers => {
  const made = parsers.get(limit) ?? {
    json: text({ type: JSON_TYPE, limit, verify: onlyUtf8 }),
    form: urlencoded({ limit, extended: false, verify: onlyUtf8Within }),
  };
  parsers.set(limit, made);
  return made;
};

const parsedBy = (parser: RequestHandler, request: Request, response: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    void parser(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(inOurWords(error));
    });
  });

/** A form is a form even where nothing was filled in, and says each thing once: see {@link asForm}. */
const onlyPlainForms = (request: Request): void => {
  if (!takesForms(request.path) || onlyReads(request)) return;
  const form = asForm((request.body ?? {}) as Readonly<Record<string, unknown>>);
  if (!form)
    throw new UnreadableBody(400, 'UNREADABLE_FORM', 'The form says the same thing twice. Send it from its page.');
  request.body = form;
};

/** What the body parser refuses, in words that say what to do and quote nothing of what was sent. */
const inOurWords = (error: unknown): Error => {
  const { type, limit } = error as Readonly<Record<'type' | 'limit', unknown>>;
  if (type === 'entity.verify.failed') return new UnreadableBody(400, 'NOT_UTF8', 'The body must be valid UTF-8.');
  return type === 'entity.too.large' ? tooLarge(Number(limit)) : (error as Error);
};

/** @param limit in bytes */
const tooLarge = (limit: number) =>
  new UnreadableBody(
    413,
    'PAYLOAD_TOO_LARGE',
    `The body is larger than ${limit / 1024} KiB, the most that is taken here. Custody events may be more as NDJSON.`,
  );
