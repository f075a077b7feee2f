import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';
import { Window } from '../window.js';

interface Family {
  readonly name: string;
  readonly event: Matcher;
  readonly window: Window;
}

/** Events of at least so many distinct risk families in the last days. */
export class FamiliesWithin extends Leaf {
  private readonly families: readonly Family[];

  constructor(
    person: PersonContext,
    needs: readonly string[],
    families: Readonly<Record<string, Matcher>>,
    private readonly atLeast: number,
    window: number,
  ) {
    super(person, needs);
    this.families = Object.entries(families).map(([name, event]) => ({
      name,
      event,
      window: new Window(person.days, window),
    }));
  }

  on(occurrence: Occurrence): void {
    for (const { event, window } of this.families) if (event.matches(occurrence)) window.add(occurrence);
  }

  holds(t: Instant): boolean {
    return this.count(t) >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    if (!this.holds(t)) return NEVER;
    return Math.min(...this.families.map(({ window }) => window.nextLeaving(t)));
  }

  counts(id: string, t: Instant): boolean {
    return this.families.some(({ window }) => window.at(t).some((occurrence) => occurrence.id === id));
  }

  explain(t: Instant): Evidence {
    const seen = this.seen(t);
    return {
      op: 'familiesWithin',
      holds: this.value(t),
      count: seen.length,
      families: seen.map(({ name }) => name),
      cites: seen.flatMap(({ window }) => window.at(t)),
    };
  }

  private count(t: Instant): number {
    return this.seen(t).length;
  }

  private seen(t: Instant): Family[] {
    return this.families.filter(({ window }) => window.nextLeaving(t) !== NEVER);
  }
}
