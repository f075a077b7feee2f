import { InvalidReason } from './errors.js';

const REASON = /^[A-Za-z0-9][\w.:/-]{0,79}$/;

/** Why somebody looks, where they say so. @throws InvalidReason */
export const reasonOf = (header: string | string[] | undefined): string | undefined => {
  if (header === undefined || header === '') return undefined;
  if (typeof header === 'string' && REASON.test(header)) return header;
  throw new InvalidReason();
};
