import { ALL_PRISONS, type Prisons } from './prisons.js';
import type { Instant } from '../prison/instant.js';
import type { Holder, Takeover } from '../prison/stay.js';

/** Knows which prison holds each person. */
export interface Holders {
  /**
   * Resolves once the log has been read: until then nobody counts as the holder, and no merge is known. For whoever must not
   * take that for an answer. @throws StoreUnavailable where it takes too long
   */
  readable(): Promise<void>;

  /** In transit the prison that sent the person. Nothing for somebody who is not known. */
  holderOf(prisonNumber: string): Holder | undefined;

  /** The arrival by which a prison lost the person within the last day, though nobody has told that they left. */
  takeoverOf(prisonNumber: string): Takeover | undefined;

  /** Every number that is or was theirs, the one that was kept first: itself where no records were merged. */
  numbersOf(prisonNumber: string): readonly string[];
}

/** Nest's token for the {@link Holders}; the application provides it. */
export const HOLDERS = Symbol('Holders');

/** Whether one of these prisons holds a person. Only those who see all prisons see a person whom no prison holds. */
export const hold = (prisons: Prisons, prisonNumber: string, holders: Pick<Holders, 'holderOf'>): boolean => {
  const holder = holders.holderOf(prisonNumber);
  return holder ? prisons.has(holder.prisonId) : prisons === ALL_PRISONS;
};

/**
 * What became known of a person before this instant, these prisons may read: all of it, for the prison that holds the
 * person; what was its own, for one that lost them and has not told that they left (decision 0034); else nothing.
 */
export const readableBefore = (prisons: Prisons, prisonNumber: string, holders: Holders): Instant => {
  if (hold(prisons, prisonNumber, holders)) return Infinity;
  const takeover = holders.takeoverOf(prisonNumber);
  return takeover && prisons.has(takeover.from) ? takeover.knownAt : -Infinity;
};
