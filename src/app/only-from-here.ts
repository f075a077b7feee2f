import type { NextFunction, Request, Response } from 'express';

/** A request that names another host than this machine, while there is no sign-in. */
class ForeignCaller extends Error {
  readonly code = 'FOREIGN_CALLER';
  constructor(header: string, value: string) {
    super(`${header} "${value.slice(0, 100)}" is not this machine. Without sign-in (AUTH=off) use http://127.0.0.1.`);
  }
}

const HERE = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Without sign-in only this machine is let in, and a page from elsewhere that is open in somebody's browser is not this
 * machine: a foreign `Host` (DNS rebinding) or `Origin` is refused. So is a page of another program on this machine.
 */
export const onlyFromHere = (request: Request, _response: Response, next: NextFunction): void => {
  const { host, origin } = request.headers;
  if (!isHere(`http://${host ?? ''}`)) throw new ForeignCaller('Host', host ?? '');
  if (origin !== undefined && !isOf(origin, host ?? '')) throw new ForeignCaller('Origin', origin);
  next();
};

const isOf = (origin: string, host: string): boolean => URL.canParse(origin) && new URL(origin).host === host;

const isHere = (url: string): boolean => URL.canParse(url) && HERE.has(new URL(url).hostname);
