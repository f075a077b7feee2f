import { Feeds, type FeedsMemory, type FeedsNow } from '../custody/feeds.js';
import { feedReportOf } from '../kernel/feed.js';
import type { Occurrence } from '../kernel/occurrence.js';
import type { Instant } from '../prison/instant.js';

export interface SourcesMemory {
  /** By prison, the types of events, and when one became known last. */
  readonly recorded: readonly (readonly [string, readonly (readonly [string, Instant])[]])[];
  readonly feeds: FeedsMemory;
}

/** What each prison has ever recorded, of whomever: a kind of event that never came has perhaps no source. */
export class Sources {
  readonly feeds: Feeds;
  private readonly recorded = new Map<string, Map<string, Instant>>();

  constructor(register?: FeedsNow) {
    this.feeds = new Feeds(register);
  }

  /** To be written down. */
  get memory(): SourcesMemory {
    const recorded = Array.from(this.recorded, ([prisonId, types]) => [prisonId, [...types]] as const);
    return { recorded, feeds: this.feeds.memory };
  }

  /** Takes up what was written down. */
  recall({ recorded, feeds }: SourcesMemory): void {
    for (const [prisonId, types] of recorded) this.recorded.set(prisonId, new Map(types));
    this.feeds.recall(feeds);
  }

  /** An event has become known. */
  take(event: Pick<Occurrence, 'type' | 'prisonId' | 'data'>, knownAt: Instant): void {
    const { type, prisonId } = event;
    const report = feedReportOf(event, knownAt);
    if (report) this.feeds.report(report);
    else this.note(prisonId, type, knownAt);
  }

  /** Whether an event of any of these types ever became known in a prison. */
  everRecorded(prisonId: string, types: readonly string[]): boolean {
    return this.lastHeard(prisonId, types) !== undefined;
  }

  /** When an event of any of these types became known last in a prison; nothing where none ever did. */
  lastHeard(prisonId: string, types: readonly string[]): Instant | undefined {
    const ofPrison = this.recorded.get(prisonId);
    const heard = types.flatMap((type) => ofPrison?.get(type) ?? []);
    return heard.length === 0 ? undefined : Math.max(...heard);
  }

  private note(prisonId: string, type: string, knownAt: Instant): void {
    const ofPrison = this.recorded.get(prisonId) ?? new Map<string, Instant>();
    this.recorded.set(prisonId, ofPrison.set(type, Math.max(knownAt, ofPrison.get(type) ?? -Infinity)));
  }
}
