import type { NextFunction, Request, Response } from 'express';

/** No answer is kept by a browser or a proxy: somebody else may use the machine next. */
export const noStore = (_request: Request, response: Response, next: NextFunction): void => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
