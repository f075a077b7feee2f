/** How often a prison is to see everybody, and for how long. */
export interface KeyWorkPace {
  /** In how many weeks everybody is to be seen once. */
  readonly everyWeeks: number;
  /** How long a session is to be, on average. */
  readonly minutes: number;
}

/** How many sessions are due for so many days on which somebody was there. */
export const sessionsDueFor = (days: number, { everyWeeks }: Pick<KeyWorkPace, 'everyWeeks'>): number =>
  days / (7 * everyWeeks);
