import { DAY, type Instant } from '../prison/instant.js';

/** Which feeds are expected to say how far they are complete: by name of the feed, the ids of the prisons. */
export type ExpectedFeeds = ReadonlyMap<string, ReadonlySet<string>>;

/** Nest's token for the {@link ExpectedFeeds}; the application provides it. */
export const EXPECTED_FEEDS = Symbol('ExpectedFeeds');

/** How a feed of a prison stands. */
export interface FeedStanding {
  readonly feed: string;
  readonly prisonId: string;
  /** Only a feed that is expected can be silent (docs/rules-meaning.md, "Truth"). */
  readonly isExpected: boolean;
  /** Everything up to here has been delivered; nothing while the feed has never reported. */
  readonly completeUntil: Instant | undefined;
}

/**
 * An expected feed is silent once it has been complete only up to longer ago than this, in milliseconds. The rule in
 * Prometheus says the same.
 */
const LONGEST_SILENCE = DAY;

/** Whether a feed was silent at an instant, though it is expected and has reported once. */
export const isSilent = ({ isExpected, completeUntil }: FeedStanding, at: Instant): boolean =>
  isExpected && completeUntil !== undefined && at - completeUntil > LONGEST_SILENCE;

export type FeedsMemory = readonly (readonly [string, readonly (readonly [string, Instant])[]])[];

/** How far each feed of each prison says that it is complete, and which feeds ought to say so. */
export class Feeds {
  private readonly completeUntil = new Map<string, Map<string, Instant>>();

  constructor(private readonly expected: ExpectedFeeds = new Map()) {}

  /** To be written down: by prison and feed. */
  get memory(): FeedsMemory {
    return Array.from(this.completeUntil, ([prisonId, feeds]) => [prisonId, [...feeds]] as const);
  }

  /** Takes up what was written down. */
  recall(prisons: FeedsMemory): void {
    for (const [prisonId, feeds] of prisons) this.completeUntil.set(prisonId, new Map(feeds));
  }

  /** A feed has reported. It cannot be complete beyond the instant at which that became known. */
  report(prisonId: string, feed: string, until: Instant, knownAt: Instant): void {
    const ofPrison = this.completeUntil.get(prisonId) ?? new Map<string, Instant>();
    this.completeUntil.set(prisonId, ofPrison);
    ofPrison.set(feed, Math.max(Math.min(until, knownAt), ofPrison.get(feed) ?? -Infinity));
  }

  /** The feeds of a prison that are expected, or ever reported. */
  of(prisonId: string): FeedStanding[] {
    const reported = this.completeUntil.get(prisonId);
    const expected = [...this.expected].filter(([, prisons]) => prisons.has(prisonId)).map(([feed]) => feed);
    return Array.from(new Set([...expected, ...(reported?.keys() ?? [])]), (feed) => this.standingOf(feed, prisonId));
  }

  /** Every expected feed of every prison. */
  allExpected(): FeedStanding[] {
    return [...this.expected].flatMap(([feed, prisons]) =>
      Array.from(prisons, (prisonId) => this.standingOf(feed, prisonId)),
    );
  }

  private standingOf(feed: string, prisonId: string): FeedStanding {
    const isExpected = this.expected.get(feed)?.has(prisonId) ?? false;
    return { feed, prisonId, isExpected, completeUntil: this.completeUntil.get(prisonId)?.get(feed) };
  }
}
