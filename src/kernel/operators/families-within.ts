import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';
import { Window } from '../window.js';

/** A risk family, and which events are of it. */
export interface Family {
  readonly name: string;
  readonly event: Matcher;
}

/** An event, and the family that it is of; one of two families stands in the window twice. */
interface Sign {
  readonly at: Instant;
  readonly event: Occurrence;
  readonly family: Family;
}

/** Events of at least so many distinct risk families in the last days. */
export class FamiliesWithin extends Leaf {
  private readonly window: Window<Sign>;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly families: readonly Family[],
    private readonly atLeast: number,
    window: number,
  ) {
    super(person, needs);
    this.window = new Window(person.days, window);
  }

  on(event: Occurrence): void {
    for (const family of this.families)
      if (family.event.matches(event, this.person)) this.window.add({ at: event.at, event, family });
  }

  holds(t: Instant): boolean {
    return this.seen(t).length >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    return this.holds(t) ? this.window.nextLeaving(t) : NEVER;
  }

  counts(id: string, t: Instant): boolean {
    return this.window.at(t).some(({ event }) => event.id === id);
  }

  explain(t: Instant): Evidence {
    const seen = this.seen(t);
    const signs = this.window.at(t);
    return {
      op: 'familiesWithin',
      holds: this.value(t),
      count: seen.length,
      families: seen.map(({ name }) => name),
      cites: seen.flatMap((one) => signs.filter(({ family }) => family === one).map(({ event }) => event)),
    };
  }

  private seen(t: Instant): Family[] {
    const seen = new Set(this.window.at(t).map(({ family }) => family));
    return this.families.filter((family) => seen.has(family));
  }
}
