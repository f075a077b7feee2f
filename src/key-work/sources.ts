import type { CustodyEvent } from '../custody/custody-event.js';
import type { Instant } from '../kernel/instant.js';

/** How far a feed of a prison says it is complete. */
export interface FeedReach {
  readonly feed: string;
  readonly completeUntil: Instant;
}

/** What each prison has ever recorded, of whomever: a kind of event that never came has perhaps no source. */
export class Sources {
  private readonly lastKnown = new Map<string, Map<string, Instant>>();
  private readonly feeds = new Map<string, Map<string, Instant>>();

  /** An event has become known. */
  take({ type, prisonId, data }: CustodyEvent, knownAt: Instant): void {
    if (type === 'FeedCompleteUntil')
      raise(this.feeds, prisonId, String(data['feed']), Date.parse(String(data['until'])));
    else raise(this.lastKnown, prisonId, type, knownAt);
  }

  /** When an event of any of these types last became known in a prison; nothing when none ever did. */
  lastOf(prisonId: string, types: readonly string[]): Instant | undefined {
    const ofPrison = this.lastKnown.get(prisonId);
    const instants = types.map((type) => ofPrison?.get(type) ?? -Infinity);
    const last = Math.max(...instants);
    return last === -Infinity ? undefined : last;
  }

  /** The feeds that ever reported from a prison. */
  feedsOf(prisonId: string): FeedReach[] {
    return Array.from(this.feeds.get(prisonId) ?? [], ([feed, completeUntil]) => ({ feed, completeUntil }));
  }
}

const raise = (all: Map<string, Map<string, Instant>>, prisonId: string, name: string, instant: Instant): void => {
  const ofPrison = all.get(prisonId) ?? new Map<string, Instant>();
  all.set(prisonId, ofPrison.set(name, Math.max(instant, ofPrison.get(name) ?? -Infinity)));
};
