import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/** In the scope, with such an event since it began and since the last event that undoes it. */
export class Seen extends Leaf {
  private last: Occurrence | undefined;
  private undoneAt: Instant = -Infinity;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly within: ScopeOperator,
    private readonly sinceLast: Matcher | undefined,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence, this.person)) this.last = occurrence;
    if (this.sinceLast?.matches(occurrence, this.person)) this.undoneAt = Math.max(this.undoneAt, occurrence.at);
  }

  holds(t: Instant): boolean {
    return this.last !== undefined && this.last.at >= this.undoneAt && this.within.covers(this.last, t);
  }

  protected override flips(t: Instant): Instant {
    return this.within.nextFlip(t);
  }

  explain(t: Instant): Evidence {
    const { first: missing } = this.event;
    const seen = this.last && this.holds(t) ? { cites: [this.last] } : { cites: [], ...(missing && { missing }) };
    return { op: 'seen', holds: this.value(t), ...seen, of: [this.within.explain(t)] };
  }
}
