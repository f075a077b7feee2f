import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

/** Between a `from` event and the next `until` event. A second start, or a second end, changes nothing. */
export class During extends Leaf implements ScopeOperator {
  private started: Occurrence | undefined;
  /** What the start itself hung on. */
  private grounds: readonly Evidence[] = [];
  private ended: Occurrence | undefined;

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
      if (!this.from.matches(occurrence)) return;
      this.started = occurrence;
      this.grounds = this.from.grounds(occurrence);
    } else if (this.until.matches(occurrence)) {
      this.started = undefined;
      this.ended = occurrence;
    }
  }

  newStay(): void {
    if (!this.withinStay) return;
    this.started = undefined;
    this.ended = undefined;
  }

  holds(): boolean {
    return this.started !== undefined;
  }

  since(): Instant | undefined {
    return this.started?.at;
  }

  explain(t: Instant): Evidence {
    const holds = this.value(t);
    if (!this.started) return { op: 'during', holds, cites: this.ended ? [this.ended] : [] };
    const { at: since } = this.started;
    const grounds = this.grounds.length > 0 && { of: this.grounds };
    return { op: 'during', holds, since, cites: [this.started], ...grounds };
  }
}
