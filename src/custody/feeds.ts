import { type FeedRegister, type FeedReport, NO_FEEDS, USUAL_SILENCE } from '../kernel/feed-terms.js';
import type { Instant } from '../prison/instant.js';

/** Gives the feeds that are known of now: they may become others while the service runs. */
export type FeedsNow = () => FeedRegister;

/** Nest's token for {@link FeedsNow}; the application provides it. */
export const FEED_REGISTER = Symbol('FeedRegister');

/** How a feed of a prison stands. */
export interface FeedStanding {
  readonly feed: string;
  readonly prisonId: string;
  /** Only a feed that is expected can be silent (docs/rules-meaning.md, "Truth"). */
  readonly isExpected: boolean;
  /** It may go so long without saying how far it is complete, in milliseconds. */
  readonly allowedSilence: number;
  /** Everything up to here has been delivered; nothing while the feed has never reported. */
  readonly completeUntil: Instant | undefined;
}

/** Since when an expected feed is silent, if it does not report again before; nothing for one that cannot be silent. */
const silentFrom = ({ isExpected, completeUntil, allowedSilence }: FeedStanding): Instant | undefined =>
  isExpected && completeUntil !== undefined ? completeUntil + allowedSilence : undefined;

/** Whether a feed was silent at an instant, though it is expected and has reported once. */
export const isSilent = (standing: FeedStanding, at: Instant): boolean => {
  const from = silentFrom(standing);
  return from !== undefined && from <= at;
};

export type FeedsMemory = readonly (readonly [string, readonly (readonly [string, Instant])[]])[];

/** How far each feed of each prison says that it is complete, and which feeds ought to say so. */
export class Feeds {
  private readonly completeUntil = new Map<string, Map<string, Instant>>();

  constructor(private readonly register: FeedsNow = () => NO_FEEDS) {}

  /** To be written down: by prison and feed. */
  get memory(): FeedsMemory {
    return Array.from(this.completeUntil, ([prisonId, feeds]) => [prisonId, [...feeds]] as const);
  }

  /** Takes up what was written down. */
  recall(prisons: FeedsMemory): void {
    for (const [prisonId, feeds] of prisons) this.completeUntil.set(prisonId, new Map(feeds));
  }

  /** A feed has reported. It cannot be complete beyond the instant at which that became known. */
  report({ prisonId, feed, until, knownAt }: FeedReport): void {
    const ofPrison = this.completeUntil.get(prisonId) ?? new Map<string, Instant>();
    this.completeUntil.set(prisonId, ofPrison);
    ofPrison.set(feed, Math.max(Math.min(until, knownAt), ofPrison.get(feed) ?? -Infinity));
  }

  /** The feeds of a prison that are expected, or ever reported. */
  of(prisonId: string): FeedStanding[] {
    const reported = this.completeUntil.get(prisonId);
    const expected = [...this.register()]
      .filter(([, { expectedOf }]) => expectedOf.has(prisonId))
      .map(([feed]) => feed);
    return Array.from(new Set([...expected, ...(reported?.keys() ?? [])]), (feed) => this.standingOf(feed, prisonId));
  }

  /** Every expected feed of every prison. */
  allExpected(): FeedStanding[] {
    return [...this.register()].flatMap(([feed, { expectedOf }]) =>
      Array.from(expectedOf, (prisonId) => this.standingOf(feed, prisonId)),
    );
  }

  private standingOf(feed: string, prisonId: string): FeedStanding {
    const terms = this.register().get(feed);
    const isExpected = terms?.expectedOf.has(prisonId) ?? false;
    const allowedSilence = terms?.allowedSilence ?? USUAL_SILENCE;
    return { feed, prisonId, isExpected, allowedSilence, completeUntil: this.completeUntil.get(prisonId)?.get(feed) };
  }
}
