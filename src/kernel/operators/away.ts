import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Away } from '../place-in-custody.js';
import type { Occurrence } from '../occurrence.js';
import { NO_TYPES, type PersonContext, type ScopeOperator } from '../operator.js';
import type { Truth } from '../truth.js';

/** The person is in a stay and away for one of these reasons. Of several absences that were told the latest counts. */
export class AwayOperator implements ScopeOperator {
  constructor(
    private readonly person: PersonContext,
    private readonly needs: readonly string[],
    private readonly reasons: readonly unknown[],
  ) {}

  value(t: Instant): Truth {
    return this.person.isSilent(this.needs, t) ? 'unknown' : this.onRecord();
  }

  onRecord(): boolean {
    return this.away !== undefined;
  }

  since(): Instant | undefined {
    return this.away?.since;
  }

  covers({ at }: Occurrence): boolean {
    return this.away !== undefined && at >= this.away.since;
  }

  nextFlip(t: Instant): Instant {
    return this.person.nextSilence(t);
  }

  /** None: after every movement everything is looked at again. */
  wakers(): readonly string[] {
    return NO_TYPES;
  }

  explain(t: Instant): Evidence {
    const { away } = this;
    const holds = this.value(t);
    return away ? { op: 'away', holds, since: away.since, cites: [away.told] } : { op: 'away', holds, cites: [] };
  }

  private get away(): Away | undefined {
    const { away } = this.person.movements;
    return away && this.reasons.includes(away.reason) ? away : undefined;
  }
}
