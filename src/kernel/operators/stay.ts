import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { StayOnRecord } from '../place-in-custody.js';
import type { Occurrence } from '../occurrence.js';
import type { PersonContext, ScopeOperator } from '../operator.js';

/** The person is in a stay. Never unknown: where movements are not known, nothing is. */
export class StayOperator implements ScopeOperator {
  protected readonly op: string = 'stay';

  constructor(protected readonly person: PersonContext) {}

  value(): boolean {
    return this.stay !== undefined;
  }

  since(): Instant | undefined {
    return this.stay?.since;
  }

  covers(occurrence: Occurrence): boolean {
    return this.stay !== undefined && this.person.movements.covers(occurrence, 'stay');
  }

  nextFlip(): Instant {
    return NEVER;
  }

  /** None: after every movement everything is looked at again. */
  wakers(): readonly string[] {
    return [];
  }

  explain(): Evidence {
    const { op, stay } = this;
    return stay ? { op, holds: true, since: stay.since, cites: [stay.began] } : { op, holds: false, cites: [] };
  }

  protected get stay(): StayOnRecord | undefined {
    return this.person.movements.stay;
  }
}
