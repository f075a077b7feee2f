import { feedReportOf, Feeds, type FeedsMemory } from '../custody/feeds.js';
import type { FeedRegister } from '../kernel/feed-terms.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { Instant } from '../prison/instant.js';

export interface SourcesMemory {
  /** By prison, the types of events. */
  readonly recorded: readonly (readonly [string, readonly string[]])[];
  readonly feeds: FeedsMemory;
}

/** What each prison has ever recorded, of whomever: a kind of event that never came has perhaps no source. */
export class Sources {
  readonly feeds: Feeds;
  private readonly recorded = new Map<string, Set<string>>();

  constructor(register?: FeedRegister) {
    this.feeds = new Feeds(register);
  }

  /** To be written down. */
  get memory(): SourcesMemory {
    const recorded = Array.from(this.recorded, ([prisonId, types]) => [prisonId, [...types]] as const);
    return { recorded, feeds: this.feeds.memory };
  }

  /** Takes up what was written down. */
  recall({ recorded, feeds }: SourcesMemory): void {
    for (const [prisonId, types] of recorded) this.recorded.set(prisonId, new Set(types));
    this.feeds.recall(feeds);
  }

  /** An event has become known. */
  take(event: Pick<Occurrence, 'type' | 'prisonId' | 'data'>, knownAt: Instant): void {
    const { type, prisonId } = event;
    const report = feedReportOf(event, knownAt);
    if (report) this.feeds.report(report);
    else this.recorded.set(prisonId, (this.recorded.get(prisonId) ?? new Set()).add(type));
  }

  /** Whether an event of any of these types ever became known in a prison. */
  everRecorded(prisonId: string, types: readonly string[]): boolean {
    const ofPrison = this.recorded.get(prisonId);
    return types.some((type) => ofPrison?.has(type));
  }
}
