import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';
import type { Assigned } from './assigned.js';

/** Nobody holds the task: since the stay began, or since it was last taken back. */
export class Unassigned extends Leaf implements ScopeOperator {
  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly assigned: Assigned,
  ) {
    super(person, needs);
  }

  holds(): boolean {
    return this.since() !== undefined;
  }

  since(): Instant | undefined {
    const { given, taken } = this.assigned;
    if (given) return undefined;
    return taken ? this.assigned.sinceInStay(taken) : this.person.movements.stay?.since;
  }

  covers({ at }: Occurrence): boolean {
    const since = this.since();
    return since !== undefined && at >= since;
  }

  explain(t: Instant): Evidence {
    const since = this.since();
    if (since === undefined) return { op: 'unassigned', holds: this.value(t), cites: [] };
    const { last, taken } = this.assigned;
    const from = [last, taken ?? this.person.movements.stay?.began];
    return { op: 'unassigned', holds: this.value(t), since, cites: from.filter((event) => event !== undefined) };
  }
}
