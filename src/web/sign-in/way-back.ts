import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Request, Response } from 'express';
import { onlyReads } from '../../access/sign-in.js';
import { Errands } from './errands.js';
import { PUBLIC_URL } from './page-sign-in.js';

/** Whether a request comes from a browser. A caller without a preference is a program. */
export const wantsPage = (request: Request): boolean =>
  request.accepts(['application/json', 'text/html']) === 'text/html';

/** Whether a request opens a page. */
export const opensPage = (request: Request): boolean => request.method === 'GET' && wantsPage(request);

const HERE = 'http://here.invalid';
/** Pages on the way in, out and elsewhere: nobody wants to come back to them. */
const IN_PASSING = /^\/(sign-in|sign-out|signed-out|location)(\/|$)/i;
const LONGEST = 2_000;

/** A path of ours, as a browser would read it; nothing for what could lead anywhere else. */
export const safePath = (path: string): string | undefined => {
  if (path.length > LONGEST || !URL.canParse(path, HERE)) return undefined;
  const { origin, pathname, search } = new URL(path, HERE);
  // What a browser makes of `/.//elsewhere` begins with two slashes, and that is another host.
  const isOurs = path.startsWith('/') && origin === HERE && !pathname.startsWith('//');
  return isOurs && !IN_PASSING.test(pathname) ? pathname + search : undefined;
};

/** Leads people to the sign-in, and back to where they were. They carry the path with them, and never in an address. */
@Injectable()
export class WayBack {
  constructor(
    private readonly errands: Errands,
    @Optional() @Inject(PUBLIC_URL) private readonly publicUrl?: string,
  ) {}

  /** The page of ours that a form was on, if the browser says so. */
  sentFrom(request: Request): string | undefined {
    const { referer = '', host = '' } = request.headers;
    const ours = this.publicUrl ?? `http://${host}`;
    if (!URL.canParse(referer) || !URL.canParse(ours)) return undefined;
    const { origin, pathname, search } = new URL(referer);
    return origin === new URL(ours).origin ? safePath(pathname + search) : undefined;
  }

  /** Answers a request of somebody who has to sign in first. What a form held is not kept, and they will be told. */
  toSignIn(request: Request, response: Response): void {
    const isForm = !onlyReads(request);
    const path = isForm ? this.sentFrom(request) : safePath(request.originalUrl);
    // A form on a page of others leaves nothing with whoever has it open.
    if (path !== undefined)
      this.errands.give(request, response, { wayBack: path, ...(isForm && { nothingSaved: true }) });
    response.redirect(303, request.path === '/sign-out' ? '/signed-out' : '/sign-in');
  }
}
