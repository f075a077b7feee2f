import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from './occurrence.js';

interface WindowEvent {
  readonly occurrence: Occurrence;
  /** The local midnight at which the event leaves the window. */
  readonly until: Instant;
}

/** The events of the last `size` local days: "in the last N days" at t = local dates in (date(t) − N, date(t)]. */
export class Window {
  private entries: WindowEvent[] = [];

  constructor(
    private readonly days: LocalDays,
    private readonly size: number,
  ) {}

  /** An event of a stay that was typed late may have happened a little before the one that was added last. */
  add(occurrence: Occurrence): void {
    this.entries = this.entries.filter(({ until }) => until > occurrence.at);
    const after = this.entries.findLastIndex((entry) => entry.occurrence.at <= occurrence.at) + 1;
    const until = this.days.startOf(this.days.dayOf(occurrence.at) + this.size);
    this.entries.splice(after, 0, { occurrence, until });
  }

  at(t: Instant): Occurrence[] {
    return this.entries.filter(({ until }) => until > t).map(({ occurrence }) => occurrence);
  }

  /** When the next event leaves. */
  nextLeaving(t: Instant): Instant {
    return this.entries.find(({ until }) => until > t)?.until ?? NEVER;
  }
}
