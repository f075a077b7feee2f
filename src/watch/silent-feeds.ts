import type { FeedRegister } from '../kernel/feed-terms.js';
import { isOff } from '../kernel/local-rule.js';
import type { Rulebook } from '../kernel/rulebook.js';
import { join } from '../kernel/say/join.js';
import type { Transition } from '../kernel/transition.js';
import type { Watchlist } from '../kernel/watchlist.js';
import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';

/** A feed of a prison that is silent, so that some rules wait there. */
export interface SilentFeed {
  readonly prisonId: string;
  readonly feed: string;
  /** Everything that it delivers has been told up to here. */
  readonly completeUntil: Instant;
  /** The ids of the rules that say nothing of anybody there before it is heard again. */
  readonly rules: readonly string[];
  /** How many events have come of it since, and do not count before it is heard again. */
  readonly held: number;
}

interface SilentFeedsTerms {
  readonly rulebook: Rulebook;
  readonly days: LocalDays;
  /** The feeds that are known of. */
  readonly feeds?: FeedRegister | undefined;
}

/** Which feeds are silent, and what waits for them. */
export class SilentFeeds {
  constructor(
    private readonly people: Pick<Watchlist, 'silences' | 'held'>,
    private readonly terms: SilentFeedsTerms,
  ) {}

  /** Those that are silent at the present instant. */
  at(present: Instant): readonly SilentFeed[] {
    const { terms } = this;
    const { silences, held } = this.people;
    return [...silences.prisonsAffected].flatMap((prisonId) =>
      silences.silentIn(prisonId).map(({ feed, ...silent }) => {
        const delivers = terms.feeds?.get(feed)?.delivers ?? [];
        const unknown = delivers.filter((type) => silences.covers(prisonId, [type], present));
        const { plan } = terms.rulebook.inForce(prisonId, present);
        const waits = plan.rules.filter(
          ({ rule, reliesOn }) => !isOff(rule) && reliesOn.some((type) => unknown.includes(type)),
        );
        const rules = waits.map(({ rule }) => rule.id);
        return { ...silent, prisonId, feed, rules, held: held.count(prisonId, delivers) };
      }),
    );
  }

  /** Why nobody can say whether an alert still stands. */
  sayUnknown({ prisonId, rule }: Pick<Transition, 'prisonId' | 'rule'>, present: Instant): string {
    const silent = this.at(present).filter((one) => one.prisonId === prisonId && one.rules.includes(rule.id));
    const since = silent.map(({ feed, completeUntil }) => `${feed} since ${this.terms.days.sayInstant(completeUntil)}`);
    return `Nobody can say whether this is still so: nothing has come of ${join(since, 'and')}. It stays open until it is known.`;
  }
}
