import type { FeedRegister } from '../kernel/feed-terms.js';
import type { HeldEvents } from '../kernel/held-events.js';
import { isOff } from '../kernel/local-rule.js';
import type { Rulebook } from '../kernel/rulebook.js';
import { join } from '../kernel/say/join.js';
import type { Silences } from '../kernel/silences.js';
import type { Transition } from '../kernel/transition.js';
import type { Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';

/** A feed of a prison that is silent, so that some rules wait there. */
export interface SilentFeed {
  readonly prisonId: string;
  readonly feed: string;
  /** Everything that it delivers has been told up to here. */
  readonly completeUntil: Instant;
  /** The ids of the rules that say nothing of anybody there, nor of the prison, before it is heard again. */
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

/** Others than people of whom nobody can say anything while a feed is silent. */
const WHO_WAIT = ['key-worker', 'prison'] as const;

/** Which feeds are silent, and what waits for them. */
export class SilentFeeds {
  constructor(
    private readonly silences: Silences,
    /** What waits of people, and of key workers. */
    private readonly held: readonly HeldEvents[],
    private readonly terms: SilentFeedsTerms,
  ) {}

  /** How many events wait for them, by prison; 0 where some waited once. */
  get heldByPrison(): ReadonlyMap<string, number> {
    const sizes = this.held.flatMap((held) => [...held.sizes]);
    return new Map(
      [...Map.groupBy(sizes, ([prisonId]) => prisonId)].map(([prisonId, each]) => [
        prisonId,
        each.reduce((sum, [, size]) => sum + size, 0),
      ]),
    );
  }

  /** Those that are silent at the present instant. */
  at(present: Instant): readonly SilentFeed[] {
    const { terms, silences, held } = this;
    const { rulebook } = terms;
    const rulebooks = [rulebook, ...WHO_WAIT.flatMap((subject) => rulebook.about(subject) ?? [])];
    return [...silences.prisonsAffected].flatMap((prisonId) =>
      silences.silentIn(prisonId).map(({ feed, ...silent }) => {
        const delivers = terms.feeds?.get(feed)?.delivers ?? [];
        const unknown = delivers.filter((type) => silences.covers(prisonId, [type], present));
        const planned = rulebooks.flatMap((one) => one.inForce(prisonId, present).plan.rules);
        const waits = planned.filter(
          ({ rule, reliesOn }) => !isOff(rule) && reliesOn.some((type) => unknown.includes(type)),
        );
        const rules = waits.map(({ rule }) => rule.id);
        const waiting = held.reduce((sum, one) => sum + one.count(prisonId, delivers), 0);
        return { ...silent, prisonId, feed, rules, held: waiting };
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
