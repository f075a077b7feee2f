import type { Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';
import { Window } from '../window.js';

/** At least so many such events, or values of a field of theirs, in the last days. */
export class CountWithin extends Leaf {
  private readonly window: Window;
  private readonly keyOf: (occurrence: Occurrence) => unknown;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly atLeast: number,
    window: number,
    distinctBy: string | undefined,
    private readonly within: ScopeOperator | undefined,
  ) {
    super(person, needs);
    this.window = new Window(person.days, window);
    this.keyOf = distinctBy === undefined ? byItself : (occurrence) => occurrence.data[distinctBy];
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence)) this.window.add(occurrence);
  }

  holds(t: Instant): boolean {
    return this.count(t) >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    const leaving = this.holds(t) ? this.window.nextLeaving(t) : NEVER;
    return this.within ? earliest(leaving, this.within.nextFlip(t)) : leaving;
  }

  explain(t: Instant): Evidence {
    const cites = this.window.at(t, this.since(t));
    return { op: 'countWithin', holds: this.value(t), count: this.count(t), cites };
  }

  private count(t: Instant): number {
    return this.window.distinct(t, this.since(t), this.keyOf);
  }

  private since(t: Instant): Instant {
    return this.within ? (this.within.since(t) ?? NEVER) : -Infinity;
  }
}

const byItself = ({ id }: Occurrence): unknown => id;
