import type { EventResult } from '../custody/recording-result.js';

const STATUSES: readonly EventResult['status'][] = ['accepted', 'duplicate', 'refused'];

/**
 * What became of the custody events that came in, since this process was started. The feed is the way they came, `http`
 * for now: the system that an event names as its source is whatever its sender writes, and no label.
 */
export class IntakeFigures {
  private readonly counts = new Map(STATUSES.map((status) => [status, 0]));

  record(results: readonly Pick<EventResult, 'status'>[]): void {
    for (const { status } of results) this.counts.set(status, (this.counts.get(status) ?? 0) + 1);
  }

  totals(): { readonly feed: 'http'; readonly outcome: EventResult['status']; readonly count: number }[] {
    return Array.from(this.counts, ([outcome, count]) => ({ feed: 'http', outcome, count }));
  }
}
