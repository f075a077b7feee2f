import type { Response } from 'express';

/** Aborted once the connection is closed: nobody waits for the answer any more. */
export const leavingOf = (response: Response): AbortSignal => {
  const leaving = new AbortController();
  response.once('close', () => {
    leaving.abort();
  });
  return leaving.signal;
};
