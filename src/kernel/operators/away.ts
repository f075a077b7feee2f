import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Away } from '../place-in-custody.js';
import type { Occurrence } from '../occurrence.js';
import type { PersonContext, ScopeOperator } from '../operator.js';

/** The person is in a stay and away for one of these reasons. Of several absences that were told the latest counts. */
export class AwayOperator implements ScopeOperator {
  constructor(
    private readonly person: PersonContext,
    private readonly reasons: readonly unknown[],
  ) {}

  value(): boolean {
    return this.away !== undefined;
  }

  since(): Instant | undefined {
    return this.away?.since;
  }

  covers({ at }: Occurrence): boolean {
    return this.away !== undefined && at >= this.away.since;
  }

  nextFlip(): Instant {
    return NEVER;
  }

  /** None: after every movement everything is looked at again. */
  wakers(): readonly string[] {
    return [];
  }

  explain(): Evidence {
    const { away } = this;
    return away
      ? { op: 'away', holds: true, since: away.since, cites: [away.told] }
      : { op: 'away', holds: false, cites: [] };
  }

  private get away(): Away | undefined {
    const { away } = this.person.movements;
    return away && this.reasons.includes(away.reason) ? away : undefined;
  }
}
