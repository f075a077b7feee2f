import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/** The field of the last such event, in the scope if there is one, has one of these values. */
export class Latest extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly field: string,
    private readonly is: readonly unknown[],
    private readonly within: ScopeOperator | undefined,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    this.last = occurrence;
  }

  holds(t: Instant): boolean {
    const { last, within } = this;
    if (!last || (within && !within.covers(last, t))) return false;
    return this.is.includes(last.data[this.field]);
  }

  protected override flips(t: Instant): Instant {
    return this.within?.nextFlip(t) ?? NEVER;
  }

  explain(t: Instant): Evidence {
    return { op: 'latest', holds: this.value(t), cites: this.last ? [this.last] : [] };
  }
}
