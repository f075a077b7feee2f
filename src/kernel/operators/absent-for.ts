import { duesOf, type Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import { dueAt, type Limit } from '../limit.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/**
 * In the scope, and no such event: for `first` since the scope began while there has been none, for `then` since the
 * last one. Without `first` the first event is not waited for; without `then` one event is enough. `strictly`: one at
 * the very instant at which the scope began does not count.
 */
export class AbsentFor extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly within: ScopeOperator,
    private readonly limits: { readonly first?: Limit; readonly then?: Limit; readonly strictly?: true },
    private readonly pauses: boolean,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence, this.person)) this.last = occurrence;
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
    return {
      op: 'absentFor',
      holds: this.value(t),
      cites: last ? [last] : [],
      of: [this.within.explain(t)],
      ...duesOf(this.due(t), this.dueOnRecord(t)),
    };
  }

  private lastWithin(t: Instant): Occurrence | undefined {
    const { last, within, limits } = this;
    if (!last || !within.covers(last, t)) return undefined;
    return limits.strictly && last.at === within.since(t) ? undefined : last;
  }

  private due(t: Instant): Instant {
    const since = this.within.since(t);
    if (since === undefined) return NEVER;
    const last = this.lastWithin(t);
    const limit = last ? this.limits.then : this.limits.first;
    return limit ? this.person.deadlines.due(last?.at ?? since, limit, this.pauses) : NEVER;
  }

  /** The same, absences apart. */
  private dueOnRecord(t: Instant): Instant {
    const since = this.within.since(t);
    if (since === undefined) return NEVER;
    const last = this.lastWithin(t);
    const limit = last ? this.limits.then : this.limits.first;
    return limit ? dueAt(last?.at ?? since, limit, this.person.days) : NEVER;
  }
}
