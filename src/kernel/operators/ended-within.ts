import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type StateOperator } from '../operator.js';
import { Window } from '../window.js';

/**
 * A state ended in the last days: with an event that ends it, with an `until` event in a custody in which it was not
 * known to begin or end before, or, where it was on when the last stay of a custody ended, with that leaving.
 */
export class EndedWithin extends Leaf {
  private readonly window: Window;
  /** In this custody it has been known to begin or end. */
  private known = false;
  /** Since when it is on. */
  private since: Instant | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly state: StateOperator,
    private readonly until: Matcher,
    window: number,
  ) {
    super(person, needs);
    this.window = new Window(person.days, window);
  }

  on(occurrence: Occurrence): void {
    if (this.state.ends(occurrence) || (!this.known && this.until.matches(occurrence))) this.end(occurrence);
    else if (this.state.begins(occurrence)) this.begin(occurrence);
  }

  newCustody(lastLeft: Occurrence | undefined): void {
    if (lastLeft && this.since !== undefined && this.since < lastLeft.at) this.window.add(lastLeft);
    this.since = undefined;
    this.known = false;
  }

  holds(t: Instant): boolean {
    return this.window.nextLeaving(t) !== NEVER;
  }

  protected override flips(t: Instant): Instant {
    return this.window.nextLeaving(t);
  }

  explain(t: Instant): Evidence {
    const cites = this.window.at(t);
    return { op: 'endedWithin', holds: this.value(t), count: cites.length, cites };
  }

  private begin({ at }: Occurrence): void {
    this.known = true;
    this.since = at;
  }

  private end(occurrence: Occurrence): void {
    this.known = true;
    this.since = undefined;
    this.window.add(occurrence);
  }
}
