import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';
import { Window } from '../window.js';

/** At least so many such events in the days that end with the day of the last one, within the scope. */
export class CountUpToLast extends Leaf {
  private readonly window: Window;
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly atLeast: number,
    window: number,
    private readonly within: ScopeOperator,
  ) {
    super(person, needs);
    this.window = new Window(person.days, window);
  }

  on(occurrence: Occurrence): void {
    if (!this.event.matches(occurrence, this.person)) return;
    this.window.add(occurrence);
    this.last = occurrence;
  }

  holds(t: Instant): boolean {
    return this.counted(t).length >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    return this.within.nextFlip(t);
  }

  explain(t: Instant): Evidence {
    const cites = this.counted(t);
    return { op: 'countUpToLast', holds: this.value(t), count: cites.length, cites };
  }

  private counted(t: Instant): Occurrence[] {
    if (!this.last) return [];
    return this.window.at(this.last.at).filter((occurrence) => this.within.covers(occurrence, t));
  }
}
