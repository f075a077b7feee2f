import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';

/**
 * For closing a latched rule: such an event at or after the instant the alert was raised; with `pairWithin`, two
 * consecutive ones since then whose local dates are at most so many days apart.
 */
export class SinceRaised extends Leaf {
  private last: Occurrence | undefined;
  /** The first of the latest pair that is close enough. */
  private pairFrom: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly pairWithin: number | undefined,
  ) {
    super(person, needs);
  }

  /** What belongs to a stay although it happened before is taken in after the arrival. */
  on(occurrence: Occurrence): void {
    if (!this.event.matches(occurrence, this.person)) return;
    const { last } = this;
    if (last && this.pairWithin !== undefined && this.daysBetween(last, occurrence) <= this.pairWithin)
      this.pairFrom = later(this.pairFrom, occurrence.at < last.at ? occurrence : last);
    this.last = later(last, occurrence);
  }

  holds(_t: Instant, raisedAt: Instant = Infinity): boolean {
    const decisive = this.pairWithin === undefined ? this.last : this.pairFrom;
    return decisive !== undefined && decisive.at >= raisedAt;
  }

  /** Cites the last one since then, also where it takes a second. */
  explain(t: Instant, raisedAt: Instant = Infinity): Evidence {
    const cites = this.last && this.last.at >= raisedAt ? [this.last] : [];
    return { op: 'sinceRaised', holds: this.value(t, raisedAt), cites };
  }

  private daysBetween(a: Occurrence, b: Occurrence): number {
    return this.person.days.dayOf(b.at) - this.person.days.dayOf(a.at);
  }
}

const later = (one: Occurrence | undefined, other: Occurrence): Occurrence => (one && one.at > other.at ? one : other);
