import { duesOf, type Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import { dueAt, type Limit } from '../limit.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/** The condition has held for the limit. */
export class HeldFor extends Leaf {
  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly condition: ScopeOperator,
    private readonly limit: Limit,
    private readonly pauses: boolean,
  ) {
    super(person, needs);
  }

  holds(t: Instant): boolean {
    return this.due(t) <= t;
  }

  protected override flips(t: Instant): Instant {
    const due = this.due(t);
    return earliest(due > t ? due : NEVER, this.condition.nextFlip(t));
  }

  explain(t: Instant): Evidence {
    const dues = duesOf(this.due(t), this.dueOnRecord(t));
    return { op: 'heldFor', holds: this.value(t), ...dues, cites: [], of: [this.condition.explain(t)] };
  }

  private due(t: Instant): Instant {
    const since = this.condition.since(t);
    return since === undefined ? NEVER : this.person.deadlines.due(since, this.limit, this.pauses);
  }

  /** The same, absences apart. */
  private dueOnRecord(t: Instant): Instant {
    const since = this.condition.since(t);
    return since === undefined ? NEVER : dueAt(since, this.limit, this.person.days);
  }
}
