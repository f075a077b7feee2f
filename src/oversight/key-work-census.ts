import { isOverdue } from '../key-work/delivery/bands.js';
import type { KeyWorkFigures } from '../key-work/delivery/key-work-figures.js';
import type { Clock } from '../store/clock.js';

/** How many people of a prison have not been seen. */
interface Unseen {
  neverSeen: number;
  overdue: number;
}

/** How many people were never seen, and how many are overdue, in each prison that anybody was ever heard of in. */
export class KeyWorkCensus {
  private counts: ReadonlyMap<string, Unseen> = new Map();

  constructor(
    private readonly figures: Pick<KeyWorkFigures, 'everyPrison' | 'standings'>,
    private readonly clock: Clock,
  ) {}

  /** As it was when it was last taken; by prison id. */
  get byPrison(): ReadonlyMap<string, Unseen> {
    return this.counts;
  }

  /** Counts everybody. It walks over all people, so it is taken once a scrape. */
  take(): void {
    const now = this.clock.now();
    const counts = new Map(Array.from(this.figures.everyPrison, (prison) => [prison, { neverSeen: 0, overdue: 0 }]));
    for (const standing of this.figures.standings()) {
      const unseen = counts.get(standing.prisonId ?? '');
      if (!unseen) continue;
      if (standing.neverSeen) unseen.neverSeen++;
      else if (isOverdue(standing, now)) unseen.overdue++;
    }
    this.counts = counts;
  }
}
