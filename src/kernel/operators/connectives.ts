import type { Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import { Remembering, type Finding, type Operator, type PersonContext } from '../operator.js';
import { not, type Truth } from '../truth.js';

const NOTHING: readonly string[] = [];

/** Kleene's "and" and "or": decided by the first part that is `decisive`, unknown when a part that it depends on is. */
export class Junction extends Remembering {
  /** @param parts their places in the plan */
  constructor(
    person: PersonContext,
    private readonly needs: readonly string[],
    private readonly op: 'all' | 'any',
    private readonly parts: readonly number[],
  ) {
    super(person);
  }

  onRecord(t: Instant): boolean {
    const holds = (place: number): boolean => this.person.operator(place).onRecord(t);
    return this.op === 'all' ? this.parts.every(holds) : this.parts.some(holds);
  }

  /** An "and" waits for the part that makes it false; an "or" for any of its parts. */
  wakers(t: Instant): readonly string[] {
    if (this.op === 'any') return this.wakersOfAll(t);
    for (const place of this.parts) {
      const part = this.person.operator(place);
      if (part.value(t) === false) return part.wakers(t);
    }
    return this.needs;
  }

  private wakersOfAll(t: Instant): readonly string[] {
    let all: readonly string[] = NOTHING;
    for (const place of this.parts) {
      const wakers = this.person.operator(place).wakers(t);
      if (all === NOTHING) all = wakers;
      else if (wakers !== all) all = [...all, ...wakers];
    }
    return all;
  }

  /** Only the parts that the verdict rests on. */
  explain(t: Instant, raisedAt?: Instant): Evidence {
    const holds = this.value(t, raisedAt);
    const parts = this.parts.map((place) => this.person.operator(place));
    const decisive = parts.filter((part) => part.value(t, raisedAt) === holds);
    return { op: this.op, holds, cites: [], of: decisive.map((part) => part.explain(t, raisedAt)) };
  }

  /** As long as a decisive part stands, so does the whole. */
  protected look(t: Instant, raisedAt?: Instant): Finding {
    const decisive = this.op === 'any';
    let truth: Truth = !decisive;
    let until = NEVER;
    for (const place of this.parts) {
      const part = this.person.operator(place);
      const found = part.value(t, raisedAt);
      if (found === decisive) return { truth: found, at: t, until: part.nextFlip(t, raisedAt) };
      if (found === 'unknown') truth = found;
      until = earliest(until, part.nextFlip(t, raisedAt));
    }
    return { truth, at: t, until };
  }
}

export class Not implements Operator {
  constructor(
    private readonly needs: readonly string[],
    private readonly of: Operator,
  ) {}

  wakers(): readonly string[] {
    return this.needs;
  }

  value(t: Instant, raisedAt?: Instant): Truth {
    return not(this.of.value(t, raisedAt));
  }

  onRecord(t: Instant): boolean {
    return !this.of.onRecord(t);
  }

  nextFlip(t: Instant, raisedAt?: Instant): Instant {
    return this.of.nextFlip(t, raisedAt);
  }

  explain(t: Instant, raisedAt?: Instant): Evidence {
    return { op: 'not', holds: this.value(t, raisedAt), cites: [], of: [this.of.explain(t, raisedAt)] };
  }
}
