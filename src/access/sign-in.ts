import type { NextFunction, Request, Response } from 'express';
import type { IncomingMessage } from 'node:http';
import { type Caller, callerOf, LOCAL, remember } from './caller.js';
import { AccessError } from './errors.js';

/** How callers are recognised. */
export interface SignIn {
  /** @throws NotSignedIn, InvalidToken, IssuerUnreachable */
  callerOf(request: IncomingMessage): Promise<Caller>;
  /** The code of what keeps everybody from signing in, if anything does just now. */
  trouble(): Promise<string | undefined>;
}

/** Nest's token for the {@link SignIn}; not there where there is none. */
export const SIGN_IN = Symbol('SignIn');

/** AUTH=off: everybody is `local`. Only for a service that lets in nobody but this machine. */
export const noSignIn: SignIn = {
  callerOf: () => Promise.resolve(LOCAL),
  trouble: () => Promise.resolve(undefined),
};

/** Recognises the sender of each request. Others may go on to the routes that are open to all. */
export const recogniseWith =
  (signIn: SignIn) =>
  async (request: IncomingMessage, _response: unknown, next: () => void): Promise<void> => {
    const caller = await signIn.callerOf(request).catch((error: unknown) => {
      if (error instanceof AccessError) return error;
      throw error;
    });
    remember(request, caller);
    next();
  };

const READING = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a request wants to change nothing, as its method says. */
export const onlyReads = ({ method = '' }: Pick<IncomingMessage, 'method'>): boolean => READING.includes(method);

/** What is open to all changes nothing, so a stranger's request to change something ends before its body is read. */
export const onlyCallersWrite = (request: Request, _response: Response, next: NextFunction): void => {
  if (!onlyReads(request)) callerOf(request);
  next();
};
