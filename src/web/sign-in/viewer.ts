import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { type Caller, callerOf } from '../../access/caller.js';
import { NotSignedIn } from '../../access/errors.js';
import { prisonsLookedAt } from './location.js';
import { pageReaderOf } from './page-reader.js';

/** A parameter of a page's route: who is asking, with no more prisons than they look at just now. @throws NotSignedIn */
export const Viewer = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<IncomingMessage>();
  const person = pageReaderOf(request);
  if (!person) throw new NotSignedIn();
  const caller = callerOf(request);
  const location = { chosen: person.location, choices: person.locations };
  return { ...caller, prisons: prisonsLookedAt(caller, location) };
});
