import { ALL_PRISONS, type Prisons } from './prisons.js';
import type { Holder } from '../prison/stay.js';

/** Knows which prison holds each person. */
export interface Holders {
  /** In transit the prison that sent the person. Nothing for somebody who is not known. */
  holderOf(prisonNumber: string): Holder | undefined;

  /** Every number that is or was theirs, the one that was kept first: itself where no records were merged. */
  numbersOf(prisonNumber: string): readonly string[];
}

/** Nest's token for the {@link Holders}; the application provides it. */
export const HOLDERS = Symbol('Holders');

/** Whether one of these prisons holds a person. Only those who see all prisons see a person whom no prison holds. */
export const hold = (prisons: Prisons, prisonNumber: string, holders: Holders): boolean => {
  const holder = holders.holderOf(prisonNumber);
  return holder ? prisons.has(holder.prisonId) : prisons === ALL_PRISONS;
};
