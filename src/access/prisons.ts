/** The prisons that somebody may look into, by prison id. */
export interface Prisons {
  has(prisonId: string): boolean;
}

export const ALL_PRISONS: Prisons = { has: () => true };
export const NO_PRISONS: Prisons = new Set<string>();

/** Prisons as they can be written down. */
export type PrisonList = readonly string[] | 'all';

/** @throws TypeError where they are neither all nor known one by one: they must not be written down as others */
export const listed = (prisons: Prisons): PrisonList => {
  if (prisons === ALL_PRISONS) return 'all';
  if (prisons instanceof Set) return [...(prisons as ReadonlySet<string>)].sort();
  throw new TypeError('These prisons cannot be listed.');
};

/** The same prisons again, from how they were written down. */
export const prisonsFrom = (list: PrisonList): Prisons => (list === 'all' ? ALL_PRISONS : new Set(list));
