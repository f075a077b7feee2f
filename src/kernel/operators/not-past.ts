import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import { DATE_FORM } from '../../prison/iso-8601.js';
import type { Matcher } from '../matcher.js';
import type { Occurrence } from '../occurrence.js';
import { Leaf, type PersonContext } from '../operator.js';

/** The date that the last such event carries has not passed: it is so until the end of that day. */
export class NotPast extends Leaf {
  private last: Occurrence | undefined;

  constructor(
    person: PersonContext,
    needs: readonly string[],
    private readonly event: Matcher,
    private readonly field: string,
  ) {
    super(person, needs);
  }

  on(occurrence: Occurrence): void {
    if (this.event.matches(occurrence, this.person)) this.last = occurrence;
  }

  holds(t: Instant): boolean {
    return t < this.over;
  }

  protected override flips(t: Instant): Instant {
    return this.holds(t) ? this.over : NEVER;
  }

  explain(t: Instant): Evidence {
    return { op: 'notPast', holds: this.value(t), cites: this.last ? [this.last] : [] };
  }

  private get over(): Instant {
    const { days } = this.person;
    const date = this.last?.data[this.field];
    return typeof date === 'string' && DATE_FORM.test(date) ? days.endOf(date) : -Infinity;
  }
}
