import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type StateOperator } from '../operator.js';
import { Window } from '../window.js';

interface End {
  readonly at: Instant;
  readonly by: Occurrence;
  /** The event that began the state, where that is known. */
  readonly began: Occurrence | undefined;
}

/**
 * A state ended in the last days: with an event that ends it, with an `until` event in a custody in which it was not
 * known to begin or end before, or, where it was on when the last stay of a custody ended, with that leaving.
 */
export class EndedWithin extends Leaf {
  private readonly window: Window<End>;
  /** In this custody it has been known to begin or end. */
  private known = false;
  /** The event that began it, while it is on. */
  private began: Occurrence | undefined;

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
    if (this.state.ends(occurrence) || (!this.known && this.until.matches(occurrence, this.person)))
      this.end(occurrence);
    else if (this.state.begins(occurrence)) this.begin(occurrence);
  }

  newCustody(lastLeft: Occurrence | undefined): void {
    if (lastLeft && this.began && this.began.at < lastLeft.at) this.end(lastLeft);
    this.began = undefined;
    this.known = false;
  }

  holds(t: Instant): boolean {
    return this.window.nextLeaving(t) !== NEVER;
  }

  protected override flips(t: Instant): Instant {
    return this.window.nextLeaving(t);
  }

  explain(t: Instant): Evidence {
    const ends = this.window.at(t);
    const cites = ends.flatMap(({ by, began }) => (began ? [began, by] : [by]));
    return { op: 'endedWithin', holds: this.value(t), count: ends.length, cites };
  }

  private begin(occurrence: Occurrence): void {
    this.known = true;
    this.began = occurrence;
  }

  private end(by: Occurrence): void {
    this.known = true;
    this.window.add({ at: by.at, by, began: this.began });
    this.began = undefined;
  }
}
