/** Kleene's three values: a condition whose source has gone quiet is neither true nor false. */
export type Truth = boolean | 'unknown';

export const not = (a: Truth): Truth => (a === 'unknown' ? a : !a);

/** True when all are; false as soon as one is; otherwise unknown. */
export const all = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes('unknown') ? 'unknown' : true;

/** True as soon as one is; false when all are; otherwise unknown. */
export const any = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes('unknown') ? 'unknown' : false;
