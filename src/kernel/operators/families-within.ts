import { latestOf, type Evidence } from '../evidence.js';
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

const NONE: readonly never[] = [];

/** Events of at least so many distinct risk families in the last days. */
export class FamiliesWithin extends Leaf {
  private readonly window: Window<Sign>;
  /** By the place of each family: when the last of its signs leaves the window. */
  private leaving: readonly Instant[] = NONE;

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
    this.families.forEach((family, place) => {
      if (!family.event.matches(event, this.person)) return;
      const until = this.window.add({ at: event.at, event, family });
      this.leaving = this.families.map((_, one) =>
        Math.max(this.leaving[one] ?? -Infinity, one === place ? until : -Infinity),
      );
    });
  }

  holds(t: Instant): boolean {
    let seen = 0;
    for (const until of this.leaving) if (until > t) seen++;
    return seen >= this.atLeast;
  }

  protected override flips(t: Instant): Instant {
    return this.holds(t) ? this.window.nextLeaving(t) : NEVER;
  }

  counts({ id, at }: Occurrence, t: Instant): boolean {
    for (const { event } of this.window.latestAt(t)) {
      if (event.at < at) return false;
      if (event.id === id) return true;
    }
    return false;
  }

  explain(t: Instant): Evidence {
    const signs = this.window.at(t);
    const families = new Set(signs.map(({ family }) => family));
    const seen = this.families.filter((family) => families.has(family));
    const ofFamily = (one: Family) => signs.filter(({ family }) => family === one).map(({ event }) => event);
    return {
      op: 'familiesWithin',
      holds: this.value(t),
      count: seen.length,
      families: seen.map(({ name }) => name),
      cites: seen.flatMap((one) => latestOf(ofFamily(one))),
    };
  }
}
