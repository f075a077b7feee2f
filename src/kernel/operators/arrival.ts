import type { Instant } from '../../prison/instant.js';
import { MOVES, type StayOnRecord } from '../place-in-custody.js';
import type { Occurrence } from '../occurrence.js';
import type { StateOperator } from '../operator.js';
import type { Truth } from '../truth.js';
import { StayOperator } from './stay.js';

/** The person is in a stay that began with an arrival: an arrival clock runs. */
export class ArrivalOperator extends StayOperator implements StateOperator {
  protected override readonly op = 'arrival';

  override value(t: Instant): Truth {
    return this.person.isSilent(MOVES, t) ? 'unknown' : this.onRecord();
  }

  override nextFlip(t: Instant): Instant {
    return this.person.nextSilence(t);
  }

  /** An arrival that is told again begins nothing. */
  begins({ id, type }: Occurrence): boolean {
    return type === 'PrisonerReceived' && this.stay?.began.id === id;
  }

  /** Only movements end it. */
  ends(): boolean {
    return false;
  }

  protected override get stay(): StayOnRecord | undefined {
    const { stay } = this.person.movements;
    return stay?.arrival ? stay : undefined;
  }
}
