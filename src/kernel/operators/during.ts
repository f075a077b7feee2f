import type { Evidence } from '../evidence.js';
import type { Instant } from '../instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/** Between a `from` event and the next `until` event. A second start, or a second end, changes nothing. */
export class During extends Leaf implements ScopeOperator {
  private started: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly from: Matcher,
    private readonly until: Matcher,
    private readonly withinStay: boolean,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (!this.started) {
      if (this.from.matches(occurrence)) this.started = occurrence;
    } else if (this.until.matches(occurrence)) {
      this.started = undefined;
    }
  }

  newStay(): void {
    if (this.withinStay) this.started = undefined;
  }

  holds(): boolean {
    return this.started !== undefined;
  }

  since(): Instant | undefined {
    return this.started?.at;
  }

  explain(t: Instant): Evidence {
    return this.started
      ? { op: 'during', holds: this.value(t), since: this.started.at, cites: [this.started] }
      : { op: 'during', holds: this.value(t), cites: [] };
  }
}
