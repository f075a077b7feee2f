import { duesOf, type Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import { dueAt, type Limit } from '../limit.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';
import type { Assigned } from './assigned.js';

/** The present holder of the task has never met the person in this stay, not even before it was given to them. */
export class NeverMet extends Leaf {
  private readonly met = new Set<unknown>();

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly assigned: Assigned,
    private readonly event: Matcher,
    private readonly field: string,
    private readonly limit: Limit,
    private readonly pauses: boolean,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence, this.person)) this.met.add(occurrence.data[this.field]);
  }

  newStay(): void {
    this.met.clear();
  }

  holds(t: Instant): boolean {
    return this.due() <= t;
  }

  protected override flips(t: Instant): Instant {
    const due = this.due();
    return due > t ? due : NEVER;
  }

  /** Once they have met, only another holder can be one who has not. */
  override wakers(t: Instant): readonly string[] {
    return this.met.has(this.assigned.holder) ? this.assigned.wakers(t) : this.needs;
  }

  explain(t: Instant): Evidence {
    return {
      op: 'neverMet',
      holds: this.value(t),
      cites: [],
      of: [this.assigned.explain(t)],
      ...duesOf(this.due(), this.dueOnRecord()),
    };
  }

  private due(): Instant {
    const since = this.unmetSince();
    return since === undefined ? NEVER : this.person.deadlines.due(since, this.limit, this.pauses);
  }

  /** The same, absences apart. */
  private dueOnRecord(): Instant {
    const since = this.unmetSince();
    return since === undefined ? NEVER : dueAt(since, this.limit, this.person.days);
  }

  private unmetSince(): Instant | undefined {
    return this.met.has(this.assigned.holder) ? undefined : this.assigned.since();
  }
}
