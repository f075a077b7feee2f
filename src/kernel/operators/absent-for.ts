import type { Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import type { Limit } from '../limit.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/**
 * In the scope, and no such event: for `first` since the scope began while there has been none, for `then` since the
 * last one. Without `first` the first event is not waited for; without `then` one event is enough.
 */
export class AbsentFor extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly within: ScopeOperator,
    private readonly limits: { readonly first?: Limit; readonly then?: Limit },
    private readonly pauses: boolean,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence)) this.last = occurrence;
  }

  holds(t: Instant): boolean {
    return this.due(t) <= t;
  }

  protected override flips(t: Instant): Instant {
    const due = this.due(t);
    return earliest(due > t ? due : NEVER, this.within.nextFlip(t));
  }

  /** Outside the scope, and once answered for good, only a new beginning of the scope counts. */
  override wakers(t: Instant): readonly string[] {
    const answered = this.limits.then === undefined && this.lastWithin(t) !== undefined;
    return answered || this.within.since(t) === undefined ? this.within.wakers(t) : this.needs;
  }

  explain(t: Instant): Evidence {
    const last = this.lastWithin(t);
    const due = this.due(t);
    return {
      op: 'absentFor',
      holds: this.value(t),
      cites: last ? [last] : [],
      of: [this.within.explain(t)],
      ...(due !== NEVER && { due }),
    };
  }

  private lastWithin(t: Instant): Occurrence | undefined {
    const since = this.within.since(t);
    return since !== undefined && this.last && this.last.at >= since ? this.last : undefined;
  }

  private due(t: Instant): Instant {
    const since = this.within.since(t);
    if (since === undefined) return NEVER;
    const last = this.lastWithin(t);
    const limit = last ? this.limits.then : this.limits.first;
    return limit ? this.person.deadlines.due(last?.at ?? since, limit, this.pauses) : NEVER;
  }
}
