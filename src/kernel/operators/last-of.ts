import type { Where } from '../condition.js';
import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import { carries, type Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/** Of the last `last` such events in the scope, at least so many carry what `where` says. */
export class LastOf extends Leaf {
  private readonly recent: Occurrence[] = [];

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly last: number,
    private readonly atLeast: number,
    private readonly where: readonly Where[],
    private readonly within: ScopeOperator,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (!this.event.matches(occurrence, this.person)) return;
    this.recent.push(occurrence);
    if (this.recent.length > this.last) this.recent.shift();
  }

  holds(t: Instant): boolean {
    return this.carrying(t).length >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    return this.within.nextFlip(t);
  }

  explain(t: Instant): Evidence {
    const cites = this.inScope(t);
    const count = this.carrying(t).length;
    return { op: 'lastOf', holds: this.value(t), count, cites, of: [this.within.explain(t)] };
  }

  private inScope(t: Instant): Occurrence[] {
    return this.recent.filter((occurrence) => this.within.covers(occurrence, t));
  }

  private carrying(t: Instant): Occurrence[] {
    return this.inScope(t).filter((occurrence) => carries(occurrence, this.where));
  }
}
