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

  /** What belongs to a stay that was typed late may have happened a little before what was added last. */
  add(occurrence: Occurrence): void {
    this.entries = this.entries.filter(({ until }) => until > occurrence.at);
    const after = this.entries.findLastIndex((entry) => entry.occurrence.at <= occurrence.at) + 1;
    const until = this.days.startOf(this.days.dayOf(occurrence.at) + this.size);
    this.entries.splice(after, 0, { occurrence, until });
  }

  /** The events of the window at `t`; of these, where that matters, those that `counts`. */
  at(t: Instant, counts: (occurrence: Occurrence) => boolean = always): Occurrence[] {
    const inside = this.entries.filter(({ occurrence, until }) => until > t && counts(occurrence));
    return inside.map(({ occurrence }) => occurrence);
  }

  /** How many of `keyOf`'s values the window holds. */
  distinct(
    t: Instant,
    counts: (occurrence: Occurrence) => boolean = always,
    keyOf: (occurrence: Occurrence) => unknown,
  ): number {
    const keys = new Set<unknown>();
    for (const { occurrence, until } of this.entries) {
      if (until > t && counts(occurrence)) keys.add(keyOf(occurrence));
    }
    return keys.size;
  }

  /** When the next event leaves. */
  nextLeaving(t: Instant): Instant {
    return this.entries.find(({ until }) => until > t)?.until ?? NEVER;
  }
}

const always = (): boolean => true;
