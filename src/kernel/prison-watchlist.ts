import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import { prisonIn, PrisonWeeks } from './prison-weeks.js';
import { RememberedPerson } from './remembered-person.js';
import { Rulebook } from './rulebook.js';
import { Silences } from './silences.js';
import { playSteps } from './steps.js';
import type { TransitionOf } from './transition.js';
import { Watchlist } from './watchlist.js';
import type { WeekShare } from './week-shares.js';

/** From an instant on this is what somebody adds to the key work of prisons. */
export interface ShareChange {
  readonly prisonNumber: string;
  readonly shares: readonly WeekShare[];
  readonly at: Instant;
}

const NOTHING: readonly WeekShare[] = [];

/**
 * The prisons that the rules watch (decision 0045). Nothing is told of them: how their key work goes comes of what was
 * decided about people. The caller decides on the people of an instant first.
 */
export class PrisonWatchlist {
  readonly watchlist: Watchlist;
  private readonly weeks: PrisonWeeks;

  /**
   * @param rulebook of people; nothing is decided about prisons where no rule is about them
   * @param silences as for {@link Watchlist}
   */
  constructor(
    rulebook: Rulebook,
    days: LocalDays,
    private readonly isWatched: (prison: string) => boolean = () => true,
    silences = new Silences(),
  ) {
    this.weeks = new PrisonWeeks(days);
    const rules = rulebook.about('prison') ?? new Rulebook([], days);
    this.watchlist = new Watchlist(rules, days, isWatched, silences, this.weeks);
  }

  /** By prison number, to be written down. */
  get memory(): PrisonWeeks['memory'] {
    return this.weeks.memory;
  }

  /** Takes up what was written down, before any prison is. */
  recall(memory: PrisonWeeks['memory']): void {
    this.weeks.recall(memory);
  }

  /** Somebody was decided about: from `t` on this is what they add. */
  follow(people: Watchlist, prisonNumber: string, t: Instant): void {
    const person = people.person(prisonNumber);
    if (person instanceof RememberedPerson) return;
    this.take({ prisonNumber, shares: person?.weekShares ?? NOTHING, at: t });
  }

  take({ prisonNumber, shares, at }: ShareChange): void {
    for (const prisonId of this.weeks.put(prisonNumber, shares, at)) {
      const prison = prisonIn(prisonId);
      if (this.isWatched(prison)) this.watchlist.caseloadChanged(prison, at);
    }
  }
}

/**
 * Decides about prisons, with what people added to their key work when, in any order.
 * @param silences all that there were until then
 */
export const replayPrisons = (
  rulebook: Rulebook,
  days: LocalDays,
  changes: readonly ShareChange[],
  until: Instant,
  silences: Silences,
): TransitionOf[] => {
  const prisons = new PrisonWatchlist(rulebook, days, undefined, silences);
  const take = (change: ShareChange): void => {
    prisons.take(change);
  };
  const inOrder = [...changes].sort((a, b) => a.at - b.at);
  return playSteps(inOrder, take, prisons.watchlist, new Map(), until);
};
