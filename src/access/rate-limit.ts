import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { IncomingMessage } from 'node:http';
import { type Caller, callerOf } from './caller.js';
import { AccessError, TooManyRequests } from './errors.js';
import { MINUTE } from '../prison/instant.js';

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
    keyGenerator: (request) => keyOf(request) ?? ipKeyGenerator(request.ip ?? ''),
    handler: (_request, _response, next) => {
      next(new TooManyRequests(limit));
    },
    // Addresses are those of the connection: what a header says of them is not believed, so it need not be checked.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
  });

const keyOf = (request: IncomingMessage): string | undefined => {
  const caller = callerOrNobody(request);
  return caller && `${caller.kind} ${caller.name}`;
};

const callerOrNobody = (request: IncomingMessage): Caller | undefined => {
  try {
    return callerOf(request);
  } catch (error) {
    if (error instanceof AccessError) return undefined;
    throw error;
  }
};
