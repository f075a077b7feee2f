import { latestOf, type Evidence } from '../evidence.js';
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
    const latest = this.latest(t);
    for (let count = 0; count < this.atLeast; count++) if (latest.next().done) return false;
    return true;
  }

  protected override flips(t: Instant): Instant {
    return this.within.nextFlip(t);
  }

  explain(t: Instant): Evidence {
    const counted = [...this.latest(t)].reverse();
    return { op: 'countUpToLast', holds: this.value(t), count: counted.length, cites: latestOf(counted) };
  }

  /** What counts, the latest first. */
  private *latest(t: Instant): Generator<Occurrence> {
    if (!this.last) return;
    for (const occurrence of this.window.latestAt(this.last.at))
      if (this.within.covers(occurrence, t)) yield occurrence;
  }
}
