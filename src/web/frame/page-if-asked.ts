import type { NextFunction, Request, Response } from 'express';

/** Addresses that give programs JSON (docs/http.md), and people a page. */
const BOTH = /^\/(rules(\/|$)|prisons(\/\w+\/watched)?$)/;

/** Where the pages at such addresses lie within. */
export const WITHIN = 'pages';

/** Leads whoever asks for a page to the page, and everybody else to the API, at one address. */
export const pageIfAsked = (request: Request, response: Response, next: NextFunction): void => {
  if (BOTH.test(request.path)) {
    response.vary('Accept');
    if (request.accepts(['application/json', 'text/html']) === 'text/html') request.url = `/${WITHIN}${request.url}`;
  }
  next();
};
