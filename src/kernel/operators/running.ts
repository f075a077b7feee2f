import type { Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';

interface Run {
  readonly by: Occurrence;
  readonly until: Instant;
}

/**
 * Something that an event starts for as many days as it carries, until the end of the last of them or an `until` event
 * of the same `match`, in this stay. Of several, it counts from the latest.
 */
export class Running extends Leaf implements ScopeOperator {
  private runs: Run[] = [];

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly from: Matcher,
    private readonly until: Matcher,
    private readonly daysField: string,
    private readonly match: string,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    this.runs = this.runs.filter(({ until }) => until > occurrence.at);
    if (this.until.matches(occurrence)) {
      this.runs = this.runs.filter(({ by }) => by.data[this.match] !== occurrence.data[this.match]);
    }
    if (this.from.matches(occurrence)) {
      this.runs.push({ by: occurrence, until: this.lastDayOf(occurrence) });
    }
  }

  newStay(): void {
    this.runs = [];
  }

  holds(t: Instant): boolean {
    return this.since(t) !== undefined;
  }

  since(t: Instant): Instant | undefined {
    return this.runs.findLast(({ until }) => until > t)?.by.at;
  }

  protected override flips(t: Instant): Instant {
    return this.runs.reduce((next, { until }) => (until > t ? earliest(next, until) : next), NEVER);
  }

  explain(t: Instant): Evidence {
    const runs = this.runs.filter(({ until }) => until > t);
    const since = this.since(t);
    const cites = runs.map(({ by }) => by);
    return { op: 'running', holds: this.value(t), cites, ...(since !== undefined && { since }) };
  }

  private lastDayOf(occurrence: Occurrence): Instant {
    const { days } = this.person;
    return days.startOf(days.dayOf(occurrence.at) + Number(occurrence.data[this.daysField]) + 1);
  }
}
