import type { Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../instant.js';
import type { Operator } from '../operator.js';
import { not, type Truth } from '../truth.js';

/** Kleene's "and" and "or": decided by the first part that is `decisive`, unknown when a part it hangs on is. */
export class Junction implements Operator {
  constructor(
    private readonly op: 'all' | 'any',
    private readonly parts: readonly Operator[],
  ) {}

  value(t: Instant, raisedAt?: Instant): Truth {
    const decisive = this.op === 'any';
    let outcome: Truth = !decisive;
    for (const part of this.parts) {
      const truth = part.value(t, raisedAt);
      if (truth === decisive) return truth;
      if (truth === 'unknown') outcome = 'unknown';
    }
    return outcome;
  }

  nextFlip(t: Instant): Instant {
    let next = NEVER;
    for (const part of this.parts) next = earliest(next, part.nextFlip(t));
    return next;
  }

  /** Only the parts that the verdict rests on. */
  explain(t: Instant, raisedAt?: Instant): Evidence {
    const holds = this.value(t, raisedAt);
    const parts = this.parts.map((part) => part.explain(t, raisedAt));
    const decisive = parts.filter((part) => part.holds === holds);
    return { op: this.op, holds, cites: [], of: decisive.length > 0 ? decisive : parts };
  }
}

export class Not implements Operator {
  constructor(private readonly of: Operator) {}

  value(t: Instant, raisedAt?: Instant): Truth {
    return not(this.of.value(t, raisedAt));
  }

  nextFlip(t: Instant): Instant {
    return this.of.nextFlip(t);
  }

  explain(t: Instant, raisedAt?: Instant): Evidence {
    return { op: 'not', holds: this.value(t, raisedAt), cites: [], of: [this.of.explain(t, raisedAt)] };
  }
}
