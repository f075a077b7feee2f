import type { Evidence } from '../evidence.js';
import { NEVER, type Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import type { PersonContext, ScopeOperator } from '../operator.js';

/** The person is in a stay, and only a presence shows it, or the return to it: no movement has been recorded since. */
export class PresenceOperator implements ScopeOperator {
  constructor(private readonly person: PersonContext) {}

  value(): boolean {
    return this.presence !== undefined;
  }

  since(): Instant | undefined {
    return this.presence?.at;
  }

  covers({ at }: Occurrence): boolean {
    return this.presence !== undefined && at >= this.presence.at;
  }

  nextFlip(): Instant {
    return NEVER;
  }

  /** None: after every movement everything is looked at again. */
  wakers(): readonly string[] {
    return [];
  }

  explain(): Evidence {
    const { presence } = this;
    const left = this.person.movements.leftBefore?.told;
    return presence
      ? { op: 'presence', holds: true, since: presence.at, cites: [presence], ...(left && { left }) }
      : { op: 'presence', holds: false, cites: [] };
  }

  private get presence(): Occurrence | undefined {
    return this.person.movements.presence;
  }
}
