import { latestOf, type Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import { Leaf, type PersonContext } from '../operator.js';

/** A key worker has so many people, or more. */
export class CaseloadOperator extends Leaf {
  constructor(
    keyWorker: PersonContext,
    needs: readonly string[],
    private readonly atLeast: number,
  ) {
    super(keyWorker, needs);
  }

  holds(): boolean {
    return this.person.caseload.allocations.length >= this.atLeast;
  }

  explain(t: Instant): Evidence {
    const { allocations } = this.person.caseload;
    return { op: 'caseload', holds: this.value(t), count: allocations.length, cites: latestOf(allocations) };
  }
}
