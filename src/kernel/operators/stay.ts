import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { StayOnRecord } from '../place-in-custody.js';
import type { Occurrence } from '../occurrence.js';
import { NO_TYPES, type PersonContext, type ScopeOperator } from '../operator.js';
import type { Truth } from '../truth.js';

/**
 * The person is in a stay, by the record, whoever is silent: every rule is about people in a stay, and has to answer for
 * them while nobody says that they left.
 */
export class StayOperator implements ScopeOperator {
  protected readonly op: string = 'stay';

  constructor(protected readonly person: PersonContext) {}

  value(_t: Instant): Truth {
    return this.onRecord();
  }

  onRecord(): boolean {
    return this.stay !== undefined;
  }

  since(): Instant | undefined {
    return this.stay?.since;
  }

  covers(occurrence: Occurrence): boolean {
    return this.stay !== undefined && this.person.movements.covers(occurrence, 'stay');
  }

  nextFlip(_t: Instant): Instant {
    return NEVER;
  }

  /** None: after every movement everything is looked at again. */
  wakers(): readonly string[] {
    return NO_TYPES;
  }

  explain(t: Instant): Evidence {
    const { op, stay } = this;
    const holds = this.value(t);
    return stay ? { op, holds, since: stay.since, cites: [stay.began] } : { op, holds, cites: [] };
  }

  protected get stay(): StayOnRecord | undefined {
    return this.person.movements.stay;
  }
}
