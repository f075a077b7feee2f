import { Inject, Injectable } from '@nestjs/common';
import type { Prisons } from '../../access/prisons.js';
import { feedGainsOf, type FeedGains, type NotTold, type NotWatched, notWatchedWith } from '../../kernel/coverage.js';
import { NO_FEEDS } from '../../kernel/feed-terms.js';
import type { PrisonFile } from '../../kernel/language/read-prison-file.js';
import { sayNotTold } from '../../kernel/say/say-not-told.js';
import { NoSuchPrison } from '../../key-work/errors.js';
import { KeyWorkFigures } from '../../key-work/figures/key-work-figures.js';
import { KeyWorkProjection } from '../../key-work/figures/key-work-projection.js';
import { type Instant, toIso } from '../../prison/instant.js';
import { PrisonNames } from '../../prison/prison-names.js';
import { type Clock, CLOCK } from '../../store/clock.js';
import { LONGEST_WAIT } from '../../store/projection.js';
import { Watch } from '../../watch/watch.js';

/** A feed of a prison, and what it has told. Instants are ISO in UTC. */
export interface CoveredFeed {
  readonly feed: string;
  /** The prison declares it; else it is only expected of the prison, or reported for it. */
  readonly declared: boolean;
  readonly delivers: readonly string[];
  /** Everything up to here has been told; null while it never reported. */
  readonly completeUntil: string | null;
  /** When something that it delivers became known last, whoever told it; null where nothing ever did. */
  readonly lastHeard: string | null;
  readonly silent: boolean;
  /** The ids of the rules that say nothing before it is heard again. */
  readonly waiting: readonly string[];
}

/** A rule that cannot be watched in a prison. */
export interface UnwatchedRule extends NotTold {
  readonly rule: string;
  readonly name: string;
  /** `nobody tells us of segregation health screens` */
  readonly because: string;
}

/** A feed that a prison does not declare. */
export interface MissingFeed {
  readonly feed: string;
  readonly delivers: readonly string[];
  /** The ids of the rules that could be watched with it. */
  readonly watchable: readonly string[];
}

/** What a prison is told, and what cannot be watched there without what nobody tells. */
export interface PrisonCoverage extends Pick<FeedGains, 'together' | 'never'> {
  readonly prisonId: string;
  readonly name: string;
  readonly region: string | null;
  /** It declares no feeds, so that it counts as told everything. */
  readonly toldEverything: boolean;
  /** How many rules can be watched there. */
  readonly watched: number;
  readonly feeds: readonly CoveredFeed[];
  readonly notWatched: readonly UnwatchedRule[];
  /** The ids of those that need a key work scheme, where there is none now: they are about nobody, whatever is told. */
  readonly withoutScheme: readonly string[];
  readonly missing: readonly MissingFeed[];
}

const NONE: NotWatched = new Map();

/** Says of prisons what they are told, and what is therefore not watched there (docs/rules-meaning.md, "Coverage"). */
@Injectable()
export class CoverageReader {
  constructor(
    private readonly names: PrisonNames,
    private readonly watch: Watch,
    private readonly figures: KeyWorkFigures,
    private readonly projection: KeyWorkProjection,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The rules that cannot be watched in a prison. */
  notWatchedIn(prisonId: string): NotWatched {
    return this.watch.notWatched.get(prisonId) ?? NONE;
  }

  /** How many rules wait for a feed of the prison that is silent. */
  waitingIn(prisonId: string): number {
    return new Set(this.silentIn(prisonId).flatMap(({ rules }) => rules)).size;
  }

  /**
   * @param prisons those of whoever asks
   * @throws NoSuchPrison where it is none of theirs, or nobody was ever heard of there and it has no settings;
   *   StoreUnavailable
   */
  async of(prisonId: string, prisons: Prisons): Promise<PrisonCoverage> {
    await this.projection.readable(AbortSignal.timeout(LONGEST_WAIT));
    const file = this.fileOf(prisonId);
    const isKnown = this.figures.everyPrison.has(prisonId) || file !== undefined;
    if (!prisons.has(prisonId) || !isKnown) throw new NoSuchPrison(prisonId);
    const { rulebook, feeds = NO_FEEDS } = this.watch.rules;
    const { catalogue } = rulebook;
    const declared = file?.feeds;
    const hasScheme = this.figures.weeksAt(prisonId, this.clock.now()) !== undefined;
    const applying = catalogue.filter(({ keyWork }) => hasScheme || keyWork === undefined).map(({ id }) => id);
    const isApplying = (rule: string): boolean => applying.includes(rule);
    const { alone, together, never } = feedGainsOf(declared, feeds, catalogue);
    const notWatched = file ? this.notWatchedIn(prisonId) : notWatchedWith(undefined, feeds, catalogue);
    return {
      prisonId,
      name: this.names.of(prisonId),
      region: this.names.regionOf(prisonId) ?? null,
      toldEverything: declared === undefined,
      watched: applying.filter((rule) => !notWatched.has(rule)).length,
      feeds: this.feedsOf(prisonId, declared ?? []),
      notWatched: Array.from(notWatched, ([rule, notTold]) => ({
        rule,
        name: catalogue.find(({ id }) => id === rule)?.name ?? rule,
        because: sayNotTold(notTold.types),
        ...notTold,
      })),
      withoutScheme: catalogue.filter(({ id }) => !isApplying(id)).map(({ id }) => id),
      missing: Array.from(alone, ([feed, rules]) => ({
        feed,
        delivers: this.deliveredBy(feed),
        watchable: rules.filter(isApplying),
      })).filter(({ watchable }) => watchable.length > 0),
      together: together.filter(isApplying),
      never: never.filter(isApplying),
    };
  }

  private fileOf(prisonId: string): PrisonFile | undefined {
    return this.watch.rules.prisons?.find(({ settings }) => settings.prisonId === prisonId);
  }

  private feedsOf(prisonId: string, declared: readonly string[]): CoveredFeed[] {
    const { sources } = this.figures;
    const standing = new Map(sources.feeds.of(prisonId).map((one) => [one.feed, one]));
    const silent = new Map(this.silentIn(prisonId).map((one) => [one.feed, one]));
    return Array.from(new Set([...declared, ...standing.keys()]), (feed) => ({
      feed,
      declared: declared.includes(feed),
      delivers: this.deliveredBy(feed),
      completeUntil: isoOrNull(standing.get(feed)?.completeUntil),
      lastHeard: isoOrNull(sources.lastHeard(prisonId, this.deliveredBy(feed))),
      silent: silent.has(feed),
      waiting: silent.get(feed)?.rules ?? [],
    }));
  }

  private silentIn(prisonId: string) {
    return this.watch.silentFeeds.filter((one) => one.prisonId === prisonId);
  }

  private deliveredBy(feed: string): readonly string[] {
    return this.watch.rules.feeds?.get(feed)?.delivers ?? [];
  }
}

const isoOrNull = (instant: Instant | undefined): string | null => (instant === undefined ? null : toIso(instant));
