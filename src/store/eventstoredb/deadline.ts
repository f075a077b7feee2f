import { setTimeout as after } from 'node:timers/promises';

/** Something took longer than it may. Whether it is done after all is not known. */
class TookTooLong extends Error {
  readonly code = 'TOOK_TOO_LONG';
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/**
 * The only timers of this folder. The client's own deadlines leave out finding the server, and its streams have none, so
 * every wait for the network is bounded here. Nothing of this says what time it is, or when anything falls due.
 * @throws TookTooLong
 */
export const within = <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new TookTooLong(milliseconds));
  }, milliseconds);
  return Promise.race([work, late.promise]).finally(() => {
    clearTimeout(timer);
  });
};

/** Waits, or until the signal comes. */
export const pause = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
  await Promise.allSettled([after(milliseconds, undefined, { signal })]);
};
