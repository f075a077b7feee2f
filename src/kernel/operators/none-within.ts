import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';

/**
 * No such event for so many days, as a limit counts them: from the local date so many days ago on. Somebody who is seen
 * every fourteenth day is not unseen for fourteen days.
 */
export class NoneWithin extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly window: number,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence, this.person) && !(this.last && this.last.at > occurrence.at))
      this.last = occurrence;
  }

  holds(t: Instant): boolean {
    return this.until() <= t;
  }

  protected override flips(t: Instant): Instant {
    const until = this.until();
    return until > t ? until : NEVER;
  }

  explain(t: Instant): Evidence {
    return { op: 'noneWithin', holds: this.value(t), cites: this.last ? [this.last] : [] };
  }

  /** Until when the last one keeps it from being true. */
  private until(): Instant {
    const { days } = this.person;
    return this.last ? days.startOf(days.dayOf(this.last.at) + this.window + 1) : -Infinity;
  }
}
