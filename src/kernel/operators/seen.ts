import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/** In the scope, and there has been such an event since it began. */
export class Seen extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly within: ScopeOperator,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence)) this.last = occurrence;
  }

  holds(t: Instant): boolean {
    const since = this.within.since(t);
    return since !== undefined && this.last !== undefined && this.last.at >= since;
  }

  protected override flips(t: Instant): Instant {
    return this.within.nextFlip(t);
  }

  explain(t: Instant): Evidence {
    const cites = this.last && this.holds(t) ? [this.last] : [];
    return { op: 'seen', holds: this.value(t), cites, of: [this.within.explain(t)] };
  }
}
