import type { Occurrence } from '../occurrence.js';
import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { PersonContext, ScopeOperator } from '../operator.js';

/** The person is in a stay. It is away from nothing: movements are always known, or nothing is. */
export class StayOperator implements ScopeOperator {
  constructor(private readonly person: PersonContext) {}

  value(): boolean {
    return this.person.movements.stay !== undefined;
  }

  since(): Instant | undefined {
    return this.person.movements.stay?.since;
  }

  covers(occurrence: Occurrence): boolean {
    return occurrence.at >= (this.since() ?? Infinity);
  }

  nextFlip(): Instant {
    return NEVER;
  }

  /** None: after every movement everything is looked at again. */
  wakers(): readonly string[] {
    return [];
  }

  explain(): Evidence {
    const stay = this.person.movements.stay;
    return stay
      ? { op: 'stay', holds: true, since: stay.since, cites: [stay.began] }
      : { op: 'stay', holds: false, cites: [] };
  }
}
