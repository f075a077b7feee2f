import type { Evidence } from '../evidence.js';
import type { Instant } from '../../prison/instant.js';
import type { Occurrence } from '../occurrence.js';
import { NO_TYPES, type PersonContext, type ScopeOperator } from '../operator.js';
import { MOVES } from '../place-in-custody.js';
import type { Truth } from '../truth.js';

/** The person is in a stay, and only a presence shows it, or the return to it: no movement has been recorded since. */
export class PresenceOperator implements ScopeOperator {
  constructor(private readonly person: PersonContext) {}

  value(t: Instant): Truth {
    return this.person.isSilent(MOVES, t) ? 'unknown' : this.onRecord();
  }

  onRecord(): boolean {
    return this.presence !== undefined;
  }

  since(): Instant | undefined {
    return this.presence?.at;
  }

  covers({ at }: Occurrence): boolean {
    return this.presence !== undefined && at >= this.presence.at;
  }

  nextFlip(t: Instant): Instant {
    return this.person.nextSilence(t);
  }

  /** None: after every movement everything is looked at again. */
  wakers(): readonly string[] {
    return NO_TYPES;
  }

  explain(t: Instant): Evidence {
    const { presence } = this;
    const holds = this.value(t);
    const left = this.person.movements.leftBefore?.told;
    return presence
      ? { op: 'presence', holds, since: presence.at, cites: [presence], ...(left && { left }) }
      : { op: 'presence', holds, cites: [] };
  }

  private get presence(): Occurrence | undefined {
    return this.person.movements.presence;
  }
}
