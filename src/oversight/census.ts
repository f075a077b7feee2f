import type { Watchlist } from '../kernel/watchlist.js';

/** How many people are in custody in each prison that anybody was ever heard of in. */
export class Census {
  private counts: ReadonlyMap<string, number> = new Map();

  constructor(private readonly people: Pick<Watchlist, 'everybody'>) {}

  /** As it was when it was last taken; by prison id. */
  get byPrison(): ReadonlyMap<string, number> {
    return this.counts;
  }

  /** Counts everybody. It walks over all people, so it is taken once a scrape. */
  take(): void {
    const counts = new Map<string, number>();
    for (const [, { prisonId, inStay }] of this.people.everybody()) {
      if (prisonId !== undefined) counts.set(prisonId, (counts.get(prisonId) ?? 0) + (inStay ? 1 : 0));
    }
    this.counts = counts;
  }
}
