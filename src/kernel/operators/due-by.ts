import type { Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import type { Limit } from '../limit.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';
import { carriedDue } from '../carried-due.js';

/** The due date or instant that the last such event in the scope carries has passed; `otherwise` where it has none. */
export class DueBy extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly field: string,
    private readonly otherwise: Limit,
    private readonly within: ScopeOperator,
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

  explain(t: Instant): Evidence {
    const due = this.due(t);
    return {
      op: 'dueBy',
      holds: this.value(t),
      cites: this.last && due !== NEVER ? [this.last] : [],
      of: [this.within.explain(t)],
      ...(due !== NEVER && { due }),
    };
  }

  private due(t: Instant): Instant {
    const since = this.within.since(t);
    if (since === undefined || !this.last || this.last.at < since) return NEVER;
    const carried = carriedDue(this.last, this.field, this.person.days);
    return carried === undefined
      ? this.person.deadlines.due(this.last.at, this.otherwise, this.pauses)
      : this.person.deadlines.carried(carried, this.pauses);
  }
}
