import { duesOf, type Evidence } from '../evidence.js';
import { earliest, type Instant, NEVER } from '../../prison/instant.js';
import { dueAt, type Limit } from '../limit.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext, type ScopeOperator } from '../operator.js';
import { DATE_FORM } from '../../prison/iso-8601.js';
import type { LocalDays } from '../../prison/local-days.js';

/** How long what is due may take, where the event does not say, or says too much. */
interface DueLimits {
  readonly otherwise: Limit;
  /** Before the first such event, from the scope's beginning. */
  readonly first?: Limit;
  /** What the event carries counts as this where it is later. */
  readonly atMost?: Limit;
}

/** The due date or instant that the last such event in the scope carries has passed. */
export class DueBy extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly field: string,
    private readonly limits: DueLimits,
    private readonly within: ScopeOperator,
    private readonly pauses: boolean,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence, this.person)) this.last = occurrence;
  }

  holds(t: Instant): boolean {
    return this.due(t) <= t;
  }

  protected override flips(t: Instant): Instant {
    const due = this.due(t);
    return earliest(due > t ? due : NEVER, this.within.nextFlip(t));
  }

  explain(t: Instant): Evidence {
    const last = this.lastWithin(t);
    return {
      op: 'dueBy',
      holds: this.value(t),
      cites: last ? [last] : [],
      of: [this.within.explain(t)],
      ...duesOf(this.due(t), this.dueOnRecord(t)),
    };
  }

  private lastWithin(t: Instant): Occurrence | undefined {
    return this.last && this.within.covers(this.last, t) ? this.last : undefined;
  }

  private due(t: Instant): Instant {
    const { deadlines } = this.person;
    const last = this.lastWithin(t);
    if (last) {
      const carried = this.carried(last);
      return carried === undefined
        ? deadlines.due(last.at, this.limits.otherwise, this.pauses)
        : deadlines.carried(carried, last.at, this.pauses);
    }
    const since = this.within.since(t);
    const { first } = this.limits;
    return since !== undefined && first ? deadlines.due(since, first, this.pauses) : NEVER;
  }

  /** The same, absences apart. */
  private dueOnRecord(t: Instant): Instant {
    const { days } = this.person;
    const last = this.lastWithin(t);
    if (last) return this.carried(last) ?? dueAt(last.at, this.limits.otherwise, days);
    const since = this.within.since(t);
    const { first } = this.limits;
    return since !== undefined && first ? dueAt(since, first, days) : NEVER;
  }

  private carried(last: Occurrence): Instant | undefined {
    const { days } = this.person;
    const carried = carriedDue(last, this.field, days);
    const { atMost } = this.limits;
    return carried !== undefined && atMost ? earliest(carried, dueAt(last.at, atMost, days)) : carried;
  }
}

/** The due instant that an event carries in a field: an instant as it is, a date at the end of that local day. */
const carriedDue = (occurrence: Occurrence, field: string, days: LocalDays): Instant | undefined => {
  const carried = occurrence.data[field];
  if (typeof carried !== 'string') return undefined;
  return DATE_FORM.test(carried) ? days.endOf(carried) : Date.parse(carried);
};
