/** The prisons that somebody may look into, by prison id. */
export interface Prisons {
  has(prisonId: string): boolean;
}

export const ALL_PRISONS: Prisons = { has: () => true };
export const NO_PRISONS: Prisons = { has: () => false };
