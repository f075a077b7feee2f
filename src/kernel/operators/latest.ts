import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';

/** The field of the last such event has one of these values. */
export class Latest extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly field: string,
    private readonly is: readonly unknown[],
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    this.last = occurrence;
  }

  holds(): boolean {
    return this.last !== undefined && this.is.includes(this.last.data[this.field]);
  }

  explain(t: Instant): Evidence {
    return { op: 'latest', holds: this.value(t), cites: this.last ? [this.last] : [] };
  }
}
