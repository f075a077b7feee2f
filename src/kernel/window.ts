import { NEVER, type Instant } from '../prison/instant.js';
import type { LocalDays } from '../prison/local-days.js';
import type { Occurrence } from './occurrence.js';

interface WindowEntry<T> {
  readonly what: T;
  /** The local midnight at which it leaves the window. */
  readonly until: Instant;
}

/**
 * What happened in the last `size` local days: "in the last N days" at t = local dates in (date(t) − N, date(t)]. To add to
 * it costs the same however much is in it.
 */
export class Window<T extends { readonly at: Instant } = Occurrence> {
  /** In the order it happened; some at the front may have left. Made with the first. */
  private entries: WindowEntry<T>[] | undefined;

  constructor(
    private readonly days: LocalDays,
    private readonly size: number,
  ) {}

  /**
   * Gives the instant at which it will leave. Something of a stay that was typed late may have happened a little before
   * what was added last.
   */
  add(what: T): Instant {
    const entries = (this.entries ??= []);
    this.leave(what.at);
    const until = this.days.startOf(this.days.dayOf(what.at) + this.size);
    let after = entries.length;
    while (after > 0 && (entries[after - 1] as WindowEntry<T>).what.at > what.at) after--;
    if (after === entries.length) entries.push({ what, until });
    else entries.splice(after, 0, { what, until });
    return until;
  }

  at(t: Instant): T[] {
    return this.entries?.slice(this.firstAt(t)).map(({ what }) => what) ?? [];
  }

  /** The same, the latest first, for those who need not see all of it. */
  *latestAt(t: Instant): Generator<T> {
    const { entries } = this;
    if (!entries) return;
    for (let place = entries.length - 1; place >= 0; place--) {
      const { what, until } = entries[place] as WindowEntry<T>;
      if (until <= t) return;
      yield what;
    }
  }

  /** When the next leaves. */
  nextLeaving(t: Instant): Instant {
    return this.entries?.[this.firstAt(t)]?.until ?? NEVER;
  }

  /** The place of the first that has not left: they leave in the order in which they happened. */
  private firstAt(t: Instant): number {
    const { entries } = this;
    let [from, to] = [0, entries?.length ?? 0];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((entries?.[middle]?.until ?? NEVER) > t) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  /** Lets go of what has left, once that is at least half of all. */
  private leave(t: Instant): void {
    const left = this.firstAt(t);
    if (this.entries && left > 0 && left * 2 >= this.entries.length) this.entries.splice(0, left);
  }
}
