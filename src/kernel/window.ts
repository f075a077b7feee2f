import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from './occurrence.js';

interface WindowEntry<T> {
  readonly what: T;
  /** The local midnight at which it leaves the window. */
  readonly until: Instant;
}

const EMPTY: readonly never[] = [];

/** What happened in the last `size` local days: "in the last N days" at t = local dates in (date(t) − N, date(t)]. */
export class Window<T extends { readonly at: Instant } = Occurrence> {
  private entries: readonly WindowEntry<T>[] = EMPTY;

  constructor(
    private readonly days: LocalDays,
    private readonly size: number,
  ) {}

  /** Something of a stay that was typed late may have happened a little before what was added last. */
  add(what: T): void {
    const left = this.entries.filter(({ until }) => until > what.at);
    const after = left.findLastIndex((entry) => entry.what.at <= what.at) + 1;
    const until = this.days.startOf(this.days.dayOf(what.at) + this.size);
    this.entries = left.toSpliced(after, 0, { what, until });
  }

  at(t: Instant): T[] {
    return this.entries.filter(({ until }) => until > t).map(({ what }) => what);
  }

  /** When the next leaves. */
  nextLeaving(t: Instant): Instant {
    return this.entries.find(({ until }) => until > t)?.until ?? NEVER;
  }
}
