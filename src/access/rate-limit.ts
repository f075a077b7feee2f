import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { IncomingMessage } from 'node:http';
import { callerOrNobody } from './caller.js';
import { TooManyRequests } from './errors.js';
import { MINUTE } from '../prison/instant.js';

/** Whoever asks how the service is must be told, however many others share the address. */
const NEVER_LIMITED = /^\/(health|health\/liveness|health\/readiness|ping)$/;

/**
 * So many requests a minute for each caller; those who are not recognised count by their address.
 * @param limit requests
 */
export const atMostEachMinute = (limit: number): RequestHandler =>
  rateLimit({
    limit,
    windowMs: MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: ({ path }) => NEVER_LIMITED.test(path),
    keyGenerator: (request) => keyOf(request) ?? ipKeyGenerator(request.ip ?? ''),
    handler: (_request, _response, next) => {
      next(new TooManyRequests(limit));
    },
    // Whether a header says of an address what counts is up to the proxies that the settings trust.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
  });

const keyOf = (request: IncomingMessage): string | undefined => {
  const caller = callerOrNobody(request);
  return caller && `${caller.kind} ${caller.name}`;
};
