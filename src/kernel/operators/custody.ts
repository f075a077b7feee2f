import type { Evidence } from '../evidence.js';
import { earliest, NEVER, type Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { NO_TYPES, type PersonContext, type ScopeOperator } from '../operator.js';
import { MOVES } from '../place-in-custody.js';
import type { Truth } from '../truth.js';

/** The person is in custody; with `days`, in one that began at least so many local days before. */
export class CustodyOperator implements ScopeOperator {
  constructor(
    private readonly person: PersonContext,
    private readonly days = 0,
  ) {}

  value(t: Instant): Truth {
    return this.person.isSilent(MOVES, t) ? 'unknown' : this.onRecord(t);
  }

  onRecord(t: Instant): boolean {
    return this.since(t) !== undefined;
  }

  since(t: Instant): Instant | undefined {
    return this.holdsFrom() <= t ? this.person.movements.custody?.since : undefined;
  }

  covers(occurrence: Occurrence, t: Instant): boolean {
    return this.onRecord(t) && this.person.movements.covers(occurrence, 'custody');
  }

  nextFlip(t: Instant): Instant {
    const from = this.holdsFrom();
    return earliest(from > t ? from : NEVER, this.person.nextSilence(t));
  }

  /** None: after every movement everything is looked at again. */
  wakers(): readonly string[] {
    return NO_TYPES;
  }

  explain(t: Instant): Evidence {
    const since = this.since(t);
    return { op: 'custody', holds: this.value(t), cites: [], ...(since !== undefined && { since }) };
  }

  private holdsFrom(): Instant {
    const { days, movements } = this.person;
    if (!movements.custody) return NEVER;
    const { since } = movements.custody;
    return this.days === 0 ? since : days.startOf(days.dayOf(since) + this.days);
  }
}
