import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from './occurrence.js';

interface Entry {
  readonly occurrence: Occurrence;
  /** The local midnight at which the event leaves the window. */
  readonly until: Instant;
}

/** The events of the last `size` local days: "in the last N days" at t = local dates in (date(t) − N, date(t)]. */
export class Window {
  private entries: Entry[] = [];

  constructor(
    private readonly days: LocalDays,
    private readonly size: number,
  ) {}

  add(occurrence: Occurrence): void {
    this.entries = this.entries.filter(({ until }) => until > occurrence.at);
    this.entries.push({ occurrence, until: this.days.startOf(this.days.dayOf(occurrence.at) + this.size) });
  }

  at(t: Instant, since = -Infinity): Occurrence[] {
    return this.entries
      .filter(({ occurrence, until }) => until > t && occurrence.at >= since)
      .map(({ occurrence }) => occurrence);
  }

  /** How many of `keyOf`'s values the window holds. */
  distinct(t: Instant, since: Instant, keyOf: (occurrence: Occurrence) => unknown): number {
    const keys = new Set<unknown>();
    for (const { occurrence, until } of this.entries) {
      if (until > t && occurrence.at >= since) keys.add(keyOf(occurrence));
    }
    return keys.size;
  }

  /** When the next event leaves. */
  nextLeaving(t: Instant): Instant {
    return this.entries.find(({ until }) => until > t)?.until ?? NEVER;
  }
}
