import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';
import { Window } from '../window.js';

/** Events of at least so many distinct risk families in the last days. */
export class FamiliesWithin extends Leaf {
  private readonly windows: readonly { readonly event: Matcher; readonly window: Window }[];

  constructor(
    person: PersonContext,
    needs: readonly string[],
    families: readonly Matcher[],
    private readonly atLeast: number,
    window: number,
  ) {
    super(person, needs);
    this.windows = families.map((event) => ({ event, window: new Window(person.days, window) }));
  }

  on(occurrence: Occurrence): void {
    for (const { event, window } of this.windows) if (event.matches(occurrence)) window.add(occurrence);
  }

  holds(t: Instant): boolean {
    return this.count(t) >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    if (!this.holds(t)) return NEVER;
    return Math.min(...this.windows.map(({ window }) => window.nextLeaving(t)));
  }

  explain(t: Instant): Evidence {
    const cites = this.windows.flatMap(({ window }) => window.at(t));
    return { op: 'familiesWithin', holds: this.value(t), count: this.count(t), cites };
  }

  private count(t: Instant): number {
    return this.windows.filter(({ window }) => window.nextLeaving(t) !== NEVER).length;
  }
}
