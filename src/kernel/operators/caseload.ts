import type { ConditionOf } from '../condition.js';
import { latestOf, type Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import { Leaf, type PersonContext } from '../operator.js';

/** A key worker has so many people, or more. */
export class CaseloadOperator extends Leaf {
  constructor(
    keyWorker: PersonContext,
    needs: readonly string[],
    private readonly terms: ConditionOf<'caseload'>,
  ) {
    super(keyWorker, needs);
  }

  holds(): boolean {
    return this.person.caseload.allocations.length >= this.terms.atLeast;
  }

  explain(t: Instant): Evidence {
    const { allocations } = this.person.caseload;
    const { atLeast, overCapacity } = this.terms;
    const capacity = overCapacity && { capacity: atLeast - 1 };
    return {
      op: 'caseload',
      holds: this.value(t),
      count: allocations.length,
      ...capacity,
      cites: latestOf(allocations),
    };
  }
}
